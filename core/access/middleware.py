from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import structlog
from django.contrib.auth.views import redirect_to_login
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django_htmx.http import HttpResponseClientRedirect

from core import audit
from core.access.decision import Decision, NotAllowed, Reason
from core.access.permissions import ABOUT_PEOPLE
from core.access.policy import Standing, Stated, decide, for_method
from core.access.sessions import second_factor_missing
from core.access.stated import asks_policy, is_api, stated_policy
from core.views.errors import csrf_failure, signed_out, typed_into

log = structlog.get_logger(__name__)

View = Callable[..., HttpResponse]


class AccessMiddleware:
    """Refuses every view that states no policy, and everybody whom the stated one leaves out.

    An API view is only checked for stating one and for still asking it: who is calling is known
    once the REST framework has read the token.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        if match:
            _keep_from_caches(request, response, stated_policy(match.func, match))
            if match.view_name == "account_logout":
                response.headers["Clear-Site-Data"] = '"cache"'
        return response

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        stated = stated_policy(view, request.resolver_match)
        if is_api(view):
            decision = Decision(
                None if stated is not None and asks_policy(view) else Reason.NO_POLICY
            )
        else:
            decision = decide(
                for_method(stated, request.method or ""),
                request.user,
                second_factor_missing=second_factor_missing(request),
            )
        return None if decision else _answer(request, view, decision)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A service or a view refused: Django answers with 403, the log keeps why.

        A purpose that is missing is asked for, and leads back to where the person was going.
        """
        if not isinstance(exception, NotAllowed):
            return None
        if exception.reason is Reason.PURPOSE:
            return _ask_purpose(request)
        record_refusal(request, exception.reason, exception.target)
        return None


def _keep_from_caches(request: HttpRequest, response: HttpResponse, stated: Stated | None) -> None:
    """What names people is kept by no browser; another page may be, and is asked for again."""
    policy = for_method(stated, request.method or "")
    if policy is not Standing.PUBLIC:
        rule = "no-store" if policy in ABOUT_PEOPLE else "no-cache"
        response.headers.setdefault("Cache-Control", f"private, {rule}")


def _answer(request: HttpRequest, view: View, decision: Decision) -> HttpResponse:
    if decision.reason is Reason.SIGN_IN and typed_into(request):
        return signed_out(request)
    if decision.reason is Reason.SIGN_IN:
        return _to_sign_in(request)
    if decision.reason is Reason.SECOND_FACTOR:
        return redirect("mfa_activate_totp")
    if decision.reason is Reason.NO_POLICY:
        log.error("view_without_policy", view=f"{view.__module__}.{view.__qualname__}")
    record_refusal(request, decision.reason)
    if decision.reason is Reason.NOT_THERE:
        raise Http404
    raise NotAllowed(decision.reason)


def _ask_purpose(request: HttpRequest) -> HttpResponse:
    """After a form, the page that it stood on: what was sent is asked for again from there."""
    htmx = getattr(request, "htmx", None)
    if htmx:
        back = htmx.current_url_abs_path or "/"
    else:
        came_from = urlsplit(request.headers.get("referer", ""))
        page = f"{came_from.path}?{came_from.query}" if came_from.query else came_from.path
        back = request.get_full_path() if request.method == "GET" else page
    address = f"{reverse('core:purpose')}?{urlencode({'next': back})}"
    return HttpResponseClientRedirect(address) if htmx else redirect(address)


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """A part of a page that htmx asks for cannot hold the sign-in page: the whole page goes there."""
    htmx = getattr(request, "htmx", None)
    if htmx:
        whole = redirect_to_login(htmx.current_url_abs_path or "/")
        return HttpResponseClientRedirect(whole.url)
    return redirect_to_login(request.get_full_path())


def csrf_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    record_refusal(request, Reason.CSRF)
    return csrf_failure(request, reason)


def record_refusal(request: HttpRequest, reason: Any, target: Model | None = None) -> None:
    user = request.user if request.user.is_authenticated else None
    audit.record(
        by=user,
        action=audit.Action.ACCESS_REFUSED,
        target=target,
        detail={"path": request.path, "method": request.method, "reason": reason.value},
    )
