"""Record file `outcomes`: each month's prosecution possible outcomes, and the crimes filed in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from core.dates import add_months
from performance.demo import shares
from performance.demo.draws import (
    Bools,
    Ints,
    Texts,
    Times,
    choose,
    end,
    generator,
    place,
    split,
    start,
    utc,
)
from performance.demo.recorded import (
    OFFENCES,
    SERIES,
    SERIES_OF,
    Recorded,
    by_area,
    district_counts,
    recorded_months,
    series_totals,
)
from performance.demo.shares import DISTRICTS
from performance.demo.totals import crime as totals

DIVERSION_FROM = date(2019, 4, 1)
FAMILY_NAMES = list(shares.FAMILIES)
FAMILY = np.array([FAMILY_NAMES.index(offence.family) for offence in OFFENCES])
CHANCE = np.array([shares.FAMILIES[offence.family].chance for offence in OFFENCES])
TWO_DAYS = np.timedelta64(2, "D")
# days: an outcome becomes likelier as the investigation goes on, then fades
FIRST_DAYS, SOLVED_AFTER = 4.0, 30.0
INVESTIGATED = 6.0  # times likelier to be solved than a crime that was filed at first contact


def frames(until: date, scale: int = 1) -> Iterator[pl.DataFrame]:
    waiting = Waiting.nothing()
    for crimes in recorded_months(until, scale):
        waiting = waiting.joined_by(crimes)
        rng = generator("outcomes", crimes.month)
        solved = _solved(waiting, crimes.month, scale, rng)
        filed = np.setdiff1d(np.flatnonzero(waiting.filed_at <= end(crimes.month)), solved)
        yield _frame(waiting, solved, filed, crimes.month, rng)
        waiting = waiting.without(np.concatenate([solved, filed]))


@dataclass(frozen=True)
class Waiting:
    """Crimes without an outcome, as columns."""

    reference: pl.Series
    offence: Ints
    district: Ints
    recorded_at: Times
    allocated: Bools
    filed_at: Times  # when it will be filed if nothing better comes

    @classmethod
    def nothing(cls) -> Waiting:
        none, never = np.array([], dtype=np.int64), np.array([], dtype="datetime64[ms]")
        return cls(pl.Series([], dtype=pl.String), none, none, never, none == 0, never)

    def joined_by(self, crimes: Recorded) -> Waiting:
        keep = np.flatnonzero(crimes.standing)
        rng = generator("filing", crimes.month)
        days = np.where(
            crimes.allocated,
            rng.gamma(2.0, 22, len(crimes.offence)),
            rng.gamma(1.2, 5, len(crimes.offence)),
        )
        filed_at = crimes.recorded_at + (days * 86_400 + 3_600).astype("timedelta64[s]")
        return Waiting(
            pl.concat([self.reference, crimes.references()[keep]]),
            np.concatenate([self.offence, crimes.offence[keep]]),
            np.concatenate([self.district, crimes.district[keep]]),
            np.concatenate([self.recorded_at, crimes.recorded_at[keep]]),
            np.concatenate([self.allocated, crimes.allocated[keep]]),
            np.concatenate([self.filed_at, filed_at[keep]]),
        )

    def without(self, gone: Ints) -> Waiting:
        keep = np.setdiff1d(np.arange(len(self.offence)), gone)
        return Waiting(
            self.reference[keep],
            self.offence[keep],
            self.district[keep],
            self.recorded_at[keep],
            self.allocated[keep],
            self.filed_at[keep],
        )


def possible_counts(month: date, scale: int = 1) -> Ints:
    """Prosecution possible outcomes of the month: one row a series, one column a district."""
    at = place(month)
    crimes = district_counts(month, scale)
    burglary, north = totals.DWELLING_POSSIBLE[at], totals.DWELLING_POSSIBLE_NORTH[at]
    named = [burglary, totals.TAKEN_POSSIBLE[at], totals.FROM_VEHICLE_POSSIBLE[at]]
    others = (totals.ALL_CRIME_POSSIBLE[at] - sum(named)) * scale
    stalking, rest = split(
        others,
        [shares.FAMILIES["stalking"].chance * series_totals(month)[3], series_totals(month)[4]],
    )
    return np.array([
        by_area(burglary, north, crimes[0]),
        split(named[1], crimes[1] * np.array(shares.VEHICLE_EFFORT)),
        split(named[2], crimes[2] * np.array(shares.VEHICLE_EFFORT)),
        split(int(stalking), crimes[3]),
        split(int(rest), crimes[4]),
    ])  # fmt: skip


def _solved(waiting: Waiting, month: date, scale: int, rng: np.random.Generator) -> Ints:
    """Positions of the crimes that get a prosecution possible outcome in the month."""
    age = (end(month) - waiting.recorded_at) / np.timedelta64(1, "D")
    weight = CHANCE[waiting.offence] * (age + FIRST_DAYS) * np.exp(-age / SOLVED_AFTER)
    weight *= np.where(waiting.allocated, INVESTIGATED, 1.0)
    series = SERIES_OF[waiting.offence]
    counts = possible_counts(month, scale)
    chosen = []
    for row in range(len(SERIES)):
        for column in range(len(DISTRICTS)):
            here = np.flatnonzero((series == row) & (waiting.district == column))
            chosen.append(here[choose(weight[here], int(counts[row, column]), rng)])
    return np.sort(np.concatenate(chosen))


def _frame(
    waiting: Waiting, solved: Ints, filed: Ints, month: date, rng: np.random.Generator
) -> pl.DataFrame:
    solved_at = _when(waiting.recorded_at[solved], month, rng)
    before = np.maximum(waiting.recorded_at[solved], start(month))
    reopened = (rng.random(len(solved)) < shares.REOPENED) & (solved_at - before > TWO_DAYS)
    midway = before[reopened] + TWO_DAYS / 2
    at = np.concatenate([solved, filed, solved[reopened]])
    codes = np.concatenate([
        _codes(waiting.offence[solved], True, month, rng),
        _codes(waiting.offence[filed], False, month, rng),
        np.full(int(reopened.sum()), "18"),
    ])  # fmt: skip
    when = np.concatenate([solved_at, np.maximum(waiting.filed_at[filed], start(month)), midway])
    return pl.DataFrame(
        {"crime_ref": waiting.reference[at], "outcome_code": codes, "outcome_at": when}
    ).with_columns(utc("outcome_at"))


def _when(recorded_at: Times, month: date, rng: np.random.Generator) -> Times:
    """A time in the month in working hours; for a crime of its last hours, the end of the month."""
    first = np.maximum(recorded_at, start(month)).astype("datetime64[D]")
    room = np.datetime64(add_months(month, 1), "D") - first
    day = first + (rng.random(len(first)) * room.astype(np.int64)).astype("timedelta64[D]")
    seconds = rng.choice(24, len(day), p=_OFFICE) * 3_600 + rng.integers(0, 3_600, len(day))
    when = day.astype("datetime64[ms]") + seconds.astype("timedelta64[s]")
    soonest = recorded_at + rng.integers(1_800, 20_000, len(day)).astype("timedelta64[s]")
    within: Times = np.minimum(np.maximum(when, soonest), end(month))
    return within


_OFFICE = np.array(shares.OFFICE) / sum(shares.OFFICE)


def _codes(offence: Ints, possible: bool, month: date, rng: np.random.Generator) -> Texts:
    codes = np.empty(len(offence), dtype="U2")
    for at, family in enumerate(shares.FAMILIES.values()):
        here = np.flatnonzero(FAMILY[offence] == at)
        mix = family.possible if possible else _other(family, month)
        weights = np.array(list(mix.values()))
        codes[here] = rng.choice(list(mix), len(here), p=weights / weights.sum())
    return codes


def _other(family: shares.Family, month: date) -> dict[str, float]:
    if month < DIVERSION_FROM:
        return family.other
    return family.other | {"22": shares.DIVERSION * sum(family.other.values())}
