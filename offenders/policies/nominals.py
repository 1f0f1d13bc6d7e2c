"""What may be done to a nominal, and by whom."""

from django.db.models import TextChoices

from core.access.decision import ALLOWED, Decision, Reason
from core.access.permissions import Permission
from core.models import User
from offenders.models import Nominal


class Refusal(TextChoices):
    MERGED = "merged", "This nominal was merged into another. Change the other one."
    OFFICER_LEFT = "officer-left", "This officer has left. Choose somebody who is here."
    NOT_AN_OFFICER = "not-an-officer", "Only an officer or a supervisor may be given nominals."


def can_change_nominal(by: User, nominal: Nominal | None = None) -> Decision:
    """`nominal` None: somebody who is not recorded yet."""
    if not by.has(Permission.NOMINAL_CHANGE):
        return Decision(Reason.PERMISSION)
    merged = nominal is not None and nominal.merged_into_id is not None
    return Decision(Refusal.MERGED) if merged else ALLOWED


def can_merge_nominals(by: User) -> Decision:
    return ALLOWED if by.has(Permission.NOMINAL_SUPERVISE) else Decision(Reason.PERMISSION)


def why_not_led_by(lead: User) -> Refusal | None:
    if not lead.is_active:
        return Refusal.OFFICER_LEFT
    return None if lead.has(Permission.NOMINAL_CHANGE) else Refusal.NOT_AN_OFFICER
