"""The frames of the demonstration force on their way through the door of every import."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import polars as pl

from core.imports import Receipt, load
from performance.demo import (
    calls,
    crimes,
    historic,
    incidents,
    integrity_audits,
    national,
    outcomes,
    referrals,
    supervisory_reviews,
    surveys,
    victim_care,
)

Frames = Callable[[date, int], Iterator[pl.DataFrame]]
Report = Callable[[str, int], None]
BLOCK_ROWS = 120_000


@dataclass(frozen=True)
class Part:
    """A kind of record. `weight`: its share of the rows, near enough for a progress bar."""

    kind: str
    frames: Frames
    weight: int
    grows: bool = False  # with the scale


PARTS = (
    Part("historic-figures", historic.frames, 1),
    Part("population", national.population, 1),
    Part("national-months", national.frames, 6),
    Part("surveys", surveys.frames, 41),
    Part("integrity-audits", integrity_audits.frames, 1),
    Part("crimes", crimes.frames, 251, grows=True),
    Part("outcomes", outcomes.frames, 242, grows=True),
    Part("referrals", referrals.frames, 28, grows=True),
    Part("victim-care", victim_care.frames, 36),
    Part("supervisory-reviews", supervisory_reviews.frames, 82),
    Part("incidents", incidents.frames, 558),
    Part("calls", calls.frames, 815),
)


def load_force(*, until: date, scale: int, report: Report) -> dict[str, Receipt]:
    """Loads month after month up to `until`. Told again, it changes nothing; broken off, it goes on.

    `report` hears the kind and the rows that were handed over, whenever some were.
    """
    receipts = {}
    for part in PARTS:
        frames = _told(part, _blocks(part.frames(until, scale)), report)
        receipts[part.kind] = load(part.kind, frames, by=None)
        if receipts[part.kind].rejected:
            raise ValueError(f"{part.kind}: {receipts[part.kind].errors[0]}")
    return receipts


def _told(part: Part, frames: Iterable[pl.DataFrame], report: Report) -> Iterator[pl.DataFrame]:
    report(part.kind, 0)
    for frame in frames:
        yield frame
        report(part.kind, frame.height)


def _blocks(frames: Iterable[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """Months together, as many as make a block that is worth its transaction."""
    waiting: list[pl.DataFrame] = []
    for frame in frames:
        waiting.append(frame)
        if sum(held.height for held in waiting) >= BLOCK_ROWS:
            yield pl.concat(waiting)
            waiting = []
    if waiting:
        yield pl.concat(waiting)


def rows_expected(until: date, scale: int) -> int:
    """About how many rows will be handed over."""
    months = (until.year - 2017) * 12 + until.month - 3
    thousands = sum(part.weight * (scale if part.grows else 1) for part in PARTS)
    return thousands * 1000 * months // 46
