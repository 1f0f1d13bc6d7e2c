"""The columns of one row of a board, and the comparisons that its verdicts are made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

from core.dates import add_months, financial_year_start, months_between
from performance.comparisons.opinions import Comparison, Nature, Reading
from performance.comparisons.rules import Rule
from performance.measures import Shown
from performance.selectors.baselines import Benchmark
from performance.selectors.series import Series, days_in
from performance.selectors.values import Period, Value

HISTORY = 36


@dataclass(frozen=True)
class Columns:
    series: Series
    month: date
    period: Period
    benchmark: Benchmark
    rule: Rule

    def at(self, month: date) -> Value:
        """The value of the period that ends with the month."""
        if self.period is Period.MONTH:
            return self.series.month(month)
        return self.series.total(self.first_of(month), month)

    def first_of(self, month: date) -> date:
        if self.period is Period.FYTD:
            return financial_year_start(month)
        return month if self.period is Period.MONTH else add_months(month, -11)

    @cached_property
    def current(self) -> Value:
        return self.at(self.month)

    @cached_property
    def years(self) -> tuple[Value, Value, Value]:
        one, two, three = (self.at(add_months(self.month, -12 * back)) for back in (1, 2, 3))
        return one, two, three

    @cached_property
    def rolling(self) -> Value:
        return self.series.total(add_months(self.month, -11), self.month)

    @cached_property
    def ytd(self) -> Value:
        return self.series.total(financial_year_start(self.month), self.month)

    @cached_property
    def baseline(self) -> tuple[Value, str]:
        return self.benchmark.value(self.series)

    @cached_property
    def before(self) -> list[Value]:
        """The 36 months before, oldest first; not known where the records do not reach."""
        return self.series.monthly(add_months(self.month, -HISTORY), add_months(self.month, -1))

    def spark(self) -> tuple[Value, ...]:
        return (*self.before[1:], self.series.month(self.month))

    def comparisons(self) -> Iterator[tuple[str, Comparison]]:
        """By column; a column without enough history has none."""
        if not self.series.indicator.compared:
            return
        if self.current.value is not None:
            for column, years in (("v_1yr", 1), ("v_3yr", 3)):
                if (reference := self._average(years)) is not None:
                    yield column, self._comparison(self._now(), reference, self._against(years))
        benchmark, note = self.baseline
        if self.rolling.value is not None and benchmark.value is not None:
            year = self.reading(benchmark, self._year_exposure(self.benchmark.year_start))
            now = self.reading(self.rolling, self._year_exposure(add_months(self.month, -11)))
            yield "v_benchmark", self._comparison(now, year, f"the benchmark ({note})")

    def _comparison(self, current: Reading, reference: Reading, against: str) -> Comparison:
        indicator = self.series.indicator
        history = tuple(self._scaled(value.value) for value in self.before)
        return Comparison(
            indicator.nature, indicator.better, self.rule, current, reference, against, history
        )

    def _now(self) -> Reading:
        return self.reading(self.current, self._exposure(self.first_of(self.month), self.month))

    def _against(self, years: int) -> str:
        if self.period is Period.MONTH:
            return f"the mean of the {12 * years} months before"
        return "the same period a year before" if years == 1 else "the mean of three years before"

    def _average(self, years: int) -> Reading | None:
        """The mean of the monthly values before, or of the same periods of the years before."""
        if self.period is Period.MONTH:
            if not self.series.covers(add_months(self.month, -12 * years), self.month):
                return None
            values, spans = (
                self.before[-12 * years :],
                [(add_months(self.month, -12 * years), 12 * years)],
            )
        else:
            values = list(self.years[:years])
            if any(value.value is None for value in values):
                return None
            spans = [self._span(back) for back in range(1, years + 1)]
        return self._mean(values, spans)

    def _span(self, years_back: int) -> tuple[date, int]:
        last = add_months(self.month, -12 * years_back)
        first = self.first_of(last)
        return first, len(months_between(first, last))

    def _mean(self, values: Sequence[Value], spans: Sequence[tuple[date, int]]) -> Reading | None:
        known = [value for value in values if value.value is not None]
        if not known:
            return None
        mean = sum((value.value for value in known if value.value is not None), Fraction()) / len(
            known
        )
        exposure = sum(self._exposure(first, add_months(first, n - 1)) for first, n in spans)
        total = Value(
            _sum(value.numerator for value in known),
            _sum(value.denominator for value in known),
            mean,
            _sum(value.n for value in known),
        )
        return self.reading(total, exposure)

    def reading(self, value: Value, exposure: int) -> Reading:
        """A rate's exposure is its denominator, a count's the time that it was counted over."""
        nature = self.series.indicator.nature
        scaled = self._scaled(value.value) or Fraction()
        if nature is Nature.MEDIAN:
            return Reading(scaled, n=value.n)
        over = value.denominator if nature is Nature.RATE else exposure
        return Reading(scaled, value.numerator, over, value.n)

    def _scaled(self, value: Fraction | None) -> Fraction | None:
        """In the unit that is shown, which an absolute tolerance is given in."""
        percent = self.series.indicator.unit is Shown.PERCENT
        return value * 100 if percent and value is not None else value

    def _exposure(self, first: date, last: date) -> int:
        months = months_between(first, last)
        return days_in(months) if self.series.indicator.per_day else len(months)

    def _year_exposure(self, first: date) -> int:
        return self._exposure(first, add_months(first, 11))


def _sum(values: Iterator[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None
