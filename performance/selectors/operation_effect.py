"""The offence that an operation works on, before it and since, where it works and beside it.

This describes. What else changed at the time (a lockdown, another operation) is in it too, so it
does not say what the operation caused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.dates import add_months, month_of, months_between
from core.models import Unit, UnitKind
from operations.models import Operation
from performance.comparisons.intervals import count as interval_of
from performance.indicators import INDICATORS
from performance.measures import Indicator, OffenceIn
from performance.selectors.months import latest_month
from performance.selectors.series import read_series
from performance.selectors.values import Value

BEFORE = 12  # months that are held against those of the operation
LEAST, MOST = 36, 72  # months of the chart
Months = Sequence[tuple[date, Value]]


@dataclass(frozen=True)
class Stretch:
    """Recorded in so many months; `first` to `last`."""

    recorded: int
    months: int

    @property
    def mean(self) -> float | None:
        return self.recorded / self.months if self.months else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """95%, of a count by Poisson, a month."""
        if not self.months:
            return None
        low, high = interval_of(self.recorded)
        return float(low) / self.months, float(high) / self.months


@dataclass(frozen=True)
class Place:
    unit: Unit
    is_within: bool  # the operation works here; else it is a neighbour
    months: Months
    before: Stretch
    since: Stretch

    @property
    def change(self) -> float | None:
        """Of the monthly mean, in percent."""
        if not self.before.mean or self.since.mean is None:
            return None
        return (self.since.mean / self.before.mean - 1) * 100


@dataclass(frozen=True)
class OperationEffect:
    indicator: Indicator
    whole: Place  # the unit of the chart
    places: tuple[Place, ...]  # areas, or districts of an area


def indicator_of(operation: Operation) -> Indicator | None:
    """The one that counts crimes recorded of the operation's offence."""
    wanted = OffenceIn(operation.offence_group_id or "")
    for indicator in INDICATORS.values():
        measure = indicator.numerator
        is_count = measure is not None and not indicator.denominator
        if measure and is_count and measure.basis == "recorded" and wanted in measure.where:
            return indicator
    return None


def effect_of(operation: Operation) -> OperationEffect | None:
    """None where no indicator counts the offence, or the operation names none."""
    indicator = indicator_of(operation)
    if indicator is None:
        return None
    last = latest_month()
    within = list(operation.areas.all())
    whole, beside = _units(within)
    first = _first(operation, last)
    reading = read_series([indicator.slug], [whole, *beside], first, last)
    shown = {
        unit.code: [
            (month, reading.series[indicator.slug, unit.code].month(month))
            for month in months_between(first, last)
        ]
        for unit in (whole, *beside)
    }
    codes = {unit.code for unit in within} or {unit.code for unit in beside}
    places = [_place(operation, unit, codes, shown[unit.code]) for unit in beside]
    return OperationEffect(
        indicator, _place(operation, whole, {whole.code}, shown[whole.code]), tuple(places)
    )


def _first(operation: Operation, last: date) -> date:
    wanted = min(add_months(last, 1 - LEAST), add_months(month_of(operation.starts_on), -BEFORE))
    return max(wanted, add_months(last, 1 - MOST))


def _units(within: Sequence[Unit]) -> tuple[Unit, list[Unit]]:
    """The unit of the chart, and those that stand side by side: the operation's and their neighbours."""
    force = Unit.objects.get(parent=None)
    if len(within) == 1 and within[0].kind == UnitKind.DISTRICT:
        beside = Unit.objects.filter(parent=within[0].parent_id, kind=UnitKind.DISTRICT)
        return within[0], list(beside)
    areas = list(Unit.objects.filter(kind=UnitKind.AREA))
    return (within[0] if len(within) == 1 else force), areas


def _place(operation: Operation, unit: Unit, within: set[str], months: Months) -> Place:
    start = month_of(operation.starts_on)
    end = month_of(operation.ends_on) if operation.ends_on else date.max
    before = [value for month, value in months if add_months(start, -BEFORE) <= month < start]
    since = [value for month, value in months if start <= month <= end]
    return Place(unit, unit.code in within, months, _stretch(before), _stretch(since))


def _stretch(values: Sequence[Value]) -> Stretch:
    known = [value.numerator or 0 for value in values if value.value is not None]
    return Stretch(sum(known), len(known))
