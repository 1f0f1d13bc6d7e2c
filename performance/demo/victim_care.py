"""Record file `victim-care`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import polars as pl

from performance.demo import stocks
from performance.demo.totals import ledgers as totals

CONTRACTS = stocks.Ledger(
    "victim-care",
    "VC",
    totals.LEDGERS_FROM,
    totals.CONTRACTS,
    totals.CONTRACTS_OVERDUE,
    ends_when_met=False,
)


def frames(until: date, scale: int = 1) -> Iterator[pl.DataFrame]:
    del scale  # only crimes are multiplied
    for department, stock in stocks.kept(CONTRACTS, until):
        yield stocks.frame(stock, department).rename(
            {"reference": "contract_ref", "met_on": "contacted_on"}
        )
