"""One person asks, another decides, and what was asked for happens in the same transaction."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from core import audit
from core.approvals import kind_called, kind_or_none
from core.models import Approval, User
from core.policies import can_decide, can_withdraw

NOTHING: dict[str, Any] = {}


@transaction.atomic
def ask(
    *, by: User, kind: str, target: Model, reason: str, payload: dict[str, Any] = NOTHING
) -> Approval:
    """Raises NotAllowed, ValidationError. Of one kind and target one request waits at a time."""
    kind_called(kind).may_ask(by, target).require()
    approval = Approval(
        kind=kind,
        target_type=target._meta.label_lower,
        target_id=str(target.pk),
        payload=dict(payload),
        reason=reason.strip(),
        asked_by=by,
    )
    approval.full_clean()
    approval.save(force_insert=True)
    _record(by, approval, audit.Action.APPROVAL_ASKED, target, {"reason": approval.reason})
    return approval


@transaction.atomic
def approve(*, by: User, approval: Approval, note: str = "") -> Approval:
    """Raises NotAllowed, and whatever the work itself refuses: then the request stays open."""
    current = _decided(by, approval, note, is_approved=True)
    kind_called(current.kind).carry_out(by, current)
    return current


@transaction.atomic
def refuse(*, by: User, approval: Approval, note: str) -> Approval:
    """Raises NotAllowed, ValidationError: whoever asked is owed the reason."""
    if not note.strip():
        raise ValidationError({"note": "Write why you refuse."})
    current = _decided(by, approval, note, is_approved=False)
    kind_called(current.kind).on_refusal(by, current)
    return current


@transaction.atomic
def withdraw(*, by: User, approval: Approval) -> Approval:
    """Raises NotAllowed. For whoever asked, while nobody has decided."""
    current = _locked(approval)
    can_withdraw(by, current).require()
    current.withdrawn_at = timezone.now()
    current.save(update_fields=["withdrawn_at"])
    if kind := kind_or_none(current.kind):
        kind.on_refusal(by, current)
    _record(by, current, audit.Action.APPROVAL_WITHDRAWN, current.target)
    return current


def _locked(approval: Approval) -> Approval:
    return Approval.objects.select_for_update(of=("self",)).get(pk=approval.pk)


def _decided(by: User, approval: Approval, note: str, *, is_approved: bool) -> Approval:
    current = _locked(approval)
    can_decide(by, current).require()
    current.decided_by, current.decided_at = by, timezone.now()
    current.is_approved, current.note = is_approved, note.strip()
    current.full_clean()
    current.save()
    action = audit.Action.APPROVAL_GIVEN if is_approved else audit.Action.APPROVAL_REFUSED
    _record(by, current, action, current.target, {"note": current.note})
    return current


def _record(
    by: User,
    approval: Approval,
    action: audit.Action,
    target: Model | None,
    more: dict[str, Any] = NOTHING,
) -> None:
    """Under the target, so that the log of a record tells who asked what about it."""
    detail = {"approval": approval.pk, "kind": approval.kind, "asked_by": str(approval.asked_by)}
    audit.record(by=by, action=action, target=target or approval, detail=detail | more)
