"""What a chart is drawn from: figures of months, in the unit that people read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from performance.selectors.values import half_up


class Quantity(StrEnum):
    """What a value measures; the first four are the units of indicators."""

    COUNT = "count"
    PERCENT = "percent"
    MINUTES = "minutes"
    PER_DAY = "per day"
    PER_THOUSAND = "per 1,000"


WHOLE = {Quantity.COUNT, Quantity.MINUTES, Quantity.PER_DAY}
SUFFIX = {Quantity.PERCENT: "%", Quantity.MINUTES: " min"}


def shown(
    value: Fraction | float | None, quantity: Quantity, *, decimals: int | None = None
) -> str:
    """`77`, `39.0%`, `17 min`: rounded half up, by default as the board shows the quantity."""
    if value is None:
        return "-"
    if decimals is None:
        decimals = 0 if quantity in WHOLE else 1
    rounded = half_up(Fraction(value), Decimal(1).scaleb(-decimals))
    return f"{rounded:,}{SUFFIX.get(quantity, '')}"


@dataclass(frozen=True)
class Series:
    """Values of consecutive months, oldest first; None where there is no figure.

    A percentage is 39, not 0.39.
    """

    name: str
    months: Sequence[date]
    values: Sequence[Fraction | None]
    quantity: Quantity

    @property
    def known(self) -> list[float]:
        return [float(value) for value in self.values if value is not None]

    def latest(self) -> tuple[date, Fraction] | None:
        pairs = zip(reversed(self.months), reversed(self.values), strict=True)
        return next(((month, value) for month, value in pairs if value is not None), None)

    def shown(self, value: Fraction | float | None) -> str:
        return shown(value, self.quantity)
