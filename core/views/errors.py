"""Error pages: what happened, what was kept, what to do, and a reference for whoever is asked."""

from typing import Any

import structlog
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from core.access.decision import NotAllowed
from core.access.permissions import Permission

DJANGOS_OWN = " matches the given query."  # which names a class of the code
NOT_TYPED = {"csrfmiddlewaretoken", "version"}


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, "errors/bad_request.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    reason = exception.words if isinstance(exception, NotAllowed) else ""
    is_masked = isinstance(exception, NotAllowed) and exception.reason.value == "masked"
    reason = reason.rstrip(".") if is_masked else reason  # it ends with a name, or with a sentence
    more = {"is_masked": is_masked, "record": _record_to_open(request, exception)}
    return _page(request, "errors/forbidden.html", status=403, reason=reason, **more)


def _record_to_open(request: HttpRequest, exception: Exception) -> int | None:
    """A masked record, which a supervisor may open in an emergency."""
    if not isinstance(exception, NotAllowed) or exception.reason.value != "masked":
        return None
    may_open = request.user.is_authenticated and request.user.has(Permission.NOMINAL_SUPERVISE)
    return exception.target.pk if may_open and exception.target else None


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    said = exception.args[0] if exception.args else ""
    # The resolver says it with a list of every address; a view with a sentence for the person.
    is_for_people = isinstance(said, str) and not said.endswith(DJANGOS_OWN)
    reason = said if is_for_people else ""
    return _page(request, "errors/not_found.html", status=404, reason=reason)


def too_large(request: HttpRequest) -> HttpResponse:
    # Without the request: the header would read the form for its token.
    return _page(None, "errors/too_large.html", status=413)


def server_error(request: HttpRequest) -> HttpResponse:
    # Without the request: what broke may be the session or the database that the header asks.
    return _page(None, "errors/server_error.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    # Only to a person of ours: another site may not have its words shown in our page.
    typed = typed_into(request) if request.user.is_authenticated else []
    return _page(request, "errors/csrf.html", status=403, typed=typed)


def signed_out(request: HttpRequest) -> HttpResponse:
    """For a form that was sent after the session had ended: what was typed must not be lost."""
    address = redirect_to_login(request.path).url
    return _page(
        request, "errors/signed_out.html", status=403, typed=typed_into(request), address=address
    )


def typed_into(request: HttpRequest) -> list[dict[str, str]]:
    """What was sent, as components/summary_list.html takes it; no password and no token."""
    return [
        {"key": name.replace("_", " ").capitalize(), "value": ", ".join(values)}
        for name, values in request.POST.lists()
        if name not in NOT_TYPED and "password" not in name and any(values)
    ]


def _page(
    request: HttpRequest | None, template: str, *, status: int, **context: Any
) -> HttpResponse:
    reference = structlog.contextvars.get_contextvars().get("request_id", "")
    text = render_to_string(template, {"reference": reference, **context}, request)
    return HttpResponse(text, status=status)
