"""Who may raise, take on, hand on and close an action. Which step follows which: `models.action`."""

from django.db.models import TextChoices

from core.access.decision import ALLOWED, Decision, Reason
from core.access.permissions import Permission
from core.models import User
from operations.models import Action


class Refusal(TextChoices):
    NOT_YOURS = "not-yours", "Only its owner takes an action on, and only its owner closes it."
    NOT_TO_HAND_ON = (
        "not-to-hand-on",
        "Only the owner, whoever raised it or a supervisor hands an action on or cancels it.",
    )
    NO_WORKER = "no-worker", "This person does not work on actions: choose somebody else."
    NO_NOMINALS = (
        "no-nominals",
        "This person may not see nominals: give them an action about a place instead.",
    )
    SAME_OWNER = "same-owner", "This person owns the action already."
    DUE_TOO_EARLY = "due-too-early", "An action cannot be due before it was raised."
    NO_RESULT = "no-result", "Say what came of it: an action is not closed without its result."
    NO_REASON = "no-reason", "Give the reason."


def can_raise(by: User, *, about_a_nominal: bool = False) -> Decision:
    may = by.has(Permission.ACTION_CHANGE)
    if about_a_nominal:
        may = may and by.has(Permission.NOMINAL_VIEW)
    return ALLOWED if may else Decision(Reason.PERMISSION)


def can_own(owner: User, *, about_a_record: bool) -> Decision:
    """`about_a_record`: about a nominal, a crime or an incident, which ISD staff never see."""
    if not owner.is_active or not owner.has(Permission.ACTION_CHANGE):
        return Decision(Refusal.NO_WORKER)
    seen = not about_a_record or owner.has(Permission.NOMINAL_VIEW)
    return ALLOWED if seen else Decision(Refusal.NO_NOMINALS)


def can_work(by: User, action: Action) -> Decision:
    """Take it on, and say what came of it."""
    if not by.has(Permission.ACTION_CHANGE):
        return Decision(Reason.PERMISSION)
    return ALLOWED if by.pk == action.owner_id else Decision(Refusal.NOT_YOURS)


def can_hand_on(by: User, action: Action) -> Decision:
    """Give it to another, or cancel it."""
    if not by.has(Permission.ACTION_CHANGE):
        return Decision(Reason.PERMISSION)
    theirs = by.pk in {action.owner_id, action.raised_by_id}
    may = theirs or by.has(Permission.ACTION_SUPERVISE)
    return ALLOWED if may else Decision(Refusal.NOT_TO_HAND_ON)
