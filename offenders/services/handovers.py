"""From one officer to another: one nominal, or all that an officer leaves behind."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from core import audit
from core.concurrency import lock_for_edit
from core.models import User
from offenders.models import Handover, Nominal
from offenders.policies.cohorts import can_hand_over, can_hand_over_many, why_not_given_to
from offenders.services.cohorts import refuse


@dataclass(frozen=True)
class HandedOver:
    """What became of one nominal of several; `problem` is empty where it was handed over."""

    nominal: Nominal
    problem: str = ""


@transaction.atomic
def hand_over(
    *,
    by: User,
    nominal: Nominal,
    lead_officer: User,
    second_officer: User | None = None,
    reason: str,
    version: int | None = None,
) -> Handover:
    """Raises NotAllowed, EditConflict, ValidationError by field."""
    current = lock_for_edit(Nominal, nominal.pk, version=version)
    can_hand_over(by, current).require()
    before = current.lead_officer
    refuse(why_not_given_to(lead_officer, second_officer, before))
    if not reason.strip():
        raise ValidationError({"reason": "Say why the nominal is handed over."})
    current.lead_officer, current.second_officer = lead_officer, second_officer
    current.save(update_fields=["lead_officer", "second_officer"])
    made = Handover.objects.create(
        nominal=current,
        lead_before=before,
        lead=lead_officer,
        second=second_officer,
        reason=reason.strip(),
        by=by,
    )
    detail = {"handed over": f"{before} to {lead_officer}", "reason": reason}
    audit.record(by=by, action=audit.Action.RECORD_CHANGED, target=current, detail=detail)
    return made


def hand_over_many(
    *, by: User, nominals: Iterable[Nominal], lead_officer: User, reason: str
) -> list[HandedOver]:
    """Each by itself: one that cannot be handed over stops none of the others.

    A second officer who becomes the lead officer is second no longer; every other one stays.
    """
    can_hand_over_many(by).require()
    if not reason.strip():
        raise ValidationError({"reason": "Say why the nominals are handed over."})
    return [_handed(by, nominal, lead_officer, reason) for nominal in nominals]


def _handed(by: User, nominal: Nominal, lead: User, reason: str) -> HandedOver:
    second = nominal.second_officer
    kept = second if second and second.is_active and second != lead else None
    try:
        hand_over(by=by, nominal=nominal, lead_officer=lead, second_officer=kept, reason=reason)
    except ValidationError as refusal:
        return HandedOver(nominal, " ".join(refusal.messages))
    except PermissionDenied as refusal:
        return HandedOver(nominal, str(refusal))
    return HandedOver(nominal)
