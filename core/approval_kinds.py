"""What core itself lets a second person decide."""

from typing import Any

from core.access.decision import ALLOWED, Decision, Reason
from core.access.permissions import Permission
from core.access.roles import BY_SLUG
from core.approvals import register
from core.exports.kinds import export_kind
from core.models import Approval, User
from core.policies import can_change_account, can_export
from core.services.exports import LARGE, drop_export, make_approved_export
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


def may_decide_export(by: User, approval: Approval) -> Decision:
    """Somebody who could take the same rows away."""
    return can_export(by, export_kind(approval.payload["export"]))


def about_export(approval: Approval) -> str:
    return f"{export_kind(approval.payload['export']).title}: {approval.payload['people']:,} people"


def details_of_export(approval: Approval) -> list[tuple[str, str]]:
    return [("Filter", approval.payload["query"] or "None: the whole list")]


register(
    LARGE,
    name="Export of many people",
    may_decide=may_decide_export,
    carry_out=make_approved_export,
    on_refusal=drop_export,
    about=about_export,
    details=details_of_export,
)
