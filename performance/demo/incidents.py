"""Record file `incidents`: calls for service with their grade, and how long the answer took."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from performance.demo import shares
from performance.demo.draws import (
    Bools,
    Floats,
    Ints,
    Texts,
    Times,
    generator,
    labels,
    place,
    references,
    split,
    start,
    times_in,
    utc,
    waits,
)
from performance.demo.recorded import SERIES, Recorded, positions, recorded_months, scatter
from performance.demo.shares import DISTRICTS, PETERBOROUGH
from performance.demo.totals import control_room as totals

BURGLARY, DOMESTIC, COVID = "burglary-dwelling", "domestic-abuse", "covid-19-breach"
CATEGORIES = (BURGLARY, DOMESTIC, COVID, *shares.CATEGORIES)
IMMEDIATE, PROMPT, SCHEDULED = range(3)
# by grade: the seconds that the shares in `totals` speak of, the spread of the logarithm of the wait,
# and how the distance stretches it
THRESHOLD = (15 * 60, 60 * 60, 24 * 60 * 60)
SPREAD = (0.55, 0.95, 1.0)
LONGEST = 47 * 60 * 60
REACH = (shares.REACH_IMMEDIATE, shares.REACH_PROMPT, (1.0,) * 6)


def frames(until: date, scale: int = 1) -> Iterator[pl.DataFrame]:
    del scale  # only crimes are multiplied
    return (_frame(crimes) for crimes in recorded_months(until))


@dataclass
class Opened:
    """The incidents of one month, as columns in the order of their opening."""

    opened_at: Times
    category: Ints
    grade: Ints
    district: Ints
    crime_ref: Texts
    latitude: Floats
    longitude: Floats

    def in_order(self) -> Opened:
        order = np.argsort(self.opened_at, kind="stable")
        return Opened(**{name: column[order] for name, column in vars(self).items()})


def category_counts(month: date) -> Ints:
    at = place(month)
    named = [
        totals.BURGLARY_INCIDENTS[at],
        totals.DOMESTIC_INCIDENTS[at],
        totals.COVID_INCIDENTS[at],
    ]
    others = split(
        totals.INCIDENTS[at] - sum(named), [share for share, _ in shares.CATEGORIES.values()]
    )
    return np.concatenate([named, others])


def _frame(crimes: Recorded) -> pl.DataFrame:
    month = crimes.month
    rng = generator("incidents", month)
    opened = _opened(crimes, rng)
    size = len(opened.category)
    streets = pl.Series(shares.STREETS).gather(rng.integers(0, len(shares.STREETS), size))
    seconds = _response(opened, month, rng)
    return (
        pl.DataFrame(
            {
                "incident_ref": references("CC", month, np.arange(1, size + 1)),
                "opened_at": opened.opened_at,
                "grade": pl.Series(shares.GRADES).gather(opened.grade),
                "seconds": seconds,
                "category": pl.Series(CATEGORIES).gather(opened.category),
                "domestic": opened.category == CATEGORIES.index(DOMESTIC),
                "covid": opened.category == CATEGORIES.index(COVID),
                "district": pl.Series(DISTRICTS).gather(opened.district),
                "crime_ref": opened.crime_ref,
                "latitude": opened.latitude,
                "longitude": opened.longitude,
                "location": streets,
            },
            nan_to_null=True,
        )
        .with_columns(utc("opened_at"))
        .with_columns(
            arrived_at=pl.col("opened_at")
            + pl.duration(milliseconds=pl.col("seconds").round() * 1000)
        )
        .drop("seconds")
        .with_columns(crime_ref=pl.col("crime_ref").replace("", None))
    )


def _opened(crimes: Recorded, rng: np.random.Generator) -> Opened:
    counts = category_counts(crimes.month)
    size = int(counts.sum())
    district = _districts(counts, rng)
    latitude, longitude = scatter(district, rng)
    opened = Opened(
        rng.permutation(times_in(crimes.month, size, shares.DAY, rng)),
        np.repeat(np.arange(len(CATEGORIES)), counts),
        _grades(counts, rng),
        district,
        np.full(size, "", dtype="U14"),
        latitude,
        longitude,
    )
    _link(opened, crimes, int(counts[0]), rng)
    return opened.in_order()


def _link(opened: Opened, crimes: Recorded, reports: int, rng: np.random.Generator) -> None:
    """The reports of burglary are those of the month's burglaries, as far as there are so many."""
    burgled = np.flatnonzero(crimes.standing & (crimes.series == SERIES.index("dwelling")))
    burgled = rng.permutation(burgled)[:reports]
    first = slice(0, len(burgled))
    earlier = rng.integers(300, 5_400, len(burgled)).astype("timedelta64[s]")
    opened.opened_at[first] = np.maximum(crimes.recorded_at[burgled] - earlier, start(crimes.month))
    opened.district[first] = crimes.district[burgled]
    opened.crime_ref[first] = crimes.references()[burgled].to_numpy()
    latitude, longitude = positions(crimes)
    opened.latitude[first] = latitude[burgled]
    opened.longitude[first] = longitude[burgled]


def _districts(counts: Ints, rng: np.random.Generator) -> Ints:
    return np.concatenate(
        [labels(split(int(n), shares.INCIDENTS_BY_DISTRICT), rng) for n in counts]
    )


def _grades(counts: Ints, rng: np.random.Generator) -> Ints:
    mixes = [shares.BURGLARY, shares.DOMESTIC, shares.COVID]
    mixes += [mix for _, mix in shares.CATEGORIES.values()]
    return np.concatenate(
        [labels(split(int(n), mix), rng) for n, mix in zip(counts, mixes, strict=True)]
    )


def _response(opened: Opened, month: date, rng: np.random.Generator) -> Floats:
    """Seconds from opening to arrival; not a number where nobody came."""
    size = len(opened.grade)
    came = rng.random(size) < np.array(shares.ARRIVED)[opened.grade]
    seconds = np.full(size, np.nan)
    for here, grade, within in _groups(opened, month):
        for district, reach in enumerate(REACH[grade]):
            group = rng.permutation(np.flatnonzero(here & came & (opened.district == district)))
            waited = reach * waits(within, THRESHOLD[grade], SPREAD[grade], len(group))
            seconds[group] = np.minimum(waited, LONGEST)
    return seconds


def _groups(opened: Opened, month: date) -> Iterator[tuple[Bools, int, float]]:
    """Incidents that share one speed of response: which, their grade, the share within its time."""
    at = place(month)
    burglary = opened.category == CATEGORIES.index(BURGLARY)
    domestic = opened.category == CATEGORIES.index(DOMESTIC)
    peterborough = opened.district == PETERBOROUGH
    immediate, prompt = opened.grade == IMMEDIATE, opened.grade == PROMPT
    yield immediate & burglary, IMMEDIATE, totals.BURGLARY_WITHIN_15_MINUTES[at]
    yield immediate & ~burglary, IMMEDIATE, totals.WITHIN_15_MINUTES[at]
    yield prompt & burglary, PROMPT, totals.BURGLARY_WITHIN_THE_HOUR[at]
    yield prompt & domestic, PROMPT, totals.DOMESTIC_WITHIN_THE_HOUR[at]
    rest = prompt & ~burglary & ~domestic
    yield rest & peterborough, PROMPT, totals.PETERBOROUGH_WITHIN_THE_HOUR[at]
    yield rest & ~peterborough, PROMPT, totals.WITHIN_THE_HOUR[at]
    yield opened.grade == SCHEDULED, SCHEDULED, shares.SCHEDULED_WITHIN_A_DAY
