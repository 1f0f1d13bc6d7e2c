"""A board as a document, so that it can be sent: its table, and each indicator's chart."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.conf import settings

from core.dates import add_months, last_day, months_between
from core.models import Unit, UnitKind
from performance.boards import BOARDS
from performance.charts.figures import series_of
from performance.charts.lines import describe as described
from performance.charts.multiples import multiples_chart
from performance.charts.series import Series
from performance.measures import Indicator
from performance.papers.document import (
    Cell,
    ChartBlock,
    Dates,
    Document,
    Paragraph,
    Section,
    Table,
    Text,
)
from performance.selectors import boards
from performance.selectors.board_tables import cell_of, control_block, table_of
from performance.selectors.boards import Board, BoardRow
from performance.selectors.columns import HISTORY
from performance.selectors.drill_down import months_in_words
from performance.selectors.series import is_held
from performance.selectors.values import Value

HOW = (
    "A point outside the limits, a run or a trend of seven months is unlikely to be chance. Limits are "
    "the mean of the months plus and minus 2.66 times the mean difference from month to month."
)


def board_document(board: Board) -> Document:
    """Of the month, or of another period that ends with it."""
    month = last_day(board.month)
    return Document(
        title=f"{board.title}: {board.unit}, {months_in_words(board.period, board.month)}",
        marking=settings.MARKING,
        dates=Dates(month, month, month),
        sections=(
            Section("1", "The board", (table_of(board),)),
            Section("2", "Month by month", tuple(_charts(board))),
        ),
        facts=tuple(_facts(board)),
        reference=f"{board.slug}-{board.month:%Y-%m}-{board.unit.code}-{board.period.value}"
        + (f"-as-at-{board.as_at}" if board.as_at else ""),
    )


def _facts(board: Board) -> Iterator[tuple[str, str]]:
    yield "Figures to", f"{last_day(board.month):%-d %B %Y}"
    benchmark = BOARDS[board.slug].benchmark
    yield "Baseline", f"{benchmark:%B %Y} to {add_months(benchmark, 11):%B %Y}"
    if board.as_at:
        yield "As it stood at the end of", f"{board.as_at:%-d %B %Y}"
    if board.pending:
        yield "Not yet counted", f"{board.pending:,} changes of records"


def _charts(board: Board) -> Iterator[Paragraph | ChartBlock]:
    yield Paragraph("2.1", (Text(HOW),))
    for row in board.rows:
        months = list(zip(_months(row), row.spark, strict=True))
        yield control_block(row.indicator, row.unit, months, key=f"board-{row.indicator.slug}")
    yield from _districts(board)


def _months(row: BoardRow) -> list[date]:
    return months_between(add_months(row.month, 1 - len(row.spark)), row.month)


def _districts(board: Board) -> Iterator[ChartBlock]:
    """Districts side by side on one scale, for the force's indicators that they keep."""
    if board.unit.kind != UnitKind.FORCE:
        return
    units = list(Unit.objects.filter(kind=UnitKind.DISTRICT))
    kept = [row.indicator for row in board.rows if _is_kept(row.indicator, units[0])]
    found = boards.series_of(indicators=kept, units=units, until=board.month, months=HISTORY)
    for indicator in kept:
        yield _side_by_side(indicator, [(unit, found[indicator.slug, unit.code]) for unit in units])


def _is_kept(indicator: Indicator, unit: Unit) -> bool:
    return all(is_held(measure.basis, unit) for measure in indicator.measures.values())


def _side_by_side(
    indicator: Indicator, parts: list[tuple[Unit, list[tuple[date, Value]]]]
) -> ChartBlock:
    series: list[Series] = [series_of(str(unit), indicator, figures) for unit, figures in parts]
    title = f"{indicator.title}, by district"
    months = [month for month, _ in parts[0][1]]
    table = Table(
        title,
        ("Month", *(str(unit) for unit, _ in parts)),
        tuple(
            (
                Cell(f"{month:%b %Y}"),
                *(cell_of(indicator, figures[place][1]) for _, figures in parts),
            )
            for place, month in enumerate(months)
        ),
    )
    chart = multiples_chart(series, key=f"districts-{indicator.slug}", title=title)
    return ChartBlock(title, " ".join(map(described, series)), str(chart), table)
