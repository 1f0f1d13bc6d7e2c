"""May this be done to an operation, and if not, why not. Its life is in `models.operation`."""

from datetime import date

from django.db.models import TextChoices

from core.access.decision import ALLOWED, Decision, Reason
from core.access.permissions import Permission
from core.models import User
from operations.models import Operation, OperationVehicle


class Refusal(TextChoices):
    INSIDE_ITSELF = (
        "inside-itself",
        "This operation stands inside the one that you change: no operation can contain itself.",
    )
    BEFORE_START = "before-start", "An operation cannot end before it starts."
    FUTURE = "future", "This day lies in the future."
    SHARED = (
        "shared",
        "{operation} has this vehicle already. Say that the two operations share it.",
    )
    NOT_SHARED = "not-shared", "No other operation has this vehicle: it cannot be shared yet."
    SHARED_ELSEWHERE = (
        "shared-elsewhere",
        "Another operation shares this vehicle: its mark cannot be changed, and it stays here.",
    )
    NO_REASON = "no-reason", "Say why."


def can_change_operations(by: User) -> Decision:
    return ALLOWED if by.has(Permission.OPERATION_CHANGE) else Decision(Reason.PERMISSION)


def can_stand_in(operation: Operation, parent: Operation | None) -> Decision:
    """Not inside itself, and not inside what it contains. The database refuses it as well."""
    if parent is None or operation._state.adding:
        return ALLOWED
    inside = Operation.objects.family_of(operation).filter(pk=parent.pk).exists()
    return Decision(Refusal.INSIDE_ITSELF) if inside else ALLOWED


def can_step(operation: Operation, step: str, on: date, reason: str) -> Decision:
    if not reason.strip():
        return Decision(Refusal.NO_REASON)
    early = step == "closed" and on < operation.starts_on
    return Decision(Refusal.BEFORE_START) if early else ALLOWED


def can_share(elsewhere: OperationVehicle | None, *, is_shared: bool) -> Decision:
    """`elsewhere`: the entry of the same vehicle in another operation."""
    if elsewhere is None:
        return Decision(Refusal.NOT_SHARED) if is_shared else ALLOWED
    return ALLOWED if is_shared else Decision(Refusal.SHARED)
