"""Restrictions of a nominal, the people cleared for them, and those who are kept from a record."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from core import audit
from core.access.permissions import Permission
from core.models import Approval, User
from core.services.approvals import ask
from offenders.models import Exclusion, Nominal, Restriction, RestrictionClearance
from offenders.models.scope import forget_barred
from offenders.policies.restrictions import (
    can_approve_lifting,
    can_end_exclusion,
    can_exclude,
    can_lift,
    can_restrict,
)

LIFT = "lift-restriction"


@transaction.atomic
def restrict(
    *, by: User, nominal: Nominal, kind: str, reason: str, contact: str = ""
) -> Restriction:
    """Whoever imposes it is cleared for it, so that somebody is."""
    can_restrict(by).require()
    row = Restriction(nominal=nominal, kind=kind, contact=contact, reason=reason, imposed_by=by)
    row.full_clean()
    row.save(force_insert=True)
    RestrictionClearance.objects.create(restriction=row, user=by, by=by, reason="Imposed it.")
    _log(by, nominal, audit.Action.NOMINAL_RESTRICTED, kind=kind, reason=reason)
    return row


@transaction.atomic
def clear(*, by: User, restriction: Restriction, user: User, reason: str) -> RestrictionClearance:
    can_lift(by, restriction).require()
    row = RestrictionClearance(restriction=restriction, user=user, by=by, reason=reason)
    row.full_clean()
    row.save(force_insert=True)
    _log(by, restriction.nominal, audit.Action.NOMINAL_CLEARED, user=user.username, reason=reason)
    return row


@transaction.atomic
def end_clearance(*, by: User, clearance: RestrictionClearance) -> RestrictionClearance:
    """One cleared supervisor always stays: somebody has to be able to lift it."""
    restriction = Restriction.objects.select_for_update().get(pk=clearance.restriction_id)
    can_lift(by, restriction).require()
    others = RestrictionClearance.objects.live().filter(restriction=restriction)
    left = [row.user for row in others.exclude(pk=clearance.pk).select_related("user")]
    if not any(user.has(Permission.NOMINAL_SUPERVISE) for user in left):
        raise ValidationError("Clear another supervisor first: somebody has to look after it.")
    _end(by, clearance)
    user = clearance.user.username
    _log(by, restriction.nominal, audit.Action.NOMINAL_CLEARED, user=user, ended=True)
    return clearance


@transaction.atomic
def exclude(*, by: User, nominal: Nominal, user: User, reason: str) -> Exclusion:
    can_exclude(by, user).require()
    row = Exclusion(nominal=nominal, user=user, by=by, reason=reason)
    row.full_clean()
    row.save(force_insert=True)
    _log(by, nominal, audit.Action.NOMINAL_EXCLUDED, user=user.username, reason=reason)
    return row


@transaction.atomic
def end_exclusion(*, by: User, exclusion: Exclusion) -> Exclusion:
    can_end_exclusion(by, exclusion).require()
    _end(by, exclusion)
    user = exclusion.user.username
    _log(by, exclusion.nominal, audit.Action.NOMINAL_EXCLUDED, user=user, ended=True)
    return exclusion


def ask_to_lift(*, by: User, restriction: Restriction, reason: str) -> Approval:
    return ask(by=by, kind=LIFT, target=restriction, reason=reason)


@transaction.atomic
def lift_approved(*, by: User, approval: Approval) -> Restriction:
    """Carries out what the other person asked for."""
    can_approve_lifting(by, approval).require()
    row = Restriction.objects.select_for_update().get(pk=approval.target_id)
    row.lifted_at, row.lifted_why = timezone.now(), approval.reason
    row.lifted_by, row.lift_approved_by = approval.asked_by, by
    row.save(update_fields=["lifted_at", "lifted_why", "lifted_by", "lift_approved_by"])
    detail = {"asked_by": approval.asked_by.username, "reason": approval.reason}
    _log(by, row.nominal, audit.Action.RESTRICTION_LIFTED, **detail)
    return row


def _end(by: User, row: RestrictionClearance | Exclusion) -> None:
    if row.ended_at is not None:
        raise ValidationError("This was ended already.")
    row.ended_at, row.ended_by = timezone.now(), by
    row.save(update_fields=["ended_at", "ended_by"])


def _log(by: User, nominal: Nominal, action: audit.Action, **detail: Any) -> None:
    """What the same request reads then is read as things are now."""
    forget_barred()
    audit.record(by=by, action=action, target=nominal, detail=detail)
