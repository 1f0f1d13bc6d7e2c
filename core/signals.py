"""Sign-ins happen inside packages; this is where the log hears of them."""

from typing import Any

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
