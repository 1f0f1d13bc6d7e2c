"""Record file `surveys`: victims asked about the service, the public about confidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from performance.demo import shares
from performance.demo.draws import (
    MONTHS,
    Bools,
    days_in,
    generator,
    labels,
    place,
    references,
    split,
)
from performance.demo.totals import surveys as totals


@dataclass(frozen=True)
class Panel:
    """People asked each month, and how many of them were positive about each question."""

    survey: str
    prefix: str
    asked: tuple[int, ...]
    positive: Mapping[str, tuple[int, ...]]
    offences: Mapping[str, float]  # what they were victims of; none: not asked as victims
    districts: tuple[float, ...]


PANELS = (
    Panel("victim", "VB", totals.BURGLARY_VICTIMS, totals.BURGLARY_VICTIMS_POSITIVE,
          {"28E": 87, "28F": 11, "28G": 1, "29A": 1}, shares.BURGLARY_BY_DISTRICT),
    Panel("victim", "VO", totals.OTHER_VICTIMS, totals.OTHER_VICTIMS_POSITIVE,
          {"8N": 30, "105A": 26, "45": 18, "48": 12, "34B": 8, "9B": 6}, shares.CRIME_BY_DISTRICT),
    Panel("public", "PC", totals.PUBLIC, totals.PUBLIC_POSITIVE, {}, shares.CRIME_BY_DISTRICT),
)  # fmt: skip


def frames(until: date, scale: int = 1) -> Iterator[pl.DataFrame]:
    del scale  # only crimes are multiplied
    return (_frame(panel, month) for month in MONTHS if month <= until for panel in PANELS)


def _frame(panel: Panel, month: date) -> pl.DataFrame:
    at = place(month)
    size = panel.asked[at]
    rng = generator(f"surveys {panel.prefix}", month)
    people = pl.DataFrame({
        "response_ref": references(panel.prefix, month, np.arange(1, size + 1)),
        "survey": np.full(size, panel.survey),
        "responded_on": days_in(month, size, rng),
        "district": pl.Series(shares.DISTRICTS).gather(labels(split(size, panel.districts), rng)),
        "offence_code": _offences(panel, size, rng),
    })  # fmt: skip
    return pl.concat(
        people.with_columns(
            question=pl.lit(question),
            positive=pl.Series(_answers(size, counts[at], rng)),
        )
        for question, counts in panel.positive.items()
    )


def _offences(panel: Panel, size: int, rng: np.random.Generator) -> pl.Series:
    if not panel.offences:
        return pl.Series([None] * size, dtype=pl.String)
    parts = split(size, list(panel.offences.values()))
    return pl.Series(list(panel.offences)).gather(labels(parts, rng))


def _answers(size: int, positive: int, rng: np.random.Generator) -> Bools:
    answers: Bools = labels(np.array([size - positive, positive]), rng) == 1
    return answers
