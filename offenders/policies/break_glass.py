"""Who may open a closed record in an emergency, and who says afterwards whether that was right."""

from django.db.models import TextChoices

from core.access.decision import ALLOWED, Decision, Reason
from core.access.permissions import Permission
from core.models import User
from offenders.models import BreakGlass


class Refusal(TextChoices):
    OWN = "own", "Somebody other than who opened the record reviews it."
    REVIEWED = "reviewed", "This was reviewed already."
    OPEN = "open", "The record is still open: review it when the hour is over."
    OVER = "over", "This is over already."


def can_break_glass(by: User) -> Decision:
    return ALLOWED if by.has(Permission.NOMINAL_SUPERVISE) else Decision(Reason.PERMISSION)


def can_end(by: User, glass: BreakGlass) -> Decision:
    if by.pk != glass.by_id:
        return Decision(Reason.NOT_YOURS)
    return ALLOWED if glass.is_open else Decision(Refusal.OVER)


def can_review(by: User, glass: BreakGlass) -> Decision:
    """Another supervisor, or an auditor; once."""
    if not (by.has(Permission.NOMINAL_SUPERVISE) or by.has(Permission.AUDIT_VIEW)):
        return Decision(Reason.PERMISSION)
    if by.pk == glass.by_id:
        return Decision(Refusal.OWN)
    if glass.reviewed_at:
        return Decision(Refusal.REVIEWED)
    return Decision(Refusal.OPEN) if glass.is_open else ALLOWED
