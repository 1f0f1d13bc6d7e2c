"""The board: every column of every row, from the figures in one statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction

from core.models import Unit
from performance.comparisons.verdicts import Verdict
from performance.measures import Indicator, Shown

__all__ = ["Board", "BoardRow", "Group", "Period", "Value", "Verdict", "board_for", "series_for"]


class Period(StrEnum):
    MONTH = "month"
    ROLLING_12 = "rolling-12"
    FYTD = "fytd"


@dataclass(frozen=True)
class Value:
    """A figure and its parts. `value` is a count, a share (0.39 is 39%) or exact minutes.

    None is "not known", shown as "-". `n` is what it rests on: a rate's denominator, the rows of a
    median. A historic value was imported as a total and has no rows behind it.
    """

    numerator: int | None = None
    denominator: int | None = None
    value: Fraction | None = None
    n: int | None = None
    historic: bool = False

    def shown(self, unit: Shown) -> str:
        """`39.0` for a percentage, whole numbers for the rest, `-` when not known."""
        if self.value is None:
            return "-"
        if unit is Shown.PERCENT:
            return str(half_up(self.value * 100, Decimal("0.1")))
        return str(half_up(self.value, Decimal(1)))


def half_up(value: Fraction, step: Decimal) -> Decimal:
    """Rounded to a multiple of the step, exact halves away from zero."""
    steps = value / Fraction(step)
    whole = (2 * abs(steps.numerator) + steps.denominator) // (2 * steps.denominator)
    rounded = Decimal(whole if steps >= 0 else -whole) * step
    return rounded.quantize(step, rounding=ROUND_HALF_UP)


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
    """`as_of`: when the figures last took in changes; `pending`: changes not yet taken in."""

    slug: str
    title: str
    month: date
    unit: Unit
    period: Period
    groups: tuple[Group, ...]
    as_of: datetime | None
    pending: int

    @property
    def rows(self) -> tuple[BoardRow, ...]:
        return tuple(row for group in self.groups for row in group.rows)


def board_for(*, slug: str, month: date, unit: Unit, period: Period = Period.MONTH) -> Board:
    raise NotImplementedError


def series_for(
    *, indicator: Indicator, unit: Unit, until: date, months: int
) -> list[tuple[date, Value]]:
    raise NotImplementedError
