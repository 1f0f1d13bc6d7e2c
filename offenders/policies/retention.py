"""Who may review the record of a person, dispose of it, hold it; and why not now."""

from datetime import date

from django.db.models import TextChoices

from core.access.decision import ALLOWED, Decision, Reason
from core.access.permissions import Permission
from core.models import User
from offenders.models import Nominal, RetentionHold, RetentionReview
from offenders.retention.periods import Due, years_after


class Refusal(TextChoices):
    NOT_YET = "not-yet", "The period of this record has not passed: it cannot be disposed of yet."
    HELD = "held", "A hold is on this nominal: nothing of them may be disposed of."
    NOT_SHOWN = "not-shown", "You may not see whom this is about: somebody who may decides."
    OWN_PROPOSAL = "own-proposal", "You proposed this. Another person decides."
    NOT_OPEN = "not-open", "This review is closed."
    NOT_DUE = "not-due", "A review of this nominal is open already."
    MERGED = "merged", "This nominal was merged into another: review the other one."
    LIFTED = "lifted", "This hold is lifted already."
    NEXT_PAST = "next-past", "The next review has to lie in the future."
    NEXT_FAR = "next-far", "The next review cannot lie further ahead than the period of the group."
    ANSWERS = "answers", "Answer each of the four questions."


def can_review(by: User) -> Decision:
    return ALLOWED if by.has(Permission.NOMINAL_REVIEW) else Decision(Reason.PERMISSION)


def can_open_review(by: User, nominal: Nominal) -> Decision:
    """Before it is due, too: somebody may ask for it."""
    if not can_review(by):
        return can_review(by)
    return Decision(Refusal.MERGED) if nominal.merged_into_id else ALLOWED


def can_retain(by: User, *, next_on: date, years: int, today: date) -> Decision:
    if not can_review(by):
        return can_review(by)
    if next_on <= today:
        return Decision(Refusal.NEXT_PAST)
    return Decision(Refusal.NEXT_FAR) if next_on > years_after(today, years) else ALLOWED


def can_dispose(by: User, due: Due, *, is_held: bool, today: date) -> Decision:
    """Whether it may be proposed, approved and carried out: asked each time."""
    if not can_review(by):
        return can_review(by)
    if is_held:
        return Decision(Refusal.HELD)
    return Decision(Refusal.NOT_YET) if due.may_dispose_on > today else ALLOWED


def can_decide(by: User, review: RetentionReview) -> Decision:
    if not can_review(by):
        return can_review(by)
    return Decision(Refusal.OWN_PROPOSAL) if by.pk == review.proposed_by_id else ALLOWED


def can_hold(by: User) -> Decision:
    return ALLOWED if by.has(Permission.NOMINAL_SUPERVISE) else Decision(Reason.PERMISSION)


def can_lift(by: User, hold: RetentionHold) -> Decision:
    if not can_hold(by):
        return can_hold(by)
    return ALLOWED if hold.is_live else Decision(Refusal.LIFTED)
