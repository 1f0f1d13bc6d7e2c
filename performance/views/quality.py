from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from core.access.permissions import Permission
from core.access.person import person
from core.access.policy import requires
from performance.selectors.freshness import coverage, freshness, past_review
from performance.services.recompute import request_recompute


@requires(Permission.BOARD_VIEW)
@require_safe
def data_quality(request: HttpRequest) -> HttpResponse:
    context = {
        "fresh": freshness(),
        "coverage": coverage(),
        "past_review": past_review(),
        "may_recompute": person(request).has(Permission.FIGURES_RECOMPUTE),
    }
    return render(request, "performance/quality/detail.html", context)


@requires(Permission.FIGURES_RECOMPUTE)
@require_POST
def recompute(request: HttpRequest) -> HttpResponse:
    request_recompute(by=person(request))
    messages.success(
        request,
        "Recompute asked for. The figures that stand stay until the new ones take their place.",
    )
    return redirect("performance:data-quality")
