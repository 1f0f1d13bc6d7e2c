"""Error pages: what happened, what was kept, what to do, and a reference for whoever is asked."""

from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from core.access.decision import NotAllowed


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, "errors/bad_request.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    reason = str(exception.reason.label) if isinstance(exception, NotAllowed) else ""
    return _page(request, "errors/forbidden.html", status=403, reason=reason)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    said = exception.args[0] if exception.args else ""
    # The resolver says it with a list of every address; a view with a sentence for the person.
    reason = said if isinstance(said, str) else ""
    return _page(request, "errors/not_found.html", status=404, reason=reason)


def server_error(request: HttpRequest) -> HttpResponse:
    # Without the request: what broke may be the session or the database that the header asks.
    return _page(None, "errors/server_error.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(request, "errors/csrf.html", status=403)


def _page(
    request: HttpRequest | None, template: str, *, status: int, **context: Any
) -> HttpResponse:
    reference = structlog.contextvars.get_contextvars().get("request_id", "")
    text = render_to_string(template, {"reference": reference, **context}, request)
    return HttpResponse(text, status=status)
