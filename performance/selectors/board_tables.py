"""What a document shows of a board: its table, and each indicator's chart with its months."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from core.dates import add_months, last_day
from core.models import Unit
from performance.charts.control import Pin, control_chart, describe
from performance.charts.figures import series_of
from performance.charts.series import Quantity, shown
from performance.comparisons.spc import xmr
from performance.measures import Indicator, Shown
from performance.models import Annotation
from performance.papers.document import Cell, ChartBlock, Table
from performance.selectors.annotations import annotations_for
from performance.selectors.board_columns import ValueCell, VerdictCell, cells_of
from performance.selectors.boards import Board, BoardRow, Period, Verdict
from performance.selectors.series import rate
from performance.selectors.values import UNKNOWN, Value

HEADS = (
    "Against 1 year average",
    "Against 3 year average",
    "Rolling 12 months",
    "Baseline",
    "Against benchmark",
)
YEAR = 12
Months = Sequence[tuple[date, Value]]


def table_of(board: Board) -> Table:
    """The table of the board, cell by cell as its page and its file have it."""
    rows: list[tuple[Cell, ...]] = []
    for group in board.groups:
        rows.append((Cell(group.title),))
        rows.extend(_row(board, row) for row in group.rows)
    return Table(
        board.title, ("Indicator", *_heads(board), *HEADS), tuple(rows), tuple(_notes(board))
    )


def _heads(board: Board) -> Iterator[str]:
    for back in range(4):
        month = add_months(board.month, -YEAR * back)
        yield f"{month:%b %Y}" if board.period is Period.MONTH else f"To {month:%b %Y}"


def _row(board: Board, row: BoardRow) -> tuple[Cell, ...]:
    name = row.indicator.row
    if row.indicator.unit is Shown.MINUTES:
        name = f"{name} (minutes)"
    return (Cell(name), *(_cell(row.indicator, cell) for cell in cells_of(board, row).values()))


def _cell(indicator: Indicator, cell: ValueCell | VerdictCell) -> Cell:
    return Cell(cell.shown) if isinstance(cell, VerdictCell) else cell_of(indicator, cell.value)


def cell_of(indicator: Indicator, value: Value) -> Cell:
    """With the numbers beneath it; a column of minutes says so in its heading."""
    of = value.n if value.denominator is None else value.denominator
    scale = 100 if indicator.unit is Shown.PERCENT else 1
    known = None if value.value is None else value.value * scale
    words = shown(known, Quantity(indicator.unit.value)).removesuffix(" min")
    return Cell(words, value.numerator, of)


def _notes(board: Board) -> Iterator[str]:
    """The rules, and which verdicts chance alone would explain."""
    rules = {verdict.rule for row in board.rows for verdict in _verdicts(row)}
    if rules:
        yield f"Verdicts are given by: {'; '.join(sorted(rules))}."
    for row in board.rows:
        columns = {"1 year": row.v_1yr, "3 year": row.v_3yr}
        doubtful = [
            name
            for name, verdict in columns.items()
            if verdict and verdict.beyond_chance is False and verdict.word != "Comparable"
        ]
        if doubtful:
            n = row.v_1yr.n if row.v_1yr else ""
            yield (
                f"{row.indicator.title}: chance alone would explain the verdict against the"
                f" {' and '.join(doubtful)} average ({n})."
            )


def _verdicts(row: BoardRow) -> Iterator[Verdict]:
    yield from (each for each in (row.v_1yr, row.v_3yr, row.v_benchmark) if each)


def control_block(indicator: Indicator, unit: Unit, months: Months, *, key: str) -> ChartBlock:
    """The months with their limits; what the numbered pins say stands below the table."""
    series = series_of(indicator.title, indicator, months)
    limits = xmr(series.values)
    last = months[-1][0]
    notes = list(
        annotations_for(indicator=indicator, unit=unit, first=months[0][0], last=last_day(last))
    )
    pins = [
        Pin(number, str(note), note.starts_on, note.ends_on)
        for number, note in enumerate(notes, start=1)
    ]
    told = tuple(f"{pin.number}: {_told(note)}" for pin, note in zip(pins, notes, strict=True))
    marked = f" Marked: {', '.join(pin.title for pin in pins)}." if pins else ""
    return ChartBlock(
        f"{indicator.title}, {len(months)} months to {last:%B %Y}",
        f"{describe(series, limits)}{marked}",
        str(control_chart(series, limits, key=key, pins=pins)),
        months_table(indicator, months, told),
    )


def _told(note: Annotation) -> str:
    until = f" to {note.ends_on:%-d %B %Y}" if note.ends_on else ""
    text = f". {note.text}" if note.text else ""
    return f"{note.title}, {note.starts_on:%-d %B %Y}{until}{text}"


def months_table(indicator: Indicator, months: Months, notes: tuple[str, ...] = ()) -> Table:
    """A column for each twelve months, with their total where months add up.

    The total is there for suppression too: a rolling figure stands elsewhere, and a hidden month could
    be worked out from it, were the table not known to add up to it.
    """
    years = [months[at : at + YEAR] for at in range(0, len(months), YEAR)]
    rows = [
        (
            Cell(f"{years[0][place][0]:%B}"),
            *(
                cell_of(indicator, year[place][1]) if place < len(year) else Cell("-")
                for year in years
            ),
        )
        for place in range(min(YEAR, len(months)))
    ]
    if indicator.adds_up:
        totals = (cell_of(indicator, total_of(indicator, year)) for year in years)
        rows.append((Cell("Twelve months"), *totals))
    heads = (f"To {year[-1][0]:%B %Y}" for year in years)
    return Table(f"{indicator.title}, by month", ("Month", *heads), tuple(rows), notes)


def total_of(indicator: Indicator, year: Months) -> Value:
    """Not known unless every one of twelve months is."""
    values = [value for _, value in year]
    if len(values) < YEAR or any(value.numerator is None for value in values):
        return UNKNOWN
    above = sum(value.numerator or 0 for value in values)
    if indicator.denominator:
        return rate(above, sum(value.denominator or 0 for value in values))
    days = sum(value.denominator or 0 for value in values) if indicator.per_day else None
    return Value(above, days, Fraction(above, days or 1))
