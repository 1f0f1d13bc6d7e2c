from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.access.permissions import Permission
from core.access.policy import requires
from performance.selectors.headlines import headlines as headlines_of
from performance.selectors.headlines import titles
from performance.views.chosen import chosen


@requires(Permission.BOARD_VIEW)
@require_safe
def headlines(request: HttpRequest) -> HttpResponse:
    now = chosen(request)
    context = {"told": headlines_of(month=now.month, unit=now.unit), "now": now, "boards": titles()}
    return render(request, "performance/headlines.html", context)
