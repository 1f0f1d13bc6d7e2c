"""What needs a second person in this app."""

from django.urls import reverse

from core.access.decision import Decision
from core.approvals import register
from core.models import Approval, User
from offenders.models import Restriction
from offenders.policies.restrictions import can_approve_lifting, can_lift
from offenders.services.restrictions import LIFT, lift_approved


def _may_ask(by: User, restriction: Restriction) -> Decision:
    return can_lift(by, restriction)


def _about(approval: Approval) -> str:
    return f"Restriction {approval.target_id}"


def _url(approval: Approval) -> str:
    row = approval.target
    if not isinstance(row, Restriction):
        return ""
    return reverse("offenders:nominal-access", args=[row.nominal_id])


register(
    LIFT,
    name="Lift a restriction",
    may_ask=_may_ask,
    may_decide=can_approve_lifting,
    carry_out=lambda by, approval: lift_approved(by=by, approval=approval),
    about=_about,
    url=_url,
)
