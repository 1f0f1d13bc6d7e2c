"""Record file `calls`: the two lines of the control room."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from performance.demo import shares
from performance.demo.draws import MONTHS, generator, place, references, times_in, utc
from performance.demo.totals import control_room as totals


@dataclass(frozen=True)
class Line:
    name: str
    prefix: str
    offered: tuple[int, ...]
    in_time: tuple[int, ...]
    threshold: int  # seconds
    patience: float  # mean seconds beyond the threshold until answered
    abandoned: float  # share of the calls not answered in time


LINES = (
    Line("999", "E", totals.CALLS_999, totals.CALLS_999_WITHIN_10, 10, 18.0, 0.25),
    Line("non-emergency", "N", totals.CALLS_101, totals.CALLS_101_WITHIN_30, 30, 110.0, 0.35),
)


def frames(until: date, scale: int = 1) -> Iterator[pl.DataFrame]:
    del scale  # only crimes are multiplied
    return (_frame(line, month) for month in MONTHS if month <= until for line in LINES)


def _frame(line: Line, month: date) -> pl.DataFrame:
    rng = generator(f"calls {line.name}", month)
    size, in_time = line.offered[place(month)], line.in_time[place(month)]
    quick = 1 + rng.integers(0, line.threshold, in_time)
    slow = line.threshold + 1 + rng.exponential(line.patience, size - in_time).astype(np.int64)
    gone = np.concatenate([np.zeros(in_time, bool), rng.random(size - in_time) < line.abandoned])
    order = rng.permutation(size)
    wait = np.concatenate([quick, slow])[order]
    offered_at = times_in(month, size, shares.DAY, rng)
    return (
        pl.DataFrame(
            {
                "call_ref": references(line.prefix, month, np.arange(1, size + 1)),
                "line": np.full(size, line.name),
                "offered_at": offered_at,
                "wait": wait,
                "gone": gone[order],
            }
        )
        .with_columns(utc("offered_at"))
        .with_columns(
            answered_at=pl.when(~pl.col("gone")).then(
                pl.col("offered_at") + pl.duration(seconds="wait")
            )
        )
        .drop("wait", "gone")
    )
