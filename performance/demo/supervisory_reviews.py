"""Record file `supervisory-reviews`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import polars as pl

from performance.demo import stocks
from performance.demo.totals import ledgers as totals

REVIEWS = stocks.Ledger(
    "supervisory-reviews",
    "SR",
    totals.LEDGERS_FROM,
    totals.REVIEWS,
    totals.REVIEWS_OVERDUE,
    ends_when_met=True,
)


def frames(until: date, scale: int = 1) -> Iterator[pl.DataFrame]:
    del scale  # only crimes are multiplied
    for department, stock in stocks.kept(REVIEWS, until):
        yield (
            stocks.frame(stock, department)
            .drop("closed_on")
            .rename({"reference": "review_ref", "met_on": "done_on"})
            .with_columns(direction=pl.lit(None, dtype=pl.String))
        )
