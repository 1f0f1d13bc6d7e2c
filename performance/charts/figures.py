"""From figures of the board to what a chart is drawn from."""

from collections.abc import Sequence
from datetime import date

from performance.charts.series import Quantity, Series
from performance.measures import Indicator, Shown
from performance.selectors.values import Value


def series_of(name: str, indicator: Indicator, figures: Sequence[tuple[date, Value]]) -> Series:
    """A percentage as people read it: 39, not 0.39."""
    scale = 100 if indicator.unit is Shown.PERCENT else 1
    return Series(
        name,
        [month for month, _ in figures],
        [None if figure.value is None else figure.value * scale for _, figure in figures],
        Quantity(indicator.unit.value),
    )
