"""What is expected of the packs by the day that their targets are due, as bars with a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from operations.packs.forecast import WEEK, WINDOW, Forecast
from operations.selectors.packs import Tile, tiles
from performance.charts.forecast import Bar, describe, forecast_bars
from performance.comparisons import intervals
from performance.papers.document import Block, Cell, ChartBlock, Table

TITLE = "Packs given, expected and aimed at"
HEADER = ("Level", "Given", "Expected by then", "95% interval", "Target", "Due")


@dataclass(frozen=True)
class Expected:
    """Of the packs of one level: `low` and `high` bound what the present rate leads to."""

    tile: Tile
    given: int
    whole: int | None = None
    low: int | None = None
    high: int | None = None

    @property
    def interval(self) -> str:
        return "-" if self.low is None else f"{self.low:,} to {self.high:,}"


def forecast_blocks(day: date) -> Iterator[Block]:
    """Nothing where no pack was given and no target is set."""
    if found := expected(tiles(day)):
        yield chart(found, day)


def expected(shown: Iterable[Tile]) -> list[Expected]:
    return [_expected(tile) for tile in shown if tile.target or tile.given]


def _expected(tile: Tile) -> Expected:
    outlook = tile.forecast
    if outlook is None:
        return Expected(tile, tile.given)
    given = outlook.standing.given
    if outlook.by_then is None or outlook.rate is None:
        return Expected(tile, given)
    low, high = _bounds(outlook, outlook.rate)
    return Expected(tile, given, outlook.by_then, given + low, given + high)


def _bounds(outlook: Forecast, rate: Fraction) -> tuple[int, int]:
    """What is still to come at the rates that the packs of the window allow: a count is by chance
    a little more or less, and so is the rate that is taken from it."""
    now = outlook.standing
    seen = now.recent
    ahead = float(rate * (now.due_on - now.day).days / WEEK)
    low, high = (float(end[0]) for end in intervals.count([seen]))
    return (int(ahead * low / seen), int(ahead * high / seen)) if seen else (0, 0)


def chart(found: Sequence[Expected], day: date) -> ChartBlock:
    dues = {each.tile.target.due_on for each in found if each.tile.target}
    until = f"{max(dues):%-d %B %Y}" if len(dues) == 1 else "the day it is due"
    bars = [
        Bar(
            each.tile.level.label,
            each.given,
            each.tile.target.number if each.tile.target else None,
            each.whole,
            each.low,
            each.high,
        )
        for each in found
    ]
    title = f"{TITLE}, at the end of {day:%-d %B %Y}"
    picture = forecast_bars(bars, key="packs", title=title, until=until)
    return ChartBlock(title, describe(bars, until), str(picture), table(found, title))


def table(found: Sequence[Expected], title: str) -> Table:
    weeks = WINDOW.days // WEEK
    return Table(
        title,
        HEADER,
        tuple(_row(each) for each in found),
        (f"What is expected goes on from the rate of the last {weeks} weeks.",),
    )


def _row(each: Expected) -> tuple[Cell, ...]:
    target = each.tile.target
    return (
        Cell(each.tile.level.label),
        Cell(f"{each.given:,}", each.given),
        Cell("-" if each.whole is None else f"{each.whole:,}", each.whole),
        Cell(each.interval, each.low),
        Cell(f"{target.number:,}" if target else "-"),
        Cell(f"{target.due_on:%-d %b %Y}" if target else "-"),
    )
