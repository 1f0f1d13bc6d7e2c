"""What waits for whom, and what was decided."""

from django.db.models import Model, Q

from core import looks
from core.access.permissions import Permission
from core.models import User
from core.models.approval import Approval, ApprovalQuerySet
from core.policies import can_decide, can_see_approval

MOST = 200  # open requests that are asked whom they wait for


def approvals() -> ApprovalQuerySet:
    return Approval.objects.select_related("asked_by", "decided_by")


def waiting_for(user: User) -> list[Approval]:
    """Oldest first. A kind may read its target to say who decides; nothing of it is shown."""
    open_ones = approvals().open().exclude(asked_by=user)
    with looks.unshown():
        return [row for row in open_ones.order_by("asked_at", "pk")[:MOST] if can_decide(user, row)]


def approvals_of(user: User) -> ApprovalQuerySet:
    """Those that somebody asked for or decided; an auditor's are all."""
    rows = approvals().order_by("-asked_at", "-pk")
    if user.has(Permission.AUDIT_VIEW):
        return rows
    return rows.filter(Q(asked_by=user) | Q(decided_by=user))


def asked_about(target: Model) -> ApprovalQuerySet:
    """Open requests of any kind for one record."""
    named = {"target_type": target._meta.label_lower, "target_id": str(target.pk)}
    return approvals().open().filter(**named)


def approval_for(user: User, pk: int) -> Approval | None:
    """None also for whom it does not concern."""
    found = approvals().filter(pk=pk).first()
    with looks.unshown():
        return found if found and can_see_approval(user, found) else None
