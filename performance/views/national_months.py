"""The force beside every other over any twelve months."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.access.permissions import Permission
from core.access.person import person
from core.access.policy import requires
from core.dates import add_months, parse_month
from performance.charts.ladder import rank_ladder
from performance.measures import Indicator
from performance.selectors.national_months import (
    NationalPosition,
    compared_indicators,
    ladder_of,
    last_month,
    national_position,
)
from performance.views.national import line_of


@requires(Permission.BOARD_VIEW)
@require_safe
def national_months(request: HttpRequest) -> HttpResponse:
    """?indicator= and ?month= (the last of the twelve); the first and the latest where blank."""
    offered, latest = compared_indicators(), last_month()
    context: dict[str, Any] = {
        "indicators": offered,
        "may_import": person(request).has(Permission.RECORD_IMPORT),
    }
    if latest and offered:
        indicator = _indicator(offered, request.GET.get("indicator", ""))
        until = _month(request.GET.get("month", ""), latest)
        found = national_position(indicator=indicator, until=until)
        context |= {
            "indicator": indicator,
            "month": until,
            "previous": add_months(until, -1),
            "next": add_months(until, 1) if until < latest else None,
            "found": found,
        }
        if found:
            context |= _shown(found)
    return render(request, "performance/national/months.html", context)


def _shown(found: NationalPosition) -> dict[str, Any]:
    title = f"Forces by {found.indicator.title}, twelve months to {found.until:%B %Y}"
    return {
        "lines": [line_of(place, is_ours=place is found.ours) for place in found.forces],
        "beside": [
            line_of(place, is_ours=place is found.ours)
            for place in (found.ours, found.region, found.nation)
            if place
        ],
        "ladder": rank_ladder(ladder_of(found), key="ladder", title=title),
    }


def _indicator(offered: list[Indicator], slug: str) -> Indicator:
    if not slug:
        return offered[0]
    for indicator in offered:
        if indicator.slug == slug:
            return indicator
    raise Http404(f"“{slug}” is not an indicator that forces are compared by.")


def _month(text: str, latest: date) -> date:
    if not text:
        return latest
    try:
        return parse_month(text)
    except ValueError as error:
        raise Http404(str(error)) from None
