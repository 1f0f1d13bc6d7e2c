from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.access.permissions import Permission
from core.access.policy import requires
from performance.models import Paper
from performance.selectors.headlines import headlines as headlines_of
from performance.selectors.headlines import titles
from performance.selectors.paper_lists import runs_of
from performance.selectors.thematic import review
from performance.views.chosen import chosen


@requires(Permission.BOARD_VIEW)
@require_safe
def headlines(request: HttpRequest) -> HttpResponse:
    now = chosen(request)
    context = {"told": headlines_of(month=now.month, unit=now.unit), "now": now, "boards": titles()}
    return render(request, "performance/headlines.html", context)


@requires(Permission.PAPER_VIEW)
@require_safe
def thematic(request: HttpRequest) -> HttpResponse:
    """The review of combat acquisitive crime, as the paper of the month would have it."""
    now = chosen(request)
    paper = Paper(month=now.month)
    parts = list(review(now.month, lambda name: runs_of(name, paper)))
    return render(request, "performance/thematic.html", {"parts": parts, "now": now})
