"""Sign-ins happen inside packages; this is where the log hears of them."""

from time import time
from typing import Any

from allauth.account import signals as account
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from core import audit
from core.access.sessions import BY_PROVIDER, SIGNED_IN_AT
from core.models import User


@receiver(user_logged_in)
def record_sign_in(user: User, request: HttpRequest, **_: Any) -> None:
    request.session[SIGNED_IN_AT] = time()
    audit.record(by=user, action=audit.Action.SIGNED_IN, target=user)


@receiver(account.user_logged_in)
def note_provider(request: HttpRequest, sociallogin: Any = None, **_: Any) -> None:
    request.session[BY_PROVIDER] = sociallogin is not None


@receiver(user_logged_out)
def record_sign_out(user: User | None, **_: Any) -> None:
    if user is not None:
        audit.record(by=user, action=audit.Action.SIGNED_OUT, target=user)


@receiver([account.password_set, account.password_changed, account.password_reset])
def record_password(user: User, **_: Any) -> None:
    audit.record(by=user, action=audit.Action.PASSWORD_CHANGED, target=user)


@receiver(authenticator_added)
def record_second_factor(user: User, authenticator: Any, **_: Any) -> None:
    _record_factor(audit.Action.SECOND_FACTOR_ADDED, user, authenticator)


@receiver(authenticator_removed)
def record_lost_second_factor(user: User, authenticator: Any, **_: Any) -> None:
    _record_factor(audit.Action.SECOND_FACTOR_REMOVED, user, authenticator)


def _record_factor(action: audit.Action, user: User, authenticator: Any) -> None:
    audit.record(by=user, action=action, target=user, detail={"kind": str(authenticator.type)})
