"""Sign-ins happen inside packages; this is where the log hears of them."""

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver

from core import audit
from core.models import User


@receiver(user_logged_in)
def record_sign_in(user: User, **_: Any) -> None:
    audit.record(by=user, action=audit.Action.SIGNED_IN, target=user)


@receiver(user_logged_out)
def record_sign_out(user: User | None, **_: Any) -> None:
    if user is not None:
        audit.record(by=user, action=audit.Action.SIGNED_OUT, target=user)


@receiver([password_set, password_changed, password_reset])
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
