from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.access.policy import public


@public
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The statement that the accessibility regulations of 2018 ask of a public body."""
    return render(request, "core/accessibility.html", {"contact": settings.CONTACT})
