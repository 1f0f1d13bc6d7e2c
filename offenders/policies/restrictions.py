"""Who restricts records, clears people for them, and keeps people from them."""

from django.db.models import TextChoices

from core.access.decision import ALLOWED, Decision, Reason
from core.access.permissions import Permission
from core.models import Approval, User
from offenders.models import Exclusion, Restriction, RestrictionClearance


class Refusal(TextChoices):
    NOT_CLEARED = "not-cleared", "Only a supervisor who is cleared for this record decides on it."
    OWN = (
        "own",
        "Ask another supervisor: nobody keeps themselves from a record, nor lets themselves back.",
    )
    LIFTED = "lifted", "This restriction was lifted already."


def can_restrict(by: User) -> Decision:
    return ALLOWED if by.has(Permission.NOMINAL_SUPERVISE) else Decision(Reason.PERMISSION)


def can_exclude(by: User, user: User) -> Decision:
    allowed = can_restrict(by)
    return Decision(Refusal.OWN) if allowed and user == by else allowed


def can_end_exclusion(by: User, row: Exclusion) -> Decision:
    return can_exclude(by, row.user)


def can_lift(by: User, restriction: Restriction) -> Decision:
    """To ask for it, and to approve it: two people who know the record."""
    if not by.has(Permission.NOMINAL_SUPERVISE):
        return Decision(Reason.PERMISSION)
    if restriction.lifted_at is not None:
        return Decision(Refusal.LIFTED)
    rows = RestrictionClearance.objects.live().filter(restriction=restriction, user=by)
    kept_from = Exclusion.objects.live().filter(nominal=restriction.nominal_id, user=by)
    return ALLOWED if rows.exists() and not kept_from.exists() else Decision(Refusal.NOT_CLEARED)


def can_approve_lifting(by: User, approval: Approval) -> Decision:
    restriction = approval.target
    if not isinstance(restriction, Restriction):
        return Decision(Refusal.LIFTED)
    return can_lift(by, restriction)
