"""Which records a scan holds, how far it is, and on which days there was none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from core.dates import month_of, today
from core.models import Unit, UnitKind, User
from offenders.models import Crime, OffenceGroup
from offenders.selectors.crimes import crimes_of_group
from operations.models import Incident, Mark, Scan, ScanRow

GROUP = "daily-scan"  # of offences, kept on the page of reference data
FIRST = timedelta(hours=24)  # how far back the very first scan of an area looks
DAYS = 28  # that the list of scans shows


def scan_url(pk: int) -> str:
    return reverse("operations:scan-detail", args=[pk])


def areas() -> QuerySet[Unit]:
    return Unit.objects.filter(kind=UnitKind.AREA)


def scans() -> QuerySet[Scan]:
    """With how many rows each has, and how many of them wait."""
    joined = Scan.objects.select_related("area", "started_by", "finished_by")
    return joined.annotate(
        total=Count("rows"), unseen=Count("rows", filter=Q(rows__mark=Mark.UNSEEN))
    )


def running_scan(area: Unit) -> Scan | None:
    return Scan.objects.filter(area=area, finished_at__isnull=True).first()


def unseen_of(scan: Scan) -> int:
    return scan.rows.filter(mark=Mark.UNSEEN).count()


def unseen_positions(scan: Scan) -> list[int]:
    return list(scan.rows.filter(mark=Mark.UNSEEN).values_list("position", flat=True))


def period_of(area: Unit, now: datetime) -> tuple[datetime, datetime]:
    """From when the scan is, and how far back a record may lie that reached Aware late.

    It begins where the last finished scan ended; the first of an area begins a day before the
    newest record, so that a force that loads its past does not scan all of it.
    """
    done = Scan.objects.finished().filter(area=area)
    last = done.order_by("-ends_at").first()
    if last is None:
        start = (newest_record(area, now) or now) - FIRST
        return start, start
    first = done.order_by("starts_at").values_list("starts_at", flat=True).first()
    late = last.ends_at - timedelta(days=settings.SCAN_LATE_DAYS)
    return last.ends_at, max(late, first or late)


@dataclass(frozen=True)
class Found:
    at: datetime
    crime: str | None = None
    incident: str | None = None


def records_of(area: Unit, earliest: datetime, now: datetime) -> list[Found]:
    """In the order they were told, those that no scan has held. A crime takes in its incident."""
    crimes = _crimes(area).filter(
        ~Exists(ScanRow.objects.filter(crime=OuterRef("pk"))),
        recorded_month__range=(month_of(earliest), month_of(now)),
        recorded_at__gte=earliest,
        recorded_at__lt=now,
    )
    incidents = _incidents(area).filter(
        ~Exists(ScanRow.objects.filter(incident=OuterRef("pk"))),
        ~Exists(ScanRow.objects.filter(crime=OuterRef("crime_ref"))),
        opened_at__gte=earliest,
        opened_at__lt=now,
    )
    told = list(incidents.values_list("pk", "opened_at", "crime_ref"))
    of_crime = {crime: pk for pk, _, crime in told if crime}
    recorded = list(crimes.values_list("pk", "recorded_at"))
    taken = {pk for pk, _ in recorded}
    found = [Found(at, pk, of_crime.get(pk)) for pk, at in recorded]
    found += [Found(at, None, pk) for pk, at, crime in told if crime not in taken]
    return sorted(found, key=lambda one: (one.at, one.crime or "", one.incident or ""))


def _crimes(area: Unit) -> QuerySet[Crime]:
    group = OffenceGroup.objects.get(slug=GROUP)
    return crimes_of_group(Crime.objects.counted(), group).filter(_within(area))


def _incidents(area: Unit) -> QuerySet[Incident]:
    return Incident.objects.filter(_within(area), category__in=categories())


def _within(area: Unit) -> Q:
    """What names no district is in the scan of the area that is started first."""
    districts = Unit.objects.within(area).values("code")
    return Q(district__in=districts) | Q(district__isnull=True)


def categories() -> list[str]:
    """As definitions write them and as people do: burglary-dwelling, Burglary dwelling."""
    slugs: list[str] = settings.SCAN_CATEGORIES
    spoken = [slug.replace("-", " ") for slug in slugs]
    return [*slugs, *spoken, *(words.capitalize() for words in spoken)]


def newest_record(area: Unit, now: datetime) -> datetime | None:
    crimes = _crimes(area).filter(recorded_month__lte=month_of(now), recorded_at__lt=now)
    incidents = _incidents(area).filter(opened_at__lt=now)
    recorded = crimes.order_by("-recorded_month", "-recorded_at").values_list("recorded_at")
    found = [*recorded[:1], *incidents.order_by("-opened_at").values_list("opened_at")[:1]]
    return max((at for (at,) in found), default=None)


@dataclass(frozen=True)
class Cell:
    """An area on a day."""

    scan: Scan | None
    is_gap: bool


@dataclass(frozen=True)
class Day:
    day: date
    cells: list[Cell]


@dataclass(frozen=True)
class Calendar:
    areas: list[Unit]
    days: list[Day]  # the latest first
    until: date  # later days have no records, so a missing scan is no gap

    @property
    def gaps(self) -> int:
        return sum(cell.is_gap for day in self.days for cell in day.cells)


def calendar(now: datetime) -> Calendar:
    """The last days that had records to scan, and any scan since."""
    found = list(areas())
    newest = [at for area in found if (at := newest_record(area, now))]
    until = min(today(), timezone.localdate(max(newest, default=now)) + timedelta(days=1))
    first = until - timedelta(days=DAYS - 1)
    done = {(row.area_id, row.covers): row for row in scans().filter(covers__gte=first)}
    begun = {area.pk: _first_day(area) for area in found}
    days = {first + timedelta(days=step) for step in range(DAYS)}
    days |= {row.covers for row in done.values() if row.covers}
    rows = [
        Day(day, [_cell(done.get((area.pk, day)), day, begun[area.pk], until) for area in found])
        for day in sorted(days, reverse=True)
    ]
    return Calendar(found, rows, until)


def _first_day(area: Unit) -> date | None:
    done = Scan.objects.filter(area=area, covers__isnull=False).order_by("covers")
    return done.values_list("covers", flat=True).first()


def _cell(scan: Scan | None, day: date, first: date | None, until: date) -> Cell:
    """A day is a gap after the first scan of the area, while records came, once it has passed."""
    passed = first is not None and first < day <= until and day < today()
    return Cell(scan, passed and scan is None)


def marks_of(rows: Iterable[ScanRow]) -> dict[str, int]:
    """How many rows have each mark, in the order of the marks."""
    counts = dict.fromkeys(Mark.values, 0)
    for row in rows:
        counts[row.mark] += 1
    return {str(Mark(mark).label): count for mark, count in counts.items()}


@dataclass(frozen=True)
class Waiting:
    area: Unit
    scan: Scan | None  # that runs


def not_scanned_today(user: User) -> list[Waiting]:
    """Areas without a finished scan today; of somebody who works in one area, that area alone."""
    day = today()
    rows = scans().filter(Q(finished_at__isnull=True) | Q(covers=day))
    done = {row.area_id for row in rows if row.covers == day}
    running = {row.area_id: row for row in rows if row.finished_at is None}
    found = [area for area in areas() if area.pk not in done]
    mine = [area for area in found if area.pk == user.unit_id]
    works_elsewhere = user.unit_id is not None and user.unit_id in done
    chosen = mine or ([] if works_elsewhere else found)
    return [Waiting(area, running.get(area.pk)) for area in chosen]
