"""Who sits there: asked again for what a session that was left open must not do."""

from datetime import UTC, datetime, timedelta

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

FRESH = timedelta(minutes=10)  # time to read the page and to write the reason
PAGES = {
    Authenticator.Type.TOTP: "mfa_reauthenticate",
    Authenticator.Type.WEBAUTHN: "mfa_reauthenticate_webauthn",
}


def confirmed_at(request: HttpRequest) -> datetime | None:
    """When the second factor was last asked for again in this session, while that is fresh.

    In a demonstration the password is enough for those who have no second factor."""
    if not (page := _page(request)):
        return None
    method = "mfa" if page in PAGES.values() else "password"
    times = [
        record["at"]
        for record in get_authentication_records(request, request.user)
        if record.get("reauthenticated") and record["method"] == method
    ]
    last = datetime.fromtimestamp(max(times), UTC) if times else None
    return last if last and timezone.now() - last < FRESH else None


def way_to_confirm(request: HttpRequest) -> str | None:
    """The page that asks and leads back here; None for whoever has no second factor to be asked."""
    page = _page(request)
    here = urlencode({"next": request.get_full_path()})
    return f"{reverse(page)}?{here}" if page else None


def _page(request: HttpRequest) -> str:
    held = set(Authenticator.objects.filter(user=request.user.pk).values_list("type", flat=True))
    found = next((page for kind, page in PAGES.items() if kind in held), "")
    return found or ("account_reauthenticate" if settings.CONFIRM_BY_PASSWORD else "")
