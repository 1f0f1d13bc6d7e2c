"""Record files `population` and `national-months`: forty-two invented forces beside the force.

They are called by region and letter, so that nobody takes them for forces that exist. Their rates
are the quantiles of a distribution, dealt out among them at random.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
from scipy.special import ndtri

from performance.demo.draws import FIRST, MONTHS, Floats, generator, split
from performance.regions import REGIONS

OWN, OWN_CODE, OWN_PEOPLE = "Demonstration force", "E23000023", 852_500
YEAR = 2019
# People of each region, in thousands, without the force's own.
PEOPLE = {
    "North East": 2_670, "North West": 7_340, "Yorkshire and The Humber": 5_500,
    "East Midlands": 4_840, "West Midlands": 5_930, "East": 5_380, "London": 8_960,
    "South East": 9_180, "South West": 5_620, "Wales": 3_150,
}  # fmt: skip
# A force that lost months when it changed its crime system.
INCOMPLETE, LOST = "South West C", (date(2020, 6, 1), date(2020, 7, 1))
STRUGGLES = 0.6  # its rates, of the usual


@dataclass(frozen=True)
class Shape:
    """Of a group: crimes a year for 1,000 people and how they grow, outcome rates and spreads."""

    group: str
    crimes: float
    growth: float
    rate: float
    spread: float


SHAPES = (
    Shape("dwelling-burglary", 3.1, 0.93, 0.0982, 0.230),
    Shape("theft-of-motor-vehicle", 1.9, 0.97, 0.0799, 0.333),
    Shape("stalking-and-harassment", 9.6, 1.11, 0.1150, 0.250),
)
CRIMES_SPREAD = 0.18
SEASON = (1.06, 0.97, 1.0, 0.95, 0.96, 0.95, 0.98, 0.98, 0.98, 1.04, 1.08, 1.05)  # from January
LOCKDOWN, UNLOCKED, FEWER = date(2020, 3, 1), date(2020, 6, 1), 0.72


def population(until: date, scale: int = 1) -> Iterator[pl.DataFrame]:
    del until, scale  # one estimate
    names, codes, people = _forces()
    yield pl.DataFrame(
        {
            "gss_code": [OWN_CODE, *codes],
            "year": [YEAR] * (len(names) + 1),
            "force_name": [OWN, *names],
            "population": [OWN_PEOPLE, *people],
        }
    )


def frames(until: date, scale: int = 1) -> Iterator[pl.DataFrame]:
    del scale  # only crimes are multiplied
    names, _, people = _forces()
    for shape in SHAPES:
        yield _frame(shape, names, np.array(people), until)


def _forces() -> tuple[list[str], list[str], list[int]]:
    """Name, code and people of each force but the own."""
    rng = generator("national population", FIRST)
    names, codes, people = [], [], []
    for region, areas in REGIONS.items():
        others = [code for code in areas if code != OWN_CODE]
        shares = split(PEOPLE[region], rng.dirichlet([6.0] * len(others)))
        for letter, code, thousands in zip("ABCDEF", others, shares.tolist(), strict=False):
            names.append(f"{region} {letter}")
            codes.append(code)
            people.append(int(thousands) * 1000)
    return names, codes, people


def _frame(shape: Shape, names: list[str], people: Floats, until: date) -> pl.DataFrame:
    rng = generator(f"national {shape.group}", FIRST)
    size = len(names)
    yearly = people / 1000 * shape.crimes * np.exp(rng.normal(0, CRIMES_SPREAD, size))
    complete = [name for name in names if name != INCOMPLETE]
    ranks = (np.arange(len(complete)) + 0.5) / len(complete)
    dealt = rng.permutation(shape.rate * np.exp(shape.spread * ndtri(ranks))).tolist()
    rates = np.array(
        [shape.rate * STRUGGLES if name == INCOMPLETE else dealt.pop() for name in names]
    )
    months = [month for month in MONTHS if month <= until]
    pace = np.array([_pace(shape, month) for month in months])
    crimes = np.rint(yearly[:, None] * pace).astype(np.int64)
    # Rounded as sums from the first month on, so that any twelve months are within one of the rate.
    sums = np.rint(crimes.cumsum(axis=1) * rates[:, None]).astype(np.int64)
    outcomes = np.diff(sums, axis=1, prepend=0)
    found = pl.DataFrame(
        {
            "month": months * size,
            "force_name": np.repeat(names, len(months)).tolist(),
            "group": [shape.group] * (size * len(months)),
            "crimes": crimes.ravel(),
            "outcomes": outcomes.ravel(),
        }
    )
    lost = (pl.col("force_name") == INCOMPLETE) & pl.col("month").is_in(LOST)
    return found.filter(~lost)


def _pace(shape: Shape, month: date) -> float:
    """The month's part of a year's crimes."""
    years = (month.year - FIRST.year) + (month.month - FIRST.month) / 12
    quiet = FEWER if LOCKDOWN <= month < UNLOCKED else 1.0
    return float(SEASON[month.month - 1] * shape.growth**years * quiet / 12)
