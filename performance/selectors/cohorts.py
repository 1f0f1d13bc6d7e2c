"""How finished the crimes of a month are: the share that has an outcome by now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from core.models import Unit
from performance.indicators import INDICATORS
from performance.measures import Indicator
from performance.selectors.series import read_series


def crimes_with_outcome(
    *, indicator: Indicator, unit: Unit, first: date, last: date
) -> Mapping[date, int]:
    """By month of recording, crimes of a cohort indicator with any live outcome."""
    finished = INDICATORS[indicator.finished]
    series = read_series([finished.slug], [unit], first, last).series[finished.slug, unit.code]
    return {month: numerator or 0 for month, (numerator, *_) in series.months.items()}
