"""References of a paper turned into words, all of them at once, by the selectors of the board."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from core.dates import add_months, months_between
from core.models import Unit, UnitKind
from performance.boards import FIRST_BENCHMARK
from performance.charts.series import Quantity, shown
from performance.comparisons.rules import HOUSE_RULE, Rule
from performance.comparisons.verdicts import Verdict, verdicts
from performance.indicators import INDICATORS
from performance.measures import Indicator, Shown
from performance.models import Baseline, HistoricFigure
from performance.papers.figures import Told
from performance.papers.references import JUDGED, OF_DISTRICTS, FigureRef, Shape, Span
from performance.selectors.baselines import Benchmark, benchmarks_for
from performance.selectors.boards import historic_value
from performance.selectors.columns import Columns
from performance.selectors.rules import rules_for
from performance.selectors.series import Series, rate, read_series
from performance.selectors.values import UNKNOWN, Period, Value

LOOKED_BACK = 240  # months: how far "the lowest since" looks
AGAINST_BASELINE = {
    Shape.BASELINE,
    Shape.BASELINE_N,
    Shape.CHANGE_BASELINE,
    Shape.SIGNIFICANCE,
    Shape.DISTRICTS_ABOVE,
}
OTHER_BASELINE = {Shape.OTHER_BASELINE, Shape.OTHER_BASELINE_N, Shape.OTHER_SIGNIFICANCE}


@dataclass(frozen=True)
class Ledger:
    """All that the references of one paper are told from, read in a number of statements that
    does not grow with the references."""

    month: date
    units: Mapping[str, Unit]
    districts: tuple[Unit, ...]
    series: Mapping[tuple[str, str], Series]
    historic: Mapping[tuple[str, str], Mapping[date, Value]]
    benchmarks: Mapping[str, Mapping[str, Benchmark]]
    rules: Mapping[str, Rule]
    others: Mapping[tuple[str, str], Baseline]
    judged: Mapping[tuple[str, str, str], Verdict]
    periods: dict[tuple[str, str, str], list[tuple[date, Fraction]]] = field(default_factory=dict)

    def value(self, slug: str, unit: str, span: Span) -> Value:
        series = self.series[slug, unit]
        first, last = span.months(self.month)
        if first != last:
            return series.total(first, last)
        found = series.month(last)
        return found if found.value is not None else self._historic(slug, unit, last)

    def _historic(self, slug: str, unit: str, month: date) -> Value:
        return self.historic.get((slug, unit), {}).get(month, UNKNOWN)

    def known(self, slug: str, unit: str, span: Span) -> list[tuple[date, Fraction]]:
        """Every period of the same length that is known, oldest first, ending with this one."""
        last = span.months(self.month)[1]
        key = slug, unit, span.name
        if key not in self.periods:
            self.periods[key] = list(self._periods(slug, unit, span.name))
        return [(month, value) for month, value in self.periods[key] if month <= last]

    def _periods(self, slug: str, unit: str, name: str) -> Iterator[tuple[date, Fraction]]:
        held = {*self.series[slug, unit].months, *self.historic.get((slug, unit), {})}
        if not held:
            return
        for month in months_between(
            max(min(held), add_months(self.month, -LOOKED_BACK)), self.month
        ):
            back = (self.month.year - month.year) * 12 + self.month.month - month.month
            value = self.value(slug, unit, Span(name, back)).value
            if value is not None:
                yield month, value

    def baseline(self, slug: str, unit: str) -> tuple[Value, str]:
        return self.benchmarks[unit][slug].value(self.series[slug, unit])


def ledger(*, month: date, refs: Iterable[FigureRef]) -> Ledger:
    """References that name no indicator or unit are left out here, and told as unknown later."""
    refs = [ref for ref in refs if ref.indicator in INDICATORS]
    slugs = sorted({ref.indicator for ref in refs})
    units = {unit.code: unit for unit in Unit.objects.all()}
    named = {ref.unit for ref in refs} & units.keys()
    districts = tuple(unit for unit in units.values() if unit.kind == UnitKind.DISTRICT)
    if any(ref.shape in OF_DISTRICTS for ref in refs):
        named |= {unit.code for unit in districts}
    held = [units[code] for code in sorted(named)]
    first = min(add_months(month, -LOOKED_BACK - 12), FIRST_BENCHMARK)
    series = read_series(slugs, held, first, max(month, add_months(FIRST_BENCHMARK, 11))).series
    rules = rules_for(slugs, month) if slugs else {}
    benchmarks = {unit.code: benchmarks_for(slugs, unit, FIRST_BENCHMARK) for unit in held}
    judged = _judged(month, refs, series, benchmarks, rules)
    historic = _historic(slugs, named)
    others = _others(slugs, named)
    return Ledger(month, units, districts, series, historic, benchmarks, rules, others, judged)


def _historic(slugs: list[str], units: set[str]) -> dict[tuple[str, str], dict[date, Value]]:
    found: dict[tuple[str, str], dict[date, Value]] = {}
    for row in HistoricFigure.objects.filter(indicator__in=slugs, unit__in=units):
        found.setdefault((row.indicator, row.unit_id), {})[row.month] = historic_value(row)
    return found


def _others(slugs: list[str], units: set[str]) -> dict[tuple[str, str], Baseline]:
    rows = Baseline.objects.filter(
        indicator__in=slugs, unit__in=units, in_use=False, numerator__isnull=False
    )
    return {(row.indicator, row.unit_id): row for row in rows}


def _judged(
    month: date,
    refs: Iterable[FigureRef],
    series: Mapping[tuple[str, str], Series],
    benchmarks: Mapping[str, Mapping[str, Benchmark]],
    rules: Mapping[str, Rule],
) -> dict[tuple[str, str, str], Verdict]:
    """By slug, unit and column: each test runs once for the whole paper."""
    wanted = {(ref.indicator, ref.unit) for ref in refs if ref.shape in JUDGED}
    named = [
        ((slug, unit, column), comparison)
        for slug, unit in sorted(wanted & series.keys())
        for column, comparison in Columns(
            series[slug, unit],
            month,
            Period.MONTH,
            benchmarks[unit][slug],
            rules.get(slug, HOUSE_RULE),
        ).comparisons()
    ]
    found = verdicts([comparison for _, comparison in named])
    return dict(zip((name for name, _ in named), found, strict=True))


def in_unit(indicator: Indicator, value: Fraction | None) -> Fraction | None:
    """39 for 39%."""
    return value * 100 if indicator.unit is Shown.PERCENT and value is not None else value


def read_as(indicator: Indicator, value: Value) -> str:
    """`39.0%`, `1,393`, `17`: minutes without their name, since the prose says it."""
    quantity = Quantity(indicator.unit.value)
    text = shown(in_unit(indicator, value.value), quantity)
    return text.removesuffix(" min")


def other_value(row: Baseline) -> Value:
    if row.denominator is None:
        return Value(row.numerator, None, Fraction(row.numerator or 0))
    return rate(row.numerator or 0, row.denominator)


def unknown(ref: FigureRef) -> Told:
    """Of a reference that names no indicator or unit: it says so where it stands."""
    return Told(
        str(ref),
        "[unknown figure]",
        ref.indicator,
        ref.indicator,
        ref.unit,
        ref.unit,
        str(ref.span),
    )
