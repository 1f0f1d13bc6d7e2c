"""A figure as the board shows it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from performance.measures import Shown


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


UNKNOWN = Value()


def half_up(value: Fraction, step: Decimal) -> Decimal:
    """Rounded to a multiple of the step, exact halves away from zero."""
    steps = value / Fraction(step)
    whole = (2 * abs(steps.numerator) + steps.denominator) // (2 * steps.denominator)
    return Decimal(whole if steps >= 0 else -whole) * step
