"""Record file `historic-figures`: months before the records reach."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import polars as pl

from core.dates import add_months
from performance.demo.totals import historic as totals

SERIES = {
    "dwelling-burglary-recorded": totals.DWELLING,
    "vehicle-crime-recorded": totals.VEHICLE_CRIME,
}
PROVENANCE = "Demonstration force: monthly total from before the records"


def frames(until: date, scale: int = 1) -> Iterator[pl.DataFrame]:
    del until, scale  # all of it comes before the first month
    return (_frame(indicator, counts) for indicator, counts in SERIES.items())


def _frame(indicator: str, counts: tuple[int, ...]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "indicator": [indicator] * len(counts),
            "unit": ["force"] * len(counts),
            "month": [add_months(totals.FIRST, step) for step in range(len(counts))],
            "numerator": list(counts),
            "denominator": pl.Series([None] * len(counts), dtype=pl.Int64),
            "provenance": [PROVENANCE] * len(counts),
        }
    )
