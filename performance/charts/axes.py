"""The frame of a chart: where a month and a value lie, and the lines and labels that say so."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil, floor, log10

from django.utils.safestring import SafeString

from performance.charts import svg
from performance.charts.series import Quantity, shown

GAP = 8  # between an axis and its labels
WIDEST = 0.64  # of the size of a font: a figure of a wide one, such as DejaVu Sans
TICKS = 5
JANUARY, MONTHS_IN_QUARTER = 1, 3


@dataclass(frozen=True)
class Range:
    """Values from low to high, in even steps that people count in."""

    low: float
    high: float
    step: float

    @property
    def decimals(self) -> int:
        """As many as tell one tick from the next."""
        return max(0, -floor(log10(self.step) + 1e-9))

    def ticks(self) -> list[float]:
        count = round((self.high - self.low) / self.step)
        return [self.low + self.step * index for index in range(count + 1)]


def range_of(values: Iterable[float]) -> Range:
    """A range that holds every value, from 0 unless they all lie far from it; 0 to 1 of none."""
    known = list(values) or [0.0]
    low, high = min(known), max(known)
    if 0 < low <= high - low or low == high:
        low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        high = 1.0
    step = _round_step((high - low) / TICKS)
    return Range(floor(low / step) * step, ceil(high / step) * step, step)


def _round_step(rough: float) -> float:
    power: float = 10.0 ** floor(log10(rough))
    return next(power * times for times in (1, 2, 5, 10) if rough <= power * times * (1 + 1e-9))


@dataclass(frozen=True)
class Frame:
    """The plot's place in the picture, in its pixels, and what it measures."""

    months: Sequence[date]
    values: Range
    left: float
    top: float
    right: float
    bottom: float

    def x(self, index: float) -> float:
        """Of the month so many places from the first; a single month lies in the middle."""
        if len(self.months) == 1:
            return (self.left + self.right) / 2
        return self.left + (self.right - self.left) * index / (len(self.months) - 1)

    def y(self, value: float | Fraction) -> float:
        share = (float(value) - self.values.low) / (self.values.high - self.values.low)
        return self.bottom - (self.bottom - self.top) * share

    def index(self, day: date) -> float:
        """Where the day lies among the months; a month's figure stands at its middle."""
        first = self.months[0]
        months = (day.year - first.year) * 12 + day.month - first.month
        return months + (day.day - 1) / 31 - 0.5


def value_axis(frame: Frame, quantity: Quantity) -> SafeString:
    return svg.group("app-chart__axis", _value_ticks(frame, quantity))


def room_for_values(values: Range, quantity: Quantity, *, font: float) -> float:
    """Left of the plot, for the longest label in the widest common font."""
    labels = [shown(tick, quantity, decimals=values.decimals) for tick in values.ticks()]
    return max(map(len, labels)) * font * WIDEST + GAP + 2


def _value_ticks(frame: Frame, quantity: Quantity) -> Iterator[str]:
    for tick in frame.values.ticks():
        y = frame.y(tick)
        yield svg.line(frame.left, y, frame.right, y, "app-chart__grid")
        label = shown(tick, quantity, decimals=frame.values.decimals)
        yield svg.text(label, frame.left - GAP, y + 4, "app-chart__value")


def month_axis(frame: Frame, *, years_only: bool = False) -> SafeString:
    return svg.group("app-chart__axis", _month_ticks(frame, years_only))


def _month_ticks(frame: Frame, years_only: bool) -> Iterator[str]:
    yield svg.line(frame.left, frame.bottom, frame.right, frame.bottom, "app-chart__base")
    for index, month in enumerate(frame.months):
        is_january = month.month == JANUARY
        if not is_january and (years_only or month.month % MONTHS_IN_QUARTER != JANUARY):
            continue
        x, y = frame.x(index), frame.bottom
        yield svg.line(x, y, x, y + 6, "app-chart__base")
        if is_january:
            yield svg.text(f"{month:%Y}", x, y + (20 if years_only else 36), "app-chart__year")
        if not years_only:
            yield svg.text(f"{month:%b}", x, y + 20, "app-chart__month")
