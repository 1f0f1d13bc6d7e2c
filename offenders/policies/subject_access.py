"""Who answers a request for one's own data, and when an answer may leave."""

from datetime import date

from django.db.models import TextChoices

from core.access.decision import ALLOWED, Decision, Reason
from core.access.permissions import Permission
from core.models import User
from offenders.models import Nominal, SubjectAccess


class Refusal(TextChoices):
    MERGED = "merged", "This nominal was merged into another: open the request there."
    FUTURE = "future", "A request cannot be received in the future."
    CLOSED = "closed", "This request is closed."
    NOT_IN_HAND = "not-in-hand", "Say first how the person proved who they are."
    WAITING = "waiting", "Decide first about every entry that asks for it."
    GONE = "gone", "The file of this answer has expired, or was never made."


def can_answer_requests(by: User) -> Decision:
    return ALLOWED if by.has(Permission.NOMINAL_DISCLOSE) else Decision(Reason.PERMISSION)


def can_open_case(by: User, nominal: Nominal, received_on: date, today: date) -> Decision:
    if not can_answer_requests(by):
        return can_answer_requests(by)
    if nominal.merged_into_id is not None:
        return Decision(Refusal.MERGED)
    return Decision(Refusal.FUTURE) if received_on > today else ALLOWED


def can_decide_item(by: User, case: SubjectAccess) -> Decision:
    if not can_answer_requests(by):
        return can_answer_requests(by)
    return ALLOWED if case.is_open else Decision(Refusal.CLOSED)


def can_answer(by: User, case: SubjectAccess, waiting: int) -> Decision:
    if not can_decide_item(by, case):
        return can_decide_item(by, case)
    if case.state == "received":
        return Decision(Refusal.NOT_IN_HAND)
    return Decision(Refusal.WAITING) if waiting else ALLOWED


def can_read_file(by: User, case: SubjectAccess) -> Decision:
    if not can_answer_requests(by):
        return can_answer_requests(by)
    return ALLOWED if case.has_file else Decision(Refusal.GONE)
