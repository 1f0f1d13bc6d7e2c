"""Monthly figures of indicators and a unit, in one statement, with how far the records reach."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from django.db import connection

from core.changes import FORCE
from core.dates import last_day, months_between
from core.models import Unit, UnitKind
from performance.bases import ADDITIVE, FEEDS, all_of
from performance.indicators import INDICATORS
from performance.measures import Indicator
from performance.selectors.reach import Reach, reach_of
from performance.selectors.values import UNKNOWN, Value

SECONDS = 60

# numerator, denominator, median in seconds, n
Parts = tuple[int | None, int | None, float | None, int | None]
NOTHING: Parts = (None, None, None, None)


@dataclass(frozen=True)
class Series:
    """A month within reach without a figure is 0 for a count, not known for a rate or median."""

    indicator: Indicator
    months: Mapping[date, Parts]
    reach: Reach

    def covers(self, first: date, last: date) -> bool:
        return self.reach.covers(first, last)

    def month(self, month: date) -> Value:
        return self._value([month]) if self.covers(month, month) else UNKNOWN

    def total(self, first: date, last: date) -> Value:
        """Counts summed; rates as summed numerators over summed denominators."""
        if not self.indicator.adds_up or not self.covers(first, last):
            return UNKNOWN
        return self._value(months_between(first, last))

    def monthly(self, first: date, last: date) -> list[Value]:
        return [self.month(month) for month in months_between(first, last)]

    def _value(self, months: Sequence[date]) -> Value:
        if self.indicator.median:
            _, _, seconds, n = self.months.get(months[0], NOTHING)
            return Value(value=_minutes(seconds), n=n) if n else UNKNOWN
        parts = [self.months.get(month, NOTHING) for month in months]
        numerator = sum(part[0] or 0 for part in parts)
        if self.indicator.denominator:
            return rate(numerator, sum(part[1] or 0 for part in parts))
        days = days_in(months) if self.indicator.per_day else 1
        return Value(numerator, days if self.indicator.per_day else None, Fraction(numerator, days))


def rate(numerator: int, denominator: int) -> Value:
    if denominator == 0:
        return Value(numerator, 0, None, 0)
    return Value(numerator, denominator, Fraction(numerator, denominator), denominator)


def days_in(months: Iterable[date]) -> int:
    return sum(last_day(month).day for month in months)


def _minutes(seconds: float | None) -> Fraction | None:
    return None if seconds is None else Fraction(seconds) / SECONDS


@dataclass(frozen=True)
class Reading:
    """What one statement saw: series by (slug, unit code), when changes were last folded in, and
    how many still wait."""

    series: Mapping[tuple[str, str], Series]
    as_of: datetime | None
    pending: int


SERIES_SQL = """
    SELECT slug, code, months, numerators, denominators, medians, ns,
        (SELECT folded_at FROM performance_figurestate),
        (SELECT count(*) FROM core_change)
    FROM unnest(%s::text[]) AS slug CROSS JOIN unnest(%s::text[]) AS code LEFT JOIN LATERAL (
        SELECT array_agg(month) AS months, array_agg(numerator) AS numerators,
            array_agg(denominator) AS denominators, array_agg(value) AS medians,
            array_agg(n) AS ns
        FROM performance_figure
        WHERE unit = code AND indicator = slug AND month BETWEEN %s AND %s
    ) AS figures ON true
    UNION ALL
    SELECT indicator, '', array_agg(month), array_agg(numerator), NULL, NULL, NULL, NULL, NULL
    FROM performance_figure
    WHERE unit = %s AND indicator = ANY(%s) AND numerator > 0 GROUP BY indicator
"""

BASES = [all_of(basis) for basis in ADDITIVE]
NOWHERE = Reach()


def read_series(slugs: Sequence[str], units: Sequence[Unit], first: date, last: date) -> Reading:
    """Every series of the indicators and units between two months, in one statement."""
    codes = {unit.code: unit for unit in units}
    with connection.cursor() as cursor:
        cursor.execute(SERIES_SQL, [list(slugs), list(codes), first, last, FORCE, BASES])
        rows = cursor.fetchall()
    reach = {row[0]: reach_of(dict(zip(row[2], row[3], strict=True))) for row in rows if not row[1]}
    series, as_of, pending = {}, None, 0
    for slug, code, months, *parts, folded_at, waiting in rows:
        if code:
            as_of, pending = folded_at, waiting
            figures = dict(zip(months, zip(*parts, strict=True), strict=True)) if months else {}
            series[slug, code] = _series(INDICATORS[slug], figures, reach, codes[code])
    return Reading(series, as_of, pending)


def _series(
    indicator: Indicator, figures: Mapping[date, Parts], reach: Mapping[str, Reach], unit: Unit
) -> Series:
    if not all(is_held(measure.basis, unit) for measure in indicator.measures.values()):
        return Series(indicator, {}, NOWHERE)
    if not indicator.adds_up:  # worked out from rows: a figure stands where there were any
        found = Reach(min(figures, default=None), max(figures, default=None))
        return Series(indicator, figures, found)
    reaches = [reach.get(all_of(each.basis), NOWHERE) for each in indicator.measures.values()]
    firsts = [each.first for each in reaches]
    first = None if None in firsts else max(month for month in firsts if month)
    # A month that has crimes and no outcome has a rate of 0, so the denominator's end counts.
    return Series(indicator, figures, Reach(first, reaches[-1].last, reaches[-1].thin))


def is_held(basis: str, unit: Unit) -> bool:
    """Whether rows of the basis name units of this kind: calls only know the force."""
    if unit.kind == UnitKind.FORCE:
        return True
    named = FEEDS[basis].unit
    is_department = unit.kind == UnitKind.DEPARTMENT
    return named is not None and is_department == (named == "department")
