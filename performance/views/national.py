"""The force beside every other force of England and Wales."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.access.permissions import Permission
from core.access.person import person
from core.access.policy import requires
from offenders.models import OffenceGroup
from performance.charts.ladder import rank_ladder
from performance.charts.series import Quantity, shown
from performance.selectors.national import (
    Place,
    Position,
    financial_years,
    groups,
    position,
    rungs_of,
    year_before,
)


@dataclass(frozen=True)
class Line:
    """A place as the table reads it. `bounds`: ranks that chance alone could have given."""

    place: Place
    rate: str
    interval: str
    bounds: str
    per_thousand: str
    is_ours: bool = False


@requires(Permission.BOARD_VIEW)
@require_safe
def national(request: HttpRequest) -> HttpResponse:
    """?year=2018/19 and ?group=, the latest year and all crime where blank."""
    years = financial_years()
    offered = list(groups())
    year = _one_of(years, request.GET.get("year", "")) if years else ""
    group = _group(offered, request.GET.get("group", ""))
    found = position(financial_year=year, group=group) if year else None
    context: dict[str, Any] = {
        "years": years,
        "year": year,
        "groups": offered,
        "group": group,
        "found": found,
        "may_import": person(request).has(Permission.RECORD_IMPORT),
    }
    if found:
        before = year_before(year)
        earlier = position(financial_year=before, group=group) if before in years else None
        context |= {
            "lines": [line_of(place, is_ours=place is found.ours) for place in found.forces],
            "beside": [
                line_of(place) for place in (found.ours, found.region, found.nation) if place
            ],
            "ranked": sum(place.rank is not None for place in found.forces),
            "movement": _movement(earlier),
            "ladder": rank_ladder(
                rungs_of(found.forces, found.ours), key="ladder", title="Forces by outcome rate"
            ),
            "before": before,
        }
    return render(request, "performance/national/detail.html", context)


def _one_of(years: list[str], asked: str) -> str:
    if asked and asked not in years:
        raise Http404(f"There are no national figures of “{asked}”.")
    return asked or years[0]


def _group(offered: list[OffenceGroup], slug: str) -> OffenceGroup | None:
    if not slug:
        return None
    for group in offered:
        if group.pk == slug:
            return group
    raise Http404(f"“{slug}” is not a group of offences that forces can be compared by.")


def _movement(earlier: Position | None) -> int | None:
    """The force's rank of the year before."""
    return earlier.ours.rank if earlier and earlier.ours else None


def line_of(place: Place, *, is_ours: bool = False) -> Line:
    percent = Quantity.PERCENT
    rate = None if place.rate is None else place.rate * 100
    interval = [shown(end * 100, percent) for end in place.interval or ()]
    bounds = "" if place.best == place.worst else f"{place.best} to {place.worst}"
    return Line(
        place,
        rate=shown(rate, percent),
        interval=" to ".join(interval),
        bounds=bounds,
        per_thousand=shown(place.per_thousand, Quantity.PER_THOUSAND),
        is_ours=is_ours,
    )
