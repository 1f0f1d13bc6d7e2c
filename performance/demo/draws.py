"""Seeded draws. The same kind and month give the same numbers, whatever was drawn before them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from zlib import crc32

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.special import ndtri

from core.dates import add_months, last_day, months_between

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Times = NDArray[np.datetime64]
Texts = NDArray[np.str_]
Bools = NDArray[np.bool_]

SEED = 20170401
FIRST = date(2017, 4, 1)
LAST = date(2021, 1, 1)
MONTHS = months_between(FIRST, LAST)


def place(month: date) -> int:
    """Position of the month in every series of `totals`."""
    return (month.year - FIRST.year) * 12 + month.month - FIRST.month


def generator(kind: str, month: date) -> np.random.Generator:
    return np.random.default_rng([SEED, crc32(kind.encode()), month.year, month.month])


def split(total: int, shares: Sequence[float] | Floats | Ints) -> Ints:
    """Whole parts of the total in proportion to the shares; the largest remainders get the rest."""
    weights = np.asarray(shares, dtype=np.float64)
    exact = total * weights / weights.sum()
    parts: Ints = np.floor(exact).astype(np.int64)
    order = np.argsort(parts - exact, kind="stable")
    parts[order[: total - int(parts.sum())]] += 1
    return parts


def labels(parts: Ints, rng: np.random.Generator) -> Ints:
    """Index of the part for each of the total's members, in random order."""
    mixed: Ints = rng.permutation(np.repeat(np.arange(len(parts)), parts))
    return mixed


def choose(weights: Floats, size: int, rng: np.random.Generator) -> Ints:
    """Positions of `size` members, without replacement, likelier where the weight is larger."""
    keys = np.log(weights) + rng.gumbel(size=len(weights))
    return np.argsort(-keys, kind="stable")[:size]


def times_in(month: date, size: int, hours: Sequence[float], rng: np.random.Generator) -> Times:
    """Local times in the month, in order; `hours` weighs the 24 hours of the day."""
    weights = np.asarray(hours, dtype=np.float64)
    days = rng.integers(0, last_day(month).day, size)
    hour = rng.choice(24, size, p=weights / weights.sum())
    seconds = days * 86_400 + hour * 3_600 + rng.integers(0, 3_600, size)
    return np.sort(np.datetime64(month, "ms") + seconds.astype("timedelta64[s]"))


def days_in(month: date, size: int, rng: np.random.Generator) -> Times:
    return np.datetime64(month, "D") + np.sort(rng.integers(0, last_day(month).day, size))


def start(month: date) -> np.datetime64:
    return np.datetime64(month, "ms")


def end(month: date) -> np.datetime64:
    """The last second of the month."""
    return np.datetime64(add_months(month, 1), "ms") - np.timedelta64(1, "s")


def waits(within: float, threshold: float, spread: float, size: int) -> Floats:
    """Log-normal waits of which the share `within` is not over the threshold; same unit as it.

    They are the quantiles of the distribution, in order: the median of a group is then the same on
    every run, however small the group.
    """
    centre = threshold * np.exp(-spread * ndtri(within))
    ranks = (np.arange(size) + 0.5) / max(size, 1)
    waited: Floats = centre * np.exp(spread * ndtri(ranks))
    return waited


def utc(column: str) -> pl.Expr:
    """Local times as UTC. Those in the hour that spring leaves out happen at its end."""
    local = pl.col(column).cast(pl.Datetime("us"))
    there = local.dt.replace_time_zone("Europe/London", ambiguous="earliest", non_existent="null")
    later = local.dt.truncate("1h").dt.offset_by("1h")
    moved = later.dt.replace_time_zone("Europe/London", ambiguous="earliest", non_existent="null")
    return there.fill_null(moved).dt.convert_time_zone("UTC").alias(column)


def references(prefix: str, month: date, numbers: Ints) -> pl.Series:
    """`35-1704-000001` and so on."""
    head = f"{prefix}-{month:%y%m}-"
    return head + pl.Series(numbers).cast(pl.String).str.zfill(6)
