"""What subscribers were told, once by mail to those who have an address."""

from __future__ import annotations

import structlog
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from core.models import User
from performance.models import VerdictNotice
from performance.selectors.verdict_watch import address_of, sentence

log = structlog.get_logger(__name__)


def mail_notices() -> int:
    """One message to each person with what has not been sent; how many went out.

    A message that cannot be sent stays for the next time; nobody else waits for it.
    """
    waiting = VerdictNotice.objects.filter(mailed_at=None, user__is_active=True)
    users = list(waiting.exclude(user__email="").values_list("user", flat=True).distinct())
    return sum(_mail(User.objects.get(pk=pk)) for pk in sorted(set(users)))


def _mail(user: User) -> bool:
    try:
        with transaction.atomic():
            unsent = VerdictNotice.objects.filter(user=user, mailed_at=None).order_by("pk")
            notices = list(
                unsent.select_related("change__unit").select_for_update(
                    of=("self",), skip_locked=True
                )
            )
            if not notices:
                return False
            VerdictNotice.objects.filter(pk__in=[each.pk for each in notices]).update(
                mailed_at=timezone.now()
            )
            send_mail(_subject(notices), _text(notices), None, [user.email])
    except OSError as error:  # of SMTP and of the network
        log.warning("notice_not_mailed", user=user.get_username(), reason=str(error))
        return False
    return True


def _subject(notices: list[VerdictNotice]) -> str:
    if len(notices) == 1:
        return "Aware: a verdict has changed"
    return f"Aware: {len(notices)} verdicts have changed"


def _text(notices: list[VerdictNotice]) -> str:
    told = [f"{sentence(each.change)}\n{_link(address_of(each.change))}" for each in notices]
    end = f"You subscribed to these. To be told no more: {_link(reverse('performance:notices'))}"
    return "\n\n".join([*told, end]) + "\n"


def _link(path: str) -> str:
    return f"{settings.SITE_ADDRESS}{path}"
