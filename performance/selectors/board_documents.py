"""A board as a document, so that it can be sent: its table, and each indicator's chart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from django.conf import settings

from core.dates import add_months, last_day, months_between
from core.models import Unit, UnitKind
from performance.boards import BOARDS
from performance.charts.control import Pin, control_chart, describe
from performance.charts.figures import series_of
from performance.charts.lines import describe as described
from performance.charts.multiples import multiples_chart
from performance.charts.series import Quantity, Series, shown
from performance.comparisons.spc import xmr
from performance.measures import Indicator, Shown
from performance.models import Annotation
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
from performance.selectors.annotations import annotations_for
from performance.selectors.board_columns import ValueCell, VerdictCell, cells_of
from performance.selectors.boards import Board, BoardRow, Period
from performance.selectors.columns import HISTORY
from performance.selectors.drill_down import months_in_words
from performance.selectors.series import is_held
from performance.selectors.values import UNKNOWN, Value

HEADS = (
    "Against 1 year average",
    "Against 3 year average",
    "Rolling 12 months",
    "Baseline",
    "Against benchmark",
)
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
            Section("1", "The board", (board_table(board),)),
            Section("2", "Month by month", tuple(_charts(board))),
        ),
        facts=tuple(_facts(board)),
        reference=f"{board.slug}-{board.month:%Y-%m}-{board.unit.code}-{board.period.value}",
    )


def _facts(board: Board) -> Iterator[tuple[str, str]]:
    yield "Figures to", f"{last_day(board.month):%-d %B %Y}"
    benchmark = BOARDS[board.slug].benchmark
    yield "Baseline", f"{benchmark:%B %Y} to {add_months(benchmark, 11):%B %Y}"
    if board.pending:
        yield "Not yet counted", f"{board.pending:,} changes of records"


def board_table(board: Board) -> Table:
    """The table of the board, cell by cell as its page and its file have it."""
    rows: list[tuple[Cell, ...]] = []
    for group in board.groups:
        rows.append((Cell(group.title),))
        rows.extend(_row(board, row) for row in group.rows)
    return Table(board.title, ("Indicator", *_heads(board), *HEADS), tuple(rows), _notes(board))


def _heads(board: Board) -> Iterator[str]:
    for back in range(4):
        month = add_months(board.month, -12 * back)
        yield f"{month:%b %Y}" if board.period is Period.MONTH else f"To {month:%b %Y}"


def _row(board: Board, row: BoardRow) -> tuple[Cell, ...]:
    name = row.indicator.row
    if row.indicator.unit is Shown.MINUTES:
        name = f"{name} (minutes)"
    return (Cell(name), *(_cell(row.indicator, cell) for cell in cells_of(board, row).values()))


def _cell(indicator: Indicator, cell: ValueCell | VerdictCell) -> Cell:
    return Cell(cell.shown) if isinstance(cell, VerdictCell) else value_cell(indicator, cell.value)


def value_cell(indicator: Indicator, value: Value) -> Cell:
    of = value.n if value.denominator is None else value.denominator
    return Cell(in_words(indicator, value).removesuffix(" min"), value.numerator, of)


def in_words(indicator: Indicator, value: Value) -> str:
    scale = 100 if indicator.unit is Shown.PERCENT else 1
    known = None if value.value is None else value.value * scale
    return shown(known, Quantity(indicator.unit.value))


def _notes(board: Board) -> tuple[str, ...]:
    """The rules, and which verdicts chance alone would explain."""
    judged = [(row, row.v_1yr or row.v_3yr or row.v_benchmark) for row in board.rows]
    rules = sorted({verdict.rule for _, verdict in judged if verdict})
    notes = [f"Verdicts are given by: {'; '.join(rules)}."] if rules else []
    notes += [
        f"{row.indicator.title}: chance alone would explain the verdict ({verdict.n})."
        for row, verdict in judged
        if verdict and verdict.beyond_chance is False and verdict.word != "Comparable"
    ]
    return tuple(notes)


def _charts(board: Board) -> Iterator[Paragraph | ChartBlock]:
    yield Paragraph("2.1", (Text(HOW),))
    for row in board.rows:
        yield control_block(row)
    yield from _districts(board)


def control_block(row: BoardRow) -> ChartBlock:
    """The 36 months of a row with their limits; what the pins say stands below the table."""
    months = _months(row)
    series = series_of(
        row.indicator.title, row.indicator, list(zip(months, row.spark, strict=True))
    )
    limits = xmr(series.values)
    notes = annotations_for(
        indicator=row.indicator, unit=row.unit, first=months[0], last=last_day(months[-1])
    )
    pins = [_pin(place, note) for place, note in enumerate(notes, start=1)]
    key = f"board-{row.indicator.slug}"
    told = tuple(f"{pin.number}: {_told(note)}" for pin, note in zip(pins, notes, strict=True))
    table = months_table(row.indicator, dict(zip(months, row.spark, strict=True)), told)
    caption = f"{row.indicator.title}, {len(months)} months to {row.month:%B %Y}"
    said = " ".join([describe(series, limits), *_pinned(pins)])
    return ChartBlock(caption, said, str(control_chart(series, limits, key=key, pins=pins)), table)


def months_table(
    indicator: Indicator, figures: Mapping[date, Value], notes: tuple[str, ...] = ()
) -> Table:
    """Months down and years across: three years of months in twelve rows."""
    years = range(min(figures).year, max(figures).year + 1)
    rows = tuple(
        (
            Cell(f"{date(years[0], month, 1):%B}"),
            *(value_cell(indicator, figures.get(date(year, month, 1), UNKNOWN)) for year in years),
        )
        for month in range(1, 13)
    )
    return Table(f"{indicator.title}, by month", ("Month", *map(str, years)), rows, notes)


def _months(row: BoardRow) -> list[date]:
    return months_between(add_months(row.month, 1 - len(row.spark)), row.month)


def _pin(number: int, note: Annotation) -> Pin:
    return Pin(number, str(note), note.starts_on, note.ends_on)


def _pinned(pins: list[Pin]) -> Iterator[str]:
    if pins:
        yield f"Marked: {', '.join(pin.title for pin in pins)}."


def _told(note: Annotation) -> str:
    until = f" to {note.ends_on:%-d %B %Y}" if note.ends_on else ""
    text = f". {note.text}" if note.text else ""
    return f"{note.title}, {note.starts_on:%-d %B %Y}{until}{text}"


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
                *(value_cell(indicator, figures[place][1]) for _, figures in parts),
            )
            for place, month in enumerate(months)
        ),
    )
    chart = multiples_chart(series, key=f"districts-{indicator.slug}", title=title)
    return ChartBlock(title, " ".join(map(described, series)), str(chart), table)
