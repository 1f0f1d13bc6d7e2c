from collections.abc import Callable
from typing import Any

import structlog
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django_htmx.http import HttpResponseClientRedirect

from core import audit
from core.access.decision import Decision, NotAllowed, Reason
from core.access.policy import decide, for_method
from core.access.stated import asks_policy, is_api, stated_policy

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
        return self.get_response(request)

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
                second_factor_missing=second_factor_missing(request.user),
            )
        return None if decision else _answer(request, view, decision)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """A service or a view refused: Django answers with 403, the log keeps why."""
        if isinstance(exception, NotAllowed):
            record_refusal(request, exception.reason)


def second_factor_missing(user: Any) -> bool:
    return bool(
        settings.REQUIRE_SECOND_FACTOR and user.is_authenticated and not is_mfa_enabled(user)
    )


def _answer(request: HttpRequest, view: View, decision: Decision) -> HttpResponse:
    if decision.reason is Reason.SIGN_IN:
        return _to_sign_in(request)
    if decision.reason is Reason.SECOND_FACTOR:
        return redirect("mfa_activate_totp")
    if decision.reason is Reason.NO_POLICY:
        log.error("view_without_policy", view=f"{view.__module__}.{view.__qualname__}")
    record_refusal(request, decision.reason)
    raise NotAllowed(decision.reason)


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """A part of a page that htmx asks for cannot hold the sign-in page: the whole page goes there."""
    htmx = getattr(request, "htmx", None)
    if htmx:
        whole = redirect_to_login(htmx.current_url_abs_path or "/")
        return HttpResponseClientRedirect(whole.url)
    return redirect_to_login(request.get_full_path())


def record_refusal(request: HttpRequest, reason: Any) -> None:
    user = request.user if request.user.is_authenticated else None
    audit.record(
        by=user,
        action=audit.Action.ACCESS_REFUSED,
        detail={"path": request.path, "method": request.method, "reason": reason.value},
    )
