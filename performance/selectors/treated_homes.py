"""Repeat burglary at homes that were given packs or works, beside similar ones that were not.

A treated home is one with a pack or finished works whose place was burgled in the year before.
Similar: places of the same districts, burgled in the same months, to which nothing was done; they
are watched from as many days after their burglary as lay between burglary and treatment in the
middle. Both are watched for a year at most, and no further than the records reach. Two burglaries
are at one place where their positions agree to about ten metres. This describes; it says nothing of
what the packs caused.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from django.db.models import F
from django.utils.timezone import localdate

from core.dates import month_of
from offenders.models import Crime
from operations.models import PackMovement, WorksOrder
from performance.comparisons.intervals import count as interval_of
from performance.comparisons.significance import two_sample_poisson
from performance.measures import Definitions, Measure, OffenceIn

YEAR = timedelta(days=365)
PER = 100  # homes watched for a year
BURGLARIES = Measure("recorded", (OffenceIn("dwelling-burglary"),))
Place = tuple[float, float]
Burgled = Mapping[Place, list[date]]


@dataclass(frozen=True)
class Watched:
    """Homes, the time that they were watched, and burglaries in it."""

    homes: int = 0
    again: int = 0
    days: int = 0

    @property
    def years(self) -> float:
        return self.days / YEAR.days

    @property
    def rate(self) -> float | None:
        return self.again * PER / self.years if self.days else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """95%, of a count by Poisson."""
        if not self.days:
            return None
        low, high = interval_of(self.again)
        return float(low) * PER / self.years, float(high) * PER / self.years

    def plus(self, start: date, last: date, burgled: Iterable[date]) -> Watched:
        end = min(start + YEAR, last)
        hits = sum(start < day <= end for day in burgled)
        return Watched(self.homes + 1, self.again + hits, self.days + (end - start).days)


@dataclass(frozen=True)
class TreatedHomes:
    treated: Watched
    similar: Watched
    until: date | None = None

    @property
    def chance(self) -> float | None:
        """How often chance alone would give a difference like this (exact, of two counts)."""
        if not (self.treated.days and self.similar.days):
            return None
        found = two_sample_poisson(
            self.treated.again, self.similar.again, self.treated.days, self.similar.days
        )
        return float(found)


def treated_homes() -> TreatedHomes:
    """Four queries, however many homes."""
    starts = _starts()
    if not starts:
        return TreatedHomes(Watched(), Watched())
    burgled, districts = _burgled(min(starts.values()) - YEAR)
    last = max((day for days in burgled.values() for day in days), default=None)
    if last is None:
        return TreatedHomes(Watched(), Watched())
    treated, before = Watched(), {}
    for place, start in starts.items():
        earlier = [day for day in burgled.get(place, []) if start - YEAR <= day < start]
        if earlier and start < last:
            treated = treated.plus(start, last, burgled[place])
            before[place] = earlier[-1]
    return TreatedHomes(treated, _similar(starts, before, burgled, districts, last), last)


def _similar(
    starts: Mapping[Place, date],
    before: Mapping[Place, date],
    burgled: Burgled,
    districts: Mapping[Place, str | None],
    last: date,
) -> Watched:
    found = Watched()
    if not before:
        return found
    lag = timedelta(days=int(median((starts[place] - day).days for place, day in before.items())))
    first, until = min(before.values()), max(before.values())
    within = {districts[place] for place in before}
    for place, days in burgled.items():
        index = next((day for day in days if first <= day <= until), None)
        if index and place not in starts and districts[place] in within and index + lag < last:
            found = found.plus(index + lag, last, days)
    return found


def _starts() -> dict[Place, date]:
    """The first day on which something was done at a place."""
    gifts = PackMovement.objects.filter(home__latitude__isnull=False, given__gt=0)
    works = WorksOrder.objects.filter(
        assessment__home__latitude__isnull=False, done_on__isnull=False
    )
    rows = [
        *gifts.values_list("home__latitude", "home__longitude", "moved_on"),
        *works.values_list("assessment__home__latitude", "assessment__home__longitude", "done_on"),
    ]
    starts: dict[Place, date] = {}
    for latitude, longitude, day in rows:
        if day and latitude is not None and longitude is not None:
            place = _place(latitude, longitude)
            starts[place] = min(day, starts.get(place, day))
    return starts


def _burgled(since: date) -> tuple[Burgled, Mapping[Place, str | None]]:
    """Days of burglaries of homes by place, in order, and the district of each place."""
    rows = Crime.objects.filter(
        cancelled_at__isnull=True, latitude__isnull=False, recorded_month__gte=month_of(since)
    ).alias(month=F("recorded_month"))
    rows = rows.filter(BURGLARIES.q(Definitions.load())).order_by("recorded_at")
    burgled: dict[Place, list[date]] = defaultdict(list)
    districts: dict[Place, str | None] = {}
    for latitude, longitude, district, at in rows.values_list(
        "latitude", "longitude", "district_id", "recorded_at"
    ):
        place = _place(latitude or 0.0, longitude or 0.0)
        burgled[place].append(localdate(at))
        districts[place] = district
    return burgled, districts


def _place(latitude: float, longitude: float) -> Place:
    return round(latitude, 4), round(longitude, 4)
