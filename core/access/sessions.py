"""How long a session may last, and what it was opened with."""

from collections.abc import Callable
from time import time

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

# In the session, written by core.signals.
SIGNED_IN_AT = "signed_in_at"  # seconds since 1970
BY_PROVIDER = "signed_in_by_provider"  # true: the force's own provider of identities


class SessionLimitMiddleware:
    """Ends a session some hours after its sign-in, however busy it is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        ends = request.session.get(SIGNED_IN_AT, 0) + 3600 * settings.SESSION_HOURS
        if request.user.is_authenticated and time() >= ends:
            logout(request)
        return self.get_response(request)


def second_factor_missing(request: HttpRequest) -> bool:
    """Neither this account has one, nor did the force's provider ask for one at this sign-in."""
    user = request.user
    if not settings.REQUIRE_SECOND_FACTOR or not user.is_authenticated:
        return False
    asked = settings.OIDC_SECOND_FACTOR and request.session.get(BY_PROVIDER, False)
    return not (asked or is_mfa_enabled(user))
