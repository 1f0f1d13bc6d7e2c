"""Recorded crimes of a month as columns: what every other kind of record hangs on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from performance.demo import shares
from performance.demo.draws import (
    MONTHS,
    Bools,
    Floats,
    Ints,
    Times,
    end,
    generator,
    labels,
    place,
    references,
    split,
    times_in,
)
from performance.demo.shares import DISTRICTS, EAST, NORTH, Offence
from performance.demo.totals import crime as totals

COERCION_COUNTS_FROM = date(2020, 4, 1)
OFFENCES = [
    *shares.DWELLING, *shares.TAKEN, *shares.FROM_VEHICLE, *shares.STALKING, shares.COERCION,
    *shares.REST,
]  # fmt: skip
SERIES = ("dwelling", "taken", "from-vehicle", "stalking", "rest")
SERIES_OF = np.repeat(
    np.arange(5),
    [
        len(shares.DWELLING), len(shares.TAKEN), len(shares.FROM_VEHICLE),
        len(shares.STALKING) + 1, len(shares.REST),
    ],
)  # fmt: skip
VICTIM = np.array([shares.FAMILIES[offence.family].victim for offence in OFFENCES])


@dataclass(frozen=True)
class Recorded:
    """The crimes of one month, in the order of their recording; cancelled ones among them."""

    month: date
    offence: Ints  # positions in OFFENCES
    district: Ints  # positions in DISTRICTS
    recorded_at: Times
    cancelled_at: Times  # NaT: stands
    allocated: Bools

    @property
    def number(self) -> Ints:
        return np.arange(1, len(self.offence) + 1)

    @property
    def standing(self) -> Bools:
        return np.isnat(self.cancelled_at)

    @property
    def series(self) -> Ints:
        return SERIES_OF[self.offence]

    @property
    def department(self) -> Ints:
        """Positions in `shares.DEPARTMENTS`."""
        south = (self.district >= NORTH).astype(np.int64)
        wanted = _DEPARTMENT[self.offence]
        team = np.where(wanted == _TEAM, 4 + south, wanted)  # pvp and caisu know no areas
        is_local = (wanted == _LOCAL) | ((wanted == _TEAM) & ~self.allocated)
        return np.where(is_local, south, team)

    def references(self) -> pl.Series:
        return references("35", self.month, self.number)


_LOCAL, _TEAM = 0, 4
_DEPARTMENT = np.array(
    [{"": _LOCAL, "act": _TEAM, "pvp": 2, "caisu": 3}[offence.department] for offence in OFFENCES]
)
_IS_VEHICLE = np.array([offence.family == "vehicle" for offence in OFFENCES])
_ALLOCATED = np.array([shares.FAMILIES[offence.family].allocated for offence in OFFENCES])


def recorded_months(until: date, scale: int = 1) -> Iterator[Recorded]:
    """Month by month, drawn anew for each caller: at a large scale they are too many to keep."""
    return (_draw(month, scale) for month in MONTHS if month <= until)


def offence_counts(month: date, scale: int = 1) -> Ints:
    """Crimes of the month that stand, by position in OFFENCES."""
    counts = np.zeros(len(OFFENCES), dtype=np.int64)
    for series, total in enumerate(series_totals(month, scale)):
        where = series == SERIES_OF
        counts[where] = split(
            total, [_share(offence, month) for offence in np.array(OFFENCES)[where]]
        )
    return counts


def _share(offence: Offence, month: date) -> float:
    early = offence is shares.COERCION and month < COERCION_COUNTS_FROM
    return 0.0 if early else offence.share


def series_totals(month: date, scale: int = 1) -> list[int]:
    """Crimes of the month in each of SERIES; `scale` multiplies the rest."""
    at = place(month)
    named = [totals.DWELLING[at], totals.TAKEN[at], totals.FROM_VEHICLE[at], totals.STALKING[at]]
    return [*named, (totals.ALL_CRIME[at] - sum(named)) * scale]


def district_counts(month: date, scale: int = 1) -> Ints:
    """Crimes of the month that stand: one row a series, one column a district."""
    at = place(month)
    dwelling, taken, from_vehicle, stalking, rest = series_totals(month, scale)
    named = np.array([
        by_area(dwelling, totals.DWELLING_NORTH[at], shares.BURGLARY_BY_DISTRICT),
        by_area(taken, totals.TAKEN_NORTH[at], shares.VEHICLE_BY_DISTRICT),
        split(from_vehicle, shares.VEHICLE_BY_DISTRICT),
        split(stalking, shares.CRIME_BY_DISTRICT),
    ])  # fmt: skip
    east = (totals.ALL_CRIME_EAST_CAMBRIDGESHIRE[at] - int(named[:, EAST].sum())) * scale
    elsewhere = np.array(shares.CRIME_BY_DISTRICT)
    elsewhere[EAST] = 0
    others = split(rest - east, elsewhere)
    others[EAST] = east
    return np.vstack([named, others])


def by_area(total: int, north: int, shares_of_districts: Sequence[float] | Ints) -> Ints:
    """A total by district, where it is known how much of it is North's."""
    weights = np.asarray(shares_of_districts)
    return np.concatenate([split(north, weights[:NORTH]), split(total - north, weights[NORTH:])])


def _draw(month: date, scale: int) -> Recorded:
    rng = generator("crimes", month)
    offence, district = _standing(month, scale, rng)
    extra = round(len(offence) * shares.CANCELLED)
    chosen = rng.integers(0, len(offence), extra)  # cancelled ones look like the others
    offence = np.concatenate([offence, offence[chosen]])
    district = np.concatenate([district, district[chosen]])
    order = rng.permutation(len(offence))
    recorded_at = times_in(month, len(offence), shares.DAY, rng)
    cancelled_at = np.full(len(offence), np.datetime64("NaT"), dtype="datetime64[ms]")
    off = np.flatnonzero(order >= len(offence) - extra)
    later = recorded_at[off] + rng.integers(3_600, 20 * 86_400, extra).astype("timedelta64[s]")
    cancelled_at[off] = np.minimum(later, end(month))
    allocated = rng.random(len(offence)) < _allocated(offence[order], district[order])
    return Recorded(month, offence[order], district[order], recorded_at, cancelled_at, allocated)


def _standing(month: date, scale: int, rng: np.random.Generator) -> tuple[Ints, Ints]:
    counts = offence_counts(month, scale)
    offences, districts = [], []
    for series, row in enumerate(district_counts(month, scale)):
        where = np.flatnonzero(series == SERIES_OF)
        offences.append(where[labels(counts[where], rng)])
        districts.append(np.repeat(np.arange(len(DISTRICTS)), row))
    return np.concatenate(offences), np.concatenate(districts)


def _allocated(offence: Ints, district: Ints) -> Floats:
    """The chance that a crime is given to an investigator."""
    effort = np.where(_IS_VEHICLE[offence], np.array(shares.VEHICLE_EFFORT)[district], 1.0)
    chance: Floats = _ALLOCATED[offence] * effort
    return chance


def positions(crimes: Recorded) -> tuple[Floats, Floats]:
    """Latitude and longitude of each crime, around the middle of its district."""
    rng = generator("places", crimes.month)
    latitude, longitude = scatter(crimes.district, rng)
    for series in range(SERIES.index("rest")):
        for district in range(len(DISTRICTS)):
            here = np.flatnonzero((crimes.series == series) & (crimes.district == district))
            _again(here, district, latitude, longitude, rng)
    return latitude, longitude


def _again(
    here: Ints, district: int, latitude: Floats, longitude: Floats, rng: np.random.Generator
) -> None:
    """Some crimes are at the place of an earlier one of their kind and month, others near it."""
    later = here[1:]
    earlier = here[(rng.random(len(later)) * np.arange(1, len(later) + 1)).astype(np.int64)]
    drawn = rng.random(len(later))
    away = np.where(drawn < shares.AT_THE_SAME_PLACE, 0.0, shares.NEAR_DEGREES)
    drift = rng.uniform(-1, 1, (len(later), 2)) * away[:, None]
    moved = drawn < shares.AT_THE_SAME_PLACE + shares.NEAR_ANOTHER
    middle, reach = shares.CENTRES[district, :2], shares.CENTRES[district, 2:]
    for side, held in enumerate((latitude, longitude)):
        there = held[earlier[moved]] + drift[moved, side]
        inside = np.clip(there, middle[side] - reach[side], middle[side] + reach[side])
        held[later[moved]] = np.round(inside, 5)


def scatter(district: Ints, rng: np.random.Generator) -> tuple[Floats, Floats]:
    centre = shares.CENTRES[district]
    drift = np.clip(rng.normal(0, 0.5, (len(district), 2)), -1, 1)
    return (
        np.round(centre[:, 0] + drift[:, 0] * centre[:, 2], 5),
        np.round(centre[:, 1] + drift[:, 1] * centre[:, 3], 5),
    )
