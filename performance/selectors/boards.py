"""The board: every column of every row, from the figures in one statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction

from core.dates import add_months, month_of, months_between
from core.models import Unit
from performance.boards import BOARDS, FIRST_BENCHMARK, BoardDefinition, BoardGroup
from performance.comparisons.verdicts import Verdict, verdicts
from performance.measures import Indicator
from performance.models import HistoricFigure
from performance.selectors.baselines import benchmarks_for
from performance.selectors.columns import Columns
from performance.selectors.rules import rules_for
from performance.selectors.series import Reading, rate, read_series
from performance.selectors.values import Period, Value

__all__ = [
    "Board",
    "BoardRow",
    "Group",
    "Period",
    "Value",
    "Verdict",
    "board_for",
    "historic_value",
    "row_for",
    "rows_for",
    "series_for",
    "series_of",
]

# A financial year to date three years ago begins at most 47 months before.
MONTHS_NEEDED = 47


@dataclass(frozen=True)
class BoardRow:
    """`years`: the same period of the three years before. `spark`: 36 months, oldest first."""

    indicator: Indicator
    unit: Unit
    month: date
    current: Value
    years: tuple[Value, Value, Value]
    v_1yr: Verdict | None
    v_3yr: Verdict | None
    rolling: Value
    ytd: Value
    baseline: Value
    baseline_note: str  # where the baseline comes from
    v_benchmark: Verdict | None
    spark: tuple[Value, ...]


@dataclass(frozen=True)
class Group:
    title: str
    rows: tuple[BoardRow, ...]


@dataclass(frozen=True)
class Board:
    """`as_of`: when the figures last took in changes; `pending`: changes not yet taken in.

    `as_at`: the day as of which it is shown; None: as it stands.
    """

    slug: str
    title: str
    month: date
    unit: Unit
    period: Period
    groups: tuple[Group, ...]
    as_of: datetime | None
    pending: int
    as_at: date | None = None

    @property
    def is_empty(self) -> bool:
        return all(row.current.value is None for row in self.rows)

    @property
    def rows(self) -> tuple[BoardRow, ...]:
        return tuple(row for group in self.groups for row in group.rows)


def board_for(*, slug: str, month: date, unit: Unit, period: Period = Period.MONTH) -> Board:
    """The board as it stands. Raises KeyError for a slug that is no board."""
    definition, month = BOARDS[slug], month_of(month)
    reading, columns = _columns(definition, month, unit, period)
    judged = _verdicts(columns)
    rows = {each.series.indicator.slug: _row(each, unit, judged) for each in columns}
    groups = tuple(
        Group(group.title, tuple(rows[slug] for slug in group.indicators))
        for group in definition.groups
    )
    return Board(
        slug, definition.title, month, unit, period, groups, reading.as_of, reading.pending
    )


def row_for(
    *,
    indicator: Indicator,
    month: date,
    unit: Unit,
    period: Period = Period.MONTH,
    benchmark: date = FIRST_BENCHMARK,
) -> BoardRow:
    """One indicator's row, on whichever board it stands or on none."""
    definition = BoardDefinition("", "", (BoardGroup("", (indicator.slug,)),), benchmark)
    _, columns = _columns(definition, month_of(month), unit, period)
    return _row(columns[0], unit, _verdicts(columns))


def rows_for(*, slugs: Sequence[str], month: date, unit: Unit) -> list[BoardRow]:
    """Of several indicators, in the queries of one board."""
    definition = BoardDefinition("", "", (BoardGroup("", tuple(slugs)),))
    _, columns = _columns(definition, month_of(month), unit, Period.MONTH)
    judged = _verdicts(columns)
    return [_row(each, unit, judged) for each in columns]


def _columns(
    definition: BoardDefinition, month: date, unit: Unit, period: Period
) -> tuple[Reading, list[Columns]]:
    slugs = definition.indicators
    benchmarks = benchmarks_for(slugs, unit, definition.benchmark)
    rules = rules_for(slugs, month)
    first = min(
        add_months(month, -MONTHS_NEEDED), *(each.year_start for each in benchmarks.values())
    )
    last = max(month, *(each.year_end for each in benchmarks.values()))
    reading = read_series(slugs, [unit], first, last)
    return reading, [
        Columns(reading.series[slug, unit.code], month, period, benchmarks[slug], rules[slug])
        for slug in slugs
    ]


def _verdicts(columns: list[Columns]) -> dict[tuple[str, str], Verdict]:
    """By slug and column; all at once, so that each test runs once for the whole board."""
    named = [
        ((each.series.indicator.slug, column), comparison)
        for each in columns
        for column, comparison in each.comparisons()
    ]
    found = verdicts([comparison for _, comparison in named])
    return dict(zip((name for name, _ in named), found, strict=True))


def _row(columns: Columns, unit: Unit, judged: dict[tuple[str, str], Verdict]) -> BoardRow:
    slug = columns.series.indicator.slug
    baseline, note = columns.baseline
    return BoardRow(
        indicator=columns.series.indicator,
        unit=unit,
        month=columns.month,
        current=columns.current,
        years=columns.years,
        v_1yr=judged.get((slug, "v_1yr")),
        v_3yr=judged.get((slug, "v_3yr")),
        rolling=columns.rolling,
        ytd=columns.ytd,
        baseline=baseline,
        baseline_note=note,
        v_benchmark=judged.get((slug, "v_benchmark")),
        spark=columns.spark(),
    )


def series_for(
    *, indicator: Indicator, unit: Unit, until: date, months: int
) -> list[tuple[date, Value]]:
    """The months up to `until`, oldest first; imported totals where the records do not reach."""
    found = series_of(indicators=[indicator], units=[unit], until=until, months=months)
    historic = historic_for(indicator, unit)
    return [
        (month, historic.get(month, value) if value.value is None else value)
        for month, value in found[indicator.slug, unit.code]
    ]


def series_of(
    *, indicators: Sequence[Indicator], units: Sequence[Unit], until: date, months: int
) -> dict[tuple[str, str], list[tuple[date, Value]]]:
    """By (slug, unit code), in one statement: the months up to `until`, from the records alone."""
    last = month_of(until)
    first = add_months(last, 1 - months)
    reading = read_series([each.slug for each in indicators], units, first, last)
    span = months_between(first, last)
    return {
        key: list(zip(span, series.monthly(first, last), strict=True))
        for key, series in reading.series.items()
    }


def historic_for(indicator: Indicator, unit: Unit) -> dict[date, Value]:
    """Monthly totals from before the records reach: without rows, and marked so."""
    rows = HistoricFigure.objects.filter(indicator=indicator.slug, unit=unit)
    return {row.month: historic_value(row) for row in rows}


def historic_value(row: HistoricFigure) -> Value:
    value = (
        Value(row.numerator, None, Fraction(row.numerator))
        if row.denominator is None
        else rate(row.numerator, row.denominator)
    )
    return replace(value, historic=True)
