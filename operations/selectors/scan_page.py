"""The page that a scan is worked through on: a fixed number of queries, whatever the night was like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from core import audit
from core.models import User
from core.words import words_of
from offenders.models import Crime
from offenders.tables import crime_url
from operations.models import Action, Incident, Mark, Scan, ScanRow
from operations.selectors.living_near import Event, Neighbour, neighbours_of
from operations.selectors.repeats import Before, Earlier, Spot, earlier_than


@dataclass(frozen=True)
class Line:
    """One row with all that is known about its place."""

    row: ScanRow
    before: Before
    neighbours: list[Neighbour]

    @property
    def record(self) -> Crime | Incident:
        found = self.row.crime or self.row.incident
        if found is None:
            raise ValueError("A row of a scan has a crime or an incident.")
        return found

    @property
    def title(self) -> str:
        if self.row.crime:
            return str(self.row.crime.offence.title)
        category = self.row.incident.category if self.row.incident else ""
        return f"Incident: {category.replace('-', ' ').capitalize()}"

    @property
    def told_at(self) -> datetime:
        return _told(self.row)

    @property
    def url(self) -> str:
        if self.row.crime_id:
            return crime_url(self.row.crime_id)
        return reverse("operations:incident-detail", args=[self.row.incident_id])

    @property
    def happened(self) -> str:
        crime = self.row.crime
        if crime is None or crime.occurred_from is None:
            return ""
        since, until = words_of(crime.occurred_from), words_of(crime.occurred_to)
        return since if crime.occurred_to in (None, crime.occurred_from) else f"{since} to {until}"

    @property
    def location(self) -> str:
        """In words; only incidents have any."""
        return self.row.incident.location if self.row.incident else ""

    @property
    def is_placed(self) -> bool:
        return self.record.latitude is not None

    @property
    def victim(self) -> list[Earlier]:
        return self.before.victim

    @property
    def same(self) -> list[Earlier]:
        return self.before.same

    @property
    def near(self) -> list[Earlier]:
        return self.before.near

    @property
    def actions(self) -> list[Action]:
        return list(self.row.actions.all())


@dataclass(frozen=True)
class Page:
    scan: Scan
    lines: list[Line]

    @property
    def done(self) -> int:
        return sum(line.row.mark != Mark.UNSEEN for line in self.lines)

    @property
    def total(self) -> int:
        return len(self.lines)

    @property
    def is_ready(self) -> bool:
        return self.done == self.total

    @property
    def current(self) -> int:
        """The first row that waits."""
        waiting = (line.row.position for line in self.lines if line.row.mark == Mark.UNSEEN)
        return next(waiting, 1)

    @property
    def seen_nominals(self) -> list[int]:
        return sorted({one.nominal.pk for line in self.lines for one in line.neighbours})


def page_of(scan: Scan) -> Page:
    """With the look at every nominal that it shows still to be logged: `record_look`."""
    rows = rows_of(scan)
    before, near = known_of(rows)
    return Page(
        scan,
        [Line(row, before.get(row.position, Before()), near.get(row.position, [])) for row in rows],
    )


def rows_of(scan: Scan) -> list[ScanRow]:
    names = ("crime__offence", "crime__district", "incident__district", "marked_by", "series")
    rows = scan.rows.select_related(*names).prefetch_related("actions__owner")
    return list(rows.order_by("position"))


def known_of(
    rows: Sequence[ScanRow],
) -> tuple[Mapping[int, Before], Mapping[int, list[Neighbour]]]:
    spots = [spot for row in rows if (spot := _spot(row))]
    events = [event for row in rows if (event := _event(row))]
    return earlier_than(spots), neighbours_of(events)


def record_look(by: User, scan: Scan, nominals: list[int]) -> None:
    """One row in the log names every nominal that the page showed."""
    if nominals:
        detail = {"why": "daily scan", "nominals": nominals}
        audit.record(by=by, action=audit.Action.NOMINAL_VIEWED, target=scan, detail=detail)


def _told(row: ScanRow) -> datetime:
    if row.crime:
        return row.crime.recorded_at
    if row.incident:
        return row.incident.opened_at
    raise ValueError("A row of a scan has a crime or an incident.")


def _where(row: ScanRow) -> tuple[float, float] | None:
    for record in (row.crime, row.incident):
        if record and record.latitude is not None and record.longitude is not None:
            return record.latitude, record.longitude
    return None


def _spot(row: ScanRow) -> Spot | None:
    """None where neither the place nor the victim is known."""
    where, victim = _where(row), row.crime.victim_ref if row.crime else ""
    if where is None and not victim:
        return None
    latitude, longitude = where or (None, None)
    crime, incident = str(row.crime_id or ""), str(row.incident_id or "")
    return Spot(row.position, latitude, longitude, _told(row), crime, incident, victim)


def _event(row: ScanRow) -> Event | None:
    where = _where(row)
    if where is None:
        return None
    told = _told(row)
    crime = row.crime
    since = (crime.occurred_from if crime else None) or told
    until = (crime.occurred_to if crime else None) or since
    return Event(row.position, *where, since, until, crime.offence_id if crime else "")
