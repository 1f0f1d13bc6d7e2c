"""The benchmark of each indicator: a financial year of the records, else what was entered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from core.changes import FORCE
from core.dates import add_months, financial_year_label
from core.models import Unit
from performance.models import Baseline
from performance.selectors.series import Series, rate
from performance.selectors.values import UNKNOWN, Value


@dataclass(frozen=True)
class Benchmark:
    year_start: date
    entered: Baseline | None = None

    @property
    def year_end(self) -> date:
        return add_months(self.year_start, 11)

    def value(self, series: Series) -> tuple[Value, str]:
        """The figure and where it comes from; records win over what was entered."""
        computed = series.total(self.year_start, self.year_end)
        label = financial_year_label(self.year_start)
        if computed.value is not None:
            return computed, f"{label}, from the records"
        if self.entered is None or not series.indicator.adds_up:
            return UNKNOWN, ""
        return _entered(self.entered), f"{label}, entered: {self.entered.provenance}"


def _entered(baseline: Baseline) -> Value:
    numerator = baseline.numerator or 0
    if baseline.denominator is None:
        return Value(numerator, None, Fraction(numerator))
    return rate(numerator, baseline.denominator)


def benchmarks_for(slugs: Iterable[str], unit: Unit, year_start: date) -> dict[str, Benchmark]:
    """By slug. A row without figures sets the year, for the unit or else for the whole force."""
    slugs = list(slugs)
    found = Baseline.objects.filter(
        indicator__in=slugs, unit__in=[unit.code, FORCE], in_use=True
    ).order_by("year_start")
    years, entered = dict.fromkeys(slugs, year_start), {}
    # The unit's own rows come last, so that they win.
    for row in sorted(found, key=lambda row: row.unit_id == unit.code):
        if row.numerator is None:
            years[row.indicator] = row.year_start
        elif row.unit_id == unit.code:
            entered[row.indicator, row.year_start] = row
    return {slug: Benchmark(year, entered.get((slug, year))) for slug, year in years.items()}
