"""How a month stands in its series: the lowest since when, the highest since when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.models import Unit
from performance.measures import Indicator
from performance.selectors.boards import series_for
from performance.selectors.values import Value

LONGEST = 240  # months looked back


@dataclass(frozen=True)
class Standing:
    """`lower` and `higher`: the last month before that was at least as low, or as high.

    None: no month known was. `first`: the first month known. `historic`: imported totals were
    looked at too, which have no rows behind them.
    """

    value: Value
    lower: date | None
    higher: date | None
    first: date
    historic: bool


def standing_of(*, indicator: Indicator, unit: Unit, month: date) -> Standing | None:
    """None where the month itself, or every month before it, is not known."""
    series = series_for(indicator=indicator, unit=unit, until=month, months=LONGEST)
    *before, (_, current) = series
    known = [(at, value) for at, value in before if value.value is not None]
    if current.value is None or not known:
        return None
    values = [(at, value.value) for at, value in known if value.value is not None]
    return Standing(
        current,
        _last([at for at, value in values if value <= current.value]),
        _last([at for at, value in values if value >= current.value]),
        known[0][0],
        any(value.historic for _, value in known),
    )


def _last(months: Sequence[date]) -> date | None:
    return months[-1] if months else None
