"""What a chart is drawn from: values of months, in the unit that people read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Quantity(StrEnum):
    COUNT = "count"
    PERCENT = "percent"
    MINUTES = "minutes"
    RATE = "rate"


def shown(value: float | None, quantity: Quantity, *, short: bool = False) -> str:
    """As a label: `77`, `39.0%`, `17 min`; short leaves out decimals that a tick does not have."""
    if value is None:
        return "-"
    match quantity:
        case Quantity.PERCENT:
            return f"{value:.0f}%" if short else f"{value:.1f}%"
        case Quantity.MINUTES:
            return f"{value:,.0f} min"
        case Quantity.RATE:
            return f"{value:,.4g}"
    return f"{value:,.0f}" if short or value == int(value) else f"{value:,.1f}"


@dataclass(frozen=True)
class Series:
    """Values of consecutive months, oldest first; None where there is no figure."""

    name: str
    months: Sequence[date]
    values: Sequence[float | None]
    quantity: Quantity

    @property
    def known(self) -> list[float]:
        return [value for value in self.values if value is not None]

    def latest(self) -> tuple[date, float] | None:
        pairs = zip(reversed(self.months), reversed(self.values), strict=True)
        return next(((month, value) for month, value in pairs if value is not None), None)
