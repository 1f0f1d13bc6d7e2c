"""Everything that the page of an indicator shows of a unit and a month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from core.dates import add_months, months_between
from core.models import Unit, UnitKind
from performance.indicators import INDICATORS
from performance.measures import Indicator
from performance.selectors.boards import BoardRow, historic_for, row_for
from performance.selectors.series import Reading, Series, is_held, read_series
from performance.selectors.values import Value

MONTHS = 36


@dataclass(frozen=True)
class UnitFigures:
    """`rolling`: over the 12 months to the last."""

    unit: Unit
    months: Sequence[tuple[date, Value]]
    rolling: Value

    @property
    def current(self) -> Value:
        return self.months[-1][1]

    @property
    def is_known(self) -> bool:
        return any(value.value is not None for _, value in self.months)


@dataclass(frozen=True)
class CohortMonth:
    """`finished`: the share of the month's crimes that has any outcome by now."""

    month: date
    flow: Value
    cohort: Value
    finished: Value


@dataclass(frozen=True)
class Quality:
    """`known`: months with a figure, of `months`; `historic`: those imported as totals."""

    first: date | None
    last: date | None
    known: int
    historic: int
    months: int
    as_of: datetime | None
    pending: int


@dataclass(frozen=True)
class IndicatorPage:
    indicator: Indicator
    row: BoardRow
    own: UnitFigures
    parts: Mapping[UnitKind, Sequence[UnitFigures]]
    cohort: Sequence[CohortMonth]
    quality: Quality


def indicator_page(
    *, indicator: Indicator, unit: Unit, month: date, units: Sequence[Unit]
) -> IndicatorPage:
    """36 months to `month` of the unit, and of the units that share a kind of record with it."""
    first = add_months(month, 1 - MONTHS)
    reading = read_series(_slugs(indicator), units, first, month)
    series = reading.series[indicator.slug, unit.code]
    own = _with_historic(_figures(unit, series, first, month), indicator)
    return IndicatorPage(
        indicator=indicator,
        row=row_for(indicator=indicator, month=month, unit=unit),
        own=own,
        parts=_parts(reading, indicator, units, first, month),
        cohort=_cohort(reading, indicator, own) if indicator.cohort else (),
        quality=_quality(reading, series, own),
    )


def _slugs(indicator: Indicator) -> list[str]:
    """The indicator, its cohort rate, and how finished the cohort is."""
    cohort = INDICATORS[indicator.cohort] if indicator.cohort else None
    return [each for each in (indicator.slug, indicator.cohort, cohort and cohort.finished) if each]


def units_of(indicator: Indicator, units: Sequence[Unit]) -> list[Unit]:
    """The units that its records name."""
    bases = [measure.basis for measure in indicator.measures.values()]
    return [unit for unit in units if all(is_held(basis, unit) for basis in bases)]


def _figures(unit: Unit, series: Series, first: date, month: date) -> UnitFigures:
    months = zip(months_between(first, month), series.monthly(first, month), strict=True)
    return UnitFigures(unit, list(months), series.total(add_months(month, -11), month))


def _with_historic(figures: UnitFigures, indicator: Indicator) -> UnitFigures:
    historic = historic_for(indicator, figures.unit)
    months = [
        (month, historic.get(month, value) if value.value is None else value)
        for month, value in figures.months
    ]
    return UnitFigures(figures.unit, months, figures.rolling)


def _parts(
    reading: Reading, indicator: Indicator, units: Sequence[Unit], first: date, month: date
) -> dict[UnitKind, list[UnitFigures]]:
    """Areas, districts and departments that have a figure in any month."""
    parts: dict[UnitKind, list[UnitFigures]] = {}
    for unit in units:
        figures = _figures(unit, reading.series[indicator.slug, unit.code], first, month)
        if unit.kind != UnitKind.FORCE and figures.is_known:
            parts.setdefault(UnitKind(unit.kind), []).append(figures)
    return parts


def _cohort(reading: Reading, indicator: Indicator, own: UnitFigures) -> list[CohortMonth]:
    months, unit = [month for month, _ in own.months], own.unit.code
    cohort, finished = (
        reading.series[slug, unit].monthly(months[0], months[-1]) for slug in _slugs(indicator)[1:]
    )
    return [
        CohortMonth(month, flow, rate, share)
        for (month, flow), rate, share in zip(own.months, cohort, finished, strict=True)
    ]


def _quality(reading: Reading, series: Series, own: UnitFigures) -> Quality:
    values = [value for _, value in own.months]
    return Quality(
        first=series.reach.first,
        last=series.reach.last,
        known=sum(value.value is not None for value in values),
        historic=sum(value.historic for value in values),
        months=len(values),
        as_of=reading.as_of,
        pending=reading.pending,
    )
