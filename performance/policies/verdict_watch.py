"""Who may be told of verdicts: whoever may read them."""

from core.access.decision import ALLOWED, Decision, Reason
from core.access.permissions import Permission
from core.models import User
from performance.models import Subscription


def can_watch(by: User) -> Decision:
    return ALLOWED if by.has(Permission.BOARD_VIEW) else Decision(Reason.PERMISSION)


def can_end_watch(by: User, subscription: Subscription) -> Decision:
    return ALLOWED if by.pk == subscription.user_id else Decision(Reason.NOT_YOURS)
