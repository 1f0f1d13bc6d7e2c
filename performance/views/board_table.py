"""A board's table as the page shows it: every number with the rows behind it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.safestring import SafeString

from core.dates import add_months, months_between
from core.models import Unit, User
from performance.charts.figures import series_of
from performance.charts.series import Quantity, shown
from performance.charts.spark import sparkline
from performance.measures import Indicator, Shown
from performance.selectors.board_columns import ValueCell, values_of
from performance.selectors.boards import Board, BoardRow, Period, Value, Verdict
from performance.selectors.by_unit import values_by_unit
from performance.selectors.drill_down import months_in_words, rows_urls


@dataclass(frozen=True)
class Figure:
    """A number of the table as it reads, and the rows behind it (nothing where there are none)."""

    text: str
    url: str
    detail: str  # `30 of 77`
    historic: bool = False


@dataclass(frozen=True)
class Judged:
    """A verdict and its second opinion, in words. `mark` is blank where chance would not do it."""

    verdict: Verdict | None
    mark: str
    interval: str


@dataclass(frozen=True)
class Line:
    """A row of the table."""

    row: BoardRow
    url: str
    figures: list[tuple[str, Figure]]  # under their headings
    rolling: Figure
    baseline: Figure
    verdicts: list[Judged]
    spark: SafeString
    units: list[tuple[Unit, Figure]]
    parts: list[tuple[str, str, str]]


def heads_of(board: Board) -> list[tuple[str, date]]:
    """Of the period and the same one of the three years before, each with the month it ends with."""
    months = [add_months(board.month, -12 * back) for back in range(4)]
    return [(_head(board.period, month), month) for month in months]


def _head(period: Period, month: date) -> str:
    match period:
        case Period.MONTH:
            return f"{month:%b %Y}"
        case Period.ROLLING_12:
            return f"12 months to {month:%b %Y}"
        case Period.FYTD:
            return months_in_words(period, month)


def groups_of(
    board: Board, units: list[Unit], *, by: User | None
) -> Iterator[tuple[str, list[Line]]]:
    """With the way to the rows that `by` may open; None: of a board that has no rows any more."""
    by_unit = values_by_unit(board, units)
    for group in board.groups:
        yield (
            group.title,
            [_line(board, row, by_unit[row.indicator.slug], by=by) for row in group.rows],
        )


def _line(
    board: Board, row: BoardRow, by_unit: list[tuple[Unit, Value]], *, by: User | None
) -> Line:
    *figures, rolling, baseline = (
        _figure(row.indicator, row.unit, cell, by=by) for cell in values_of(board, row)
    )
    return Line(
        row=row,
        url=f"{reverse('performance:indicator-detail', args=[row.indicator.slug])}"
        f"?month={row.month:%Y-%m}&unit={row.unit.code}",
        figures=list(zip((head for head, _ in heads_of(board)), figures, strict=True)),
        rolling=rolling,
        baseline=baseline,
        verdicts=[_judged(row.indicator, each) for each in (row.v_1yr, row.v_3yr, row.v_benchmark)],
        spark=_spark(row),
        units=[
            (unit, _figure(row.indicator, unit, _cell(board, value), by=by))
            for unit, value in by_unit
        ],
        parts=list(_parts(board, row, by=by)),
    )


def _cell(board: Board, value: Value) -> ValueCell:
    return ValueCell("current", value, "", board.period, board.month)


def _figure(indicator: Indicator, unit: Unit, cell: ValueCell, *, by: User | None) -> Figure:
    value = cell.value
    urls = _urls(indicator, unit, cell, by=by)
    return Figure(
        text=shown_with_unit(indicator, value),
        url=next(iter(urls.values()), ""),
        detail=parts_of(value),
        historic=value.historic,
    )


def _urls(indicator: Indicator, unit: Unit, cell: ValueCell, *, by: User | None) -> dict[str, str]:
    if by is None:
        return {}
    return rows_urls(indicator, cell.value, by=by, month=cell.month, unit=unit, period=cell.period)


def _parts(board: Board, row: BoardRow, *, by: User | None) -> Iterator[tuple[str, str, str]]:
    """Name, number and address of each part of the current figure."""
    value = row.current
    numbers = {"numerator": value.numerator, "denominator": value.denominator, "median": value.n}
    for part, url in _urls(row.indicator, row.unit, _cell(board, value), by=by).items():
        yield part, f"{numbers[part]:,}", url


def shown_with_unit(indicator: Indicator, value: Value) -> str:
    """`39.0%`, `1,393`, `17 min`, `-`."""
    scale = 100 if indicator.unit is Shown.PERCENT else 1
    known = None if value.value is None else value.value * scale
    return shown(known, Quantity(indicator.unit.value))


def parts_of(value: Value) -> str:
    if value.numerator is not None and value.denominator is not None:
        return f"{value.numerator:,} of {value.denominator:,}"
    return f"n={value.n:,}" if value.n is not None and value.numerator is None else ""


def _spark(row: BoardRow) -> SafeString:
    first: date = add_months(row.month, 1 - len(row.spark))
    figures = list(zip(months_between(first, row.month), row.spark, strict=True))
    series = series_of(row.indicator.title, row.indicator, figures)
    return sparkline(series, key=f"spark-{row.indicator.slug}")


def _judged(indicator: Indicator, verdict: Verdict | None) -> Judged:
    if verdict is None:
        return Judged(None, "", "")
    within = verdict.beyond_chance is False
    number = verdict.n.replace(" ", "\N{NO-BREAK SPACE}")
    mark = ", ".join(filter(None, ["within chance", number])) if within else ""
    return Judged(verdict, mark, interval_in_words(indicator, verdict))


def interval_in_words(indicator: Indicator, verdict: Verdict) -> str:
    """`29.1% to 49.9%` of a rate, `61 to 96` of a count."""
    if verdict.interval is None:
        return ""
    scale = 100 if indicator.unit is Shown.PERCENT else 1
    quantity = Quantity(indicator.unit.value)
    return " to ".join(shown(end * scale, quantity) for end in verdict.interval)
