"""The catalogue of indicators, and the page of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from core.access.permissions import Permission
from core.access.person import person
from core.access.policy import requires
from core.dates import last_day, today
from core.models import Unit, UnitKind, User
from performance.charts.control import Pin, control_chart
from performance.charts.figures import series_of
from performance.charts.lines import MOST_LINES, line_chart, small_multiples
from performance.charts.series import Series
from performance.comparisons.spc import Cause, xmr
from performance.indicators import INDICATORS
from performance.measures import Indicator
from performance.models import Annotation
from performance.selectors.annotations import annotations_for
from performance.selectors.boards import Period, Value
from performance.selectors.catalogue import Standing, boards_of, catalogue, standing_of
from performance.selectors.drill_down import Drill, rows_urls
from performance.selectors.indicator_pages import (
    IndicatorPage,
    UnitFigures,
    indicator_page,
    units_of,
)
from performance.views.board_table import interval_in_words, parts_of, shown_with_unit
from performance.views.chosen import Chosen, chosen
from performance.views.notices import watched

PLURAL = {
    UnitKind.DISTRICT: "Districts",
    UnitKind.DEPARTMENT: "Departments",
}


@dataclass(frozen=True)
class Point:
    """A month of the chart as a row of the table beside it."""

    month: date
    shown: str
    detail: str
    url: str
    said: str  # "above the upper limit", "imported total"


@dataclass(frozen=True)
class Part:
    """A unit beside others of its kind."""

    unit: Unit
    series: Series
    current: str
    detail: str
    rolling: str
    url: str
    chart: SafeString


@requires(Permission.BOARD_VIEW)
@require_safe
def indicator_list(request: HttpRequest) -> HttpResponse:
    entries = catalogue(on=today())
    past_review = sum(entry.standing is Standing.PAST_REVIEW for entry in entries)
    context = {"entries": entries, "past_review": past_review}
    return render(request, "performance/indicator/list.html", context)


@requires(Permission.BOARD_VIEW)
@require_safe
def indicator_detail(request: HttpRequest, slug: str) -> HttpResponse:
    indicator = INDICATORS.get(slug)
    if indicator is None:
        raise Http404(f"There is no indicator “{slug}”.")
    now = chosen(request)
    units = units_of(indicator, now.units)
    held = units if now.unit in units else [*units, now.unit]
    page = indicator_page(indicator=indicator, unit=now.unit, month=now.month, units=held)
    context = {
        "page": page,
        "indicator": indicator,
        "now": now,
        "units": units,
        "standing": standing_of(indicator, today()),
        "boards": boards_of(indicator),
        "related": [INDICATORS[each] for each in _related(indicator)],
        "measured": _measured(indicator, now),
        "watched": watched(request, now.unit, indicator=slug),
        "trail": [("Indicators", reverse("performance:indicator-list"))],
        **_headline(page),
        **_control(page, by=person(request)),
        **_parts(page),
        **_cohort(page),
    }
    return render(request, "performance/indicator/detail.html", context)


def _related(indicator: Indicator) -> list[str]:
    return [each for each in (indicator.cohort, *indicator.related) if each]


def _measured(indicator: Indicator, now: Chosen) -> list[tuple[str, str]]:
    """Each part in the very words of its drill-down."""
    return [
        (part, Drill(indicator, part, now.unit, now.month, Period.MONTH).words())
        for part in indicator.measures
    ]


def _headline(page: IndicatorPage) -> dict[str, Any]:
    row, indicator = page.row, page.indicator
    named = {
        "Against the 1 year average": row.v_1yr,
        "Against the 3 year average": row.v_3yr,
        "Rolling 12 months against the benchmark": row.v_benchmark,
    }
    return {
        "current": shown_with_unit(indicator, row.current),
        "rolling": shown_with_unit(indicator, row.rolling),
        "baseline": shown_with_unit(indicator, row.baseline),
        "detail": parts_of(row.current),
        "verdicts": [
            (name, verdict, interval_in_words(indicator, verdict))
            for name, verdict in named.items()
            if verdict
        ],
    }


def _control(page: IndicatorPage, *, by: User) -> dict[str, Any]:
    """The chart, the same as a table (newest first), and what its numbered pins say."""
    series = _series(page.indicator.title, page.indicator, page.own)
    limits = xmr(series.values)
    notes = list(_notes(page))
    pins = [Pin(number, str(note), note.starts_on, note.ends_on) for number, note in notes]
    causes = limits.causes if limits else [None] * len(series.values)
    points = [
        _point(page, month, value, cause, by=by)
        for (month, value), cause in zip(page.own.months, causes, strict=True)
    ]
    chart = control_chart(series, limits, key="control", pins=pins)
    return {"control": chart, "points": points[::-1], "notes": notes}


def _series(name: str, indicator: Indicator, figures: UnitFigures) -> Series:
    return series_of(name, indicator, figures.months)


def _notes(page: IndicatorPage) -> Iterator[tuple[int, Annotation]]:
    months = page.own.months
    notes = annotations_for(
        indicator=page.indicator,
        unit=page.own.unit,
        first=months[0][0],
        last=last_day(months[-1][0]),
    )
    return enumerate(notes, start=1)


def _point(
    page: IndicatorPage, month: date, value: Value, cause: Cause | None, *, by: User
) -> Point:
    said = "" if cause in {None, Cause.COMMON} else str(cause)
    return Point(
        month=month,
        shown=shown_with_unit(page.indicator, value),
        detail=parts_of(value),
        url=_rows(page, value, month, by=by),
        said="imported total" if value.historic else said,
    )


def _rows(page: IndicatorPage, value: Value, month: date, *, by: User) -> str:
    own = page.own.unit
    urls = rows_urls(page.indicator, value, by=by, month=month, unit=own, period=Period.MONTH)
    return next(iter(urls.values()), "")


def _parts(page: IndicatorPage) -> dict[str, Any]:
    """Areas on one plot; districts and departments side by side on one scale."""
    parts = {kind: _side_by_side(page, kind, found) for kind, found in page.parts.items()}
    areas = parts.pop(UnitKind.AREA, [])
    lines = [part.series for part in areas[:MOST_LINES]]
    title = " against ".join(line.name for line in lines)
    return {
        "areas": areas,
        "areas_title": title,
        "areas_chart": line_chart(lines, key="areas", title=title) if lines else "",
        "kinds": [(PLURAL[kind], found) for kind, found in parts.items()],
    }


def _side_by_side(page: IndicatorPage, kind: UnitKind, parts: Sequence[UnitFigures]) -> list[Part]:
    indicator = page.indicator
    series = [_series(str(each.unit), indicator, each) for each in parts]
    charts = small_multiples(series, key=kind.value)
    address = reverse("performance:indicator-detail", args=[indicator.slug])
    return [
        Part(
            unit=each.unit,
            series=line,
            current=shown_with_unit(indicator, each.current),
            detail=parts_of(each.current),
            rolling=shown_with_unit(indicator, each.rolling),
            url=f"{address}?month={page.row.month:%Y-%m}&unit={each.unit.code}",
            chart=chart,
        )
        for each, line, chart in zip(parts, series, charts, strict=True)
    ]


def _cohort(page: IndicatorPage) -> dict[str, Any]:
    """Flow rate and cohort rate on one plot and in a table, newest month first."""
    if not page.cohort:
        return {}
    indicator = page.indicator
    lines = [
        series_of("Flow rate", indicator, [(each.month, each.flow) for each in page.cohort]),
        series_of("Cohort rate", indicator, [(each.month, each.cohort) for each in page.cohort]),
    ]
    rows = [
        (
            each.month,
            *(shown_with_unit(indicator, rate) for rate in (each.flow, each.cohort, each.finished)),
        )
        for each in reversed(page.cohort)
    ]
    title = "Flow rate beside cohort rate"
    return {"cohort": line_chart(lines, key="cohort", title=title), "cohort_rows": rows}
