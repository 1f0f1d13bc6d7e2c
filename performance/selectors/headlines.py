"""What a month brought: verdicts that changed, months outside their limits, what chance explains."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from core.dates import add_months
from core.models import Unit
from performance.boards import BOARDS
from performance.charts.series import Quantity, shown
from performance.comparisons.spc import Cause, xmr
from performance.measures import Indicator
from performance.selectors.boards import Board, BoardRow, Verdict, board_for
from performance.selectors.paper_figures import in_unit

OF_THE_PAPER = ("combat-acquisitive-crime", "increase-public-satisfaction", "headlines")
COLUMNS = ("1 year average", "3 year average", "benchmark")


@dataclass(frozen=True)
class Turn:
    """A verdict that is not what it was the month before.

    `beyond_chance` is not known of one that says that nothing happened.
    """

    indicator: Indicator
    against: str
    now: str
    before: str
    shown: str
    beyond_chance: bool | None


@dataclass(frozen=True)
class Outside:
    """A month that stands outside the limits of its own 36 months."""

    indicator: Indicator
    shown: str
    cause: Cause


@dataclass(frozen=True)
class Within:
    """A verdict that says something, where chance alone would explain it."""

    indicator: Indicator
    against: str
    verdict: Verdict
    shown: str


@dataclass(frozen=True)
class Headlines:
    month: date
    unit: Unit
    turns: tuple[Turn, ...]
    outside: tuple[Outside, ...]
    within: tuple[Within, ...]
    as_of: datetime | None


def headlines(*, month: date, unit: Unit) -> Headlines:
    """An indicator that stands on two boards is told once."""
    now = [board_for(slug=slug, month=month, unit=unit) for slug in OF_THE_PAPER]
    before = [board_for(slug=slug, month=add_months(month, -1), unit=unit) for slug in OF_THE_PAPER]
    earlier = _rows(before)
    rows = _rows(now)
    return Headlines(
        month,
        unit,
        tuple(turn for slug, row in rows.items() for turn in _turns(row, earlier[slug])),
        tuple(found for row in rows.values() for found in _outside(row)),
        tuple(found for row in rows.values() for found in _within(row)),
        now[0].as_of,
    )


def _rows(boards: list[Board]) -> dict[str, BoardRow]:
    return {row.indicator.slug: row for board in boards for row in board.rows}


def verdicts_of(row: BoardRow) -> Iterator[tuple[str, Verdict | None]]:
    yield from zip(COLUMNS, (row.v_1yr, row.v_3yr, row.v_benchmark), strict=True)


def _turns(row: BoardRow, earlier: BoardRow) -> Iterator[Turn]:
    for (against, now), (_, before) in zip(verdicts_of(row), verdicts_of(earlier), strict=True):
        if now and before and now.word and before.word and now.word != before.word:
            text = shown_of(row, against)
            words = str(now.word), str(before.word)
            chance = None if now.word == "Comparable" else now.beyond_chance
            yield Turn(row.indicator, against, *words, text, chance)


def _outside(row: BoardRow) -> Iterator[Outside]:
    chart = xmr([value.value for value in row.spark])
    cause = chart.causes[-1] if chart else None
    if cause and cause.is_outside:
        yield Outside(row.indicator, shown_of(row), cause)


def _within(row: BoardRow) -> Iterator[Within]:
    for against, verdict in verdicts_of(row):
        judged = verdict and verdict.word and verdict.word != "Comparable"
        if judged and verdict and verdict.beyond_chance is False:
            yield Within(row.indicator, against, verdict, shown_of(row, against))


def shown_of(row: BoardRow, against: str = "") -> str:
    value = row.rolling if against == "benchmark" else row.current
    return shown(in_unit(row.indicator, value.value), Quantity(row.indicator.unit.value))


def titles() -> list[tuple[str, str]]:
    """The boards that the headlines are taken from."""
    return [(slug, BOARDS[slug].title) for slug in OF_THE_PAPER]
