"""What core itself lets a second person decide."""

from typing import Any

from core.access.decision import ALLOWED, Decision, Reason
from core.access.permissions import Permission
from core.access.roles import BY_SLUG
from core.approvals import register
from core.models import Approval, User
from core.policies import can_change_account
from core.services.people import GRANT, grant_approved


def may_ask_grant(by: User, target: Any) -> Decision:
    return can_change_account(by, target)


def may_decide_grant(by: User, approval: Approval) -> Decision:
    """Another administrator, and never who would get the role."""
    if not by.has(Permission.USER_MANAGE):
        return Decision(Reason.PERMISSION)
    return Decision(Reason.OWN_ACCOUNT) if approval.target_id == str(by.pk) else ALLOWED


def about_grant(approval: Approval) -> str:
    roles = [BY_SLUG[slug].name for slug in approval.payload["roles"] if slug in BY_SLUG]
    return f"{' and '.join(roles)} for {approval.payload['name']}"


register(
    GRANT,
    name="Grant of a powerful role",
    may_ask=may_ask_grant,
    may_decide=may_decide_grant,
    carry_out=grant_approved,
    about=about_grant,
)
