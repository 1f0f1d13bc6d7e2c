"""The columns of a board under the names that files and the API give them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from core.dates import add_months, financial_year_start
from performance.boards import BOARDS
from performance.selectors.boards import Board, BoardRow, Period, Value, Verdict

VALUES = (
    "current",
    "same_month_1y_ago",
    "same_month_2y_ago",
    "same_month_3y_ago",
    "rolling_12_months",
    "baseline",
)
COLUMNS = (
    "current",
    "same_month_1y_ago",
    "same_month_2y_ago",
    "same_month_3y_ago",
    "current_v_1yr_avg",
    "current_v_3yr_avg",
    "rolling_12_months",
    "baseline",
    "performance_v_benchmark",
)
HEADER = ("table", "group", "indicator", "unit", *COLUMNS)
NONE = "-"


@dataclass(frozen=True)
class ValueCell:
    """A figure of the board, over the period that ends with the month."""

    column: str
    value: Value
    shown: str
    period: Period
    month: date


@dataclass(frozen=True)
class VerdictCell:
    column: str
    verdict: Verdict | None

    @property
    def shown(self) -> str:
        return NONE if self.verdict is None or self.verdict.word is None else self.verdict.word


def span_of(period: Period, month: date) -> tuple[date, date]:
    """First and last month of the period that ends with the month."""
    match period:
        case Period.MONTH:
            return month, month
        case Period.ROLLING_12:
            return add_months(month, -11), month
        case Period.FYTD:
            return financial_year_start(month), month


def values_of(board: Board, row: BoardRow) -> Iterator[ValueCell]:
    """Every figure of a row, in the order of VALUES."""
    for back, value in enumerate((row.current, *row.years)):
        yield _cell(row, VALUES[back], value, board.period, add_months(row.month, -12 * back))
    yield _cell(row, "rolling_12_months", row.rolling, Period.ROLLING_12, row.month)
    year_end = add_months(BOARDS[board.slug].benchmark, 11)
    yield _cell(row, "baseline", row.baseline, Period.ROLLING_12, year_end)


def _cell(row: BoardRow, column: str, value: Value, period: Period, month: date) -> ValueCell:
    return ValueCell(column, value, value.shown(row.indicator.unit), period, month)


def verdicts_of(row: BoardRow) -> Iterator[VerdictCell]:
    yield VerdictCell("current_v_1yr_avg", row.v_1yr)
    yield VerdictCell("current_v_3yr_avg", row.v_3yr)
    yield VerdictCell("performance_v_benchmark", row.v_benchmark)


def cells_of(board: Board, row: BoardRow) -> dict[str, ValueCell | VerdictCell]:
    """Every cell by column, in the order of COLUMNS."""
    found: list[ValueCell | VerdictCell] = [*values_of(board, row), *verdicts_of(row)]
    cells = {cell.column: cell for cell in found}
    return {column: cells[column] for column in COLUMNS}


def records_of(board: Board) -> Iterator[dict[str, str]]:
    """A row of the file by column name, as HEADER lists them."""
    for group in board.groups:
        for row in group.rows:
            cells = {column: cell.shown for column, cell in cells_of(board, row).items()}
            indicator = row.indicator
            names = (board.slug, group.title, indicator.row, indicator.unit.value)
            yield dict(zip(HEADER, names, strict=False)) | cells
