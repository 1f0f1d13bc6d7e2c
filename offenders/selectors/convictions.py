"""What the courts gave in a period, as the review of acquisitive crime and the board paper list it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from offenders.models import Conviction
from offenders.models.conviction import Runs, SentenceKind, length_of
from offenders.selectors.disposals import convictions


@dataclass(frozen=True)
class Convicted:
    """One nominal on one day at one court, with everything that they were convicted of there."""

    nominal_id: int
    on: date
    court: str
    operation: str
    offences: tuple[str, ...]  # classes that were asked for, and others
    titles: tuple[str, ...]
    months: int  # of custody in all: what runs together counts once

    @property
    def words(self) -> str:
        return length_of(self.months) if self.months else "no custody"


@dataclass(frozen=True)
class Convictions:
    """`offenders`: how many people; `hearings`: what each got, the longest custody first."""

    hearings: tuple[Convicted, ...]

    @property
    def offenders(self) -> int:
        return len({hearing.nominal_id for hearing in self.hearings})

    def longer_than(self, months: int) -> int:
        """Hearings that gave more than so many months of custody."""
        return sum(hearing.months > months for hearing in self.hearings)

    def between(self, least: int, most: int) -> int:
        return sum(least <= hearing.months <= most for hearing in self.hearings)


def convictions_between(since: date, until: date, offences: Iterable[str]) -> Convictions:
    """Convicted of any of these classes of offence from `since` to `until`, both days included.

    Other offences of the same hearing are told too, and their sentences count.
    """
    wanted = set(offences)
    hearings: dict[tuple[int, date, str], list[Conviction]] = defaultdict(list)
    # Without the people: who only counts them has not looked at anybody.
    rows = convictions().select_related(None).select_related("offence", "charge")
    for row in rows.filter(convicted_on__range=(since, until)).order_by("pk"):
        hearings[row.nominal_id, row.convicted_on, row.court].append(row)
    found = [
        _hearing(rows)
        for rows in hearings.values()
        if any(row.offence_id in wanted for row in rows)
    ]
    return Convictions(tuple(sorted(found, key=lambda one: (-one.months, one.on, one.nominal_id))))


def _hearing(rows: list[Conviction]) -> Convicted:
    first = rows[0]
    return Convicted(
        nominal_id=first.nominal_id,
        on=first.convicted_on,
        court=first.court,
        operation=next((row.operation for row in rows if row.operation), ""),
        offences=tuple(str(row.offence_id or "") for row in rows),
        titles=tuple(row.title for row in rows),
        months=_months(rows),
    )


def _months(rows: list[Conviction]) -> int:
    """The longest of those that run together, and each that runs after the others."""
    parts = [
        sentence
        for row in rows
        for sentence in row.sentences.all()
        if sentence.kind == SentenceKind.CUSTODY
    ]
    apart = [part.months or 0 for part in parts if part.runs == Runs.CONSECUTIVE]
    together = [part.months or 0 for part in parts if part.runs != Runs.CONSECUTIVE]
    return sum(apart) + max(together, default=0)
