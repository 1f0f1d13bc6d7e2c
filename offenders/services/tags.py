"""The life of a tag, a step at a time; each step is kept with its time, its reason and its author."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from core import audit
from core.access.decision import Decision
from core.changes import announce
from core.concurrency import lock_for_edit
from core.models import User
from offenders.models import Nominal, TagDeployment, TagStep, TagUnit
from offenders.models.tag import TAG, DeviceStatus, EndReason, TagState
from offenders.policies.nominals import can_change_nominal
from offenders.policies.tags import (
    Refusal,
    can_consent,
    can_end,
    can_fit,
    can_order,
    can_request,
    can_watch,
    can_withdraw,
)
from offenders.services.custody import RefusedError
from offenders.validation import from_the_minute

BOOKING = "Fitting booked"  # its day may lie after the steps that follow


def required(decision: Decision, field: str | None = None) -> None:
    if not decision:
        raise RefusedError(decision, field=field)


@transaction.atomic
def request_tag(
    *, by: User, nominal: Nominal, basis: str, why: str, at: datetime | None = None, **facts: Any
) -> TagDeployment:
    """Raises NotAllowed, RefusedError, ValidationError. The nominal then waits for a unit."""
    can_change_nominal(by, nominal).require()
    required(can_request(basis, facts.get("basis_note", "")), _field_of(basis))
    Nominal.objects.for_service().select_for_update(of=("self",)).get(pk=nominal.pk)
    facts = {"officer": by, "area": nominal.unit} | facts
    at = at or timezone.now()
    tag = TagDeployment(nominal=nominal, basis=basis, why=why, requested_at=at, **facts)
    tag.full_clean()
    _not_in_future(at, "requested_at")
    tag.save(force_insert=True)
    _keep(by, tag, f"Requested: {tag.get_basis_display().lower()}", at, why)
    audit.record(by=by, action=audit.Action.RECORD_CREATED, target=tag)
    return tag


def _field_of(basis: str) -> str:
    return "basis_note" if basis else "basis"


@transaction.atomic
def record_consent(*, by: User, tag: TagDeployment, at: datetime, note: str) -> TagDeployment:
    """`note`: how it was given, and who saw it. It may have been given before the request."""
    current = _locked(by, tag)
    required(can_consent(current))
    current.consented_at = at
    return _step(by, current, "consented to", at, title="Consent given", note=note, ordered=False)


@transaction.atomic
def record_order(*, by: User, tag: TagDeployment, at: datetime, note: str) -> TagDeployment:
    """A court, a probation service or a governor ordered it."""
    current = _locked(by, tag)
    required(can_order(current, note or current.basis_note), "note")
    current.ordered_at = at
    current.basis_note = note or current.basis_note
    return _step(by, current, "ordered", at, title="Ordered", note=note, ordered=False)


@transaction.atomic
def withdraw_consent(
    *, by: User, tag: TagDeployment, at: datetime, note: str = ""
) -> TagDeployment:
    """At any time, and never a breach. Before the fitting it closes the request; a tag that is worn
    is watched no longer and waits to be taken off."""
    current = _locked(by, tag)
    required(can_withdraw(current))
    at = _typed(current, at)
    current.withdrawn_at, current.end_reason = at, EndReason.WITHDRAWN
    title = "Consent withdrawn"
    if current.is_worn:
        if current.state == TagState.REMOVAL_DUE:
            return _save(by, current, title, at, note)
        return _step(by, current, "sent for removal", at, title=title, note=note)
    current.ended_at = at
    return _step(by, current, "closed", at, title=title, note=note)


@transaction.atomic
def book_fit(*, by: User, tag: TagDeployment, at: datetime, note: str = "") -> TagDeployment:
    """`at` is the appointment, and may lie in the future."""
    current = _locked(by, tag)
    current.state = TAG.after(current.state, "booked")
    current.fit_booked_for = at
    title = f"{BOOKING} for {timezone.localtime(at):%-d %b %Y %H:%M}"
    return _save(by, current, title, timezone.now(), note)


@transaction.atomic
def fit(
    *, by: User, tag: TagDeployment, device: TagUnit, at: datetime, note: str = ""
) -> TagDeployment:
    current = _locked(by, tag)
    TAG.after(current.state, "fitted")
    at = _typed(current, at)
    unit = TagUnit.objects.select_for_update().get(pk=device.pk)
    decision = can_fit(current, unit, at)
    required(decision, "device" if decision.reason is Refusal.NOT_IN_STOCK else None)
    current.device, current.fitted_at = unit, at
    done = _step(by, current, "fitted", at, title=f"Fitted: unit {unit}", note=note)
    _set_unit(unit, DeviceStatus.FITTED)
    return done


@transaction.atomic
def suspend(*, by: User, tag: TagDeployment, at: datetime, note: str) -> TagDeployment:
    """For a funeral, a holiday, a stay in hospital."""
    return _watched(by, tag, "suspended", at, title="Suspended", note=note)


@transaction.atomic
def report_fault(*, by: User, tag: TagDeployment, at: datetime, note: str) -> TagDeployment:
    return _watched(by, tag, "found faulty", at, title="Found faulty", note=note)


@transaction.atomic
def report_not_complied(*, by: User, tag: TagDeployment, at: datetime, note: str) -> TagDeployment:
    return _watched(by, tag, "found not complied with", at, title="Not complied with", note=note)


@transaction.atomic
def resume(*, by: User, tag: TagDeployment, at: datetime, note: str = "") -> TagDeployment:
    return _watched(by, tag, "resumed", at, title="Resumed", note=note)


@transaction.atomic
def ask_for_removal(*, by: User, tag: TagDeployment, at: datetime, note: str) -> TagDeployment:
    return _watched(by, tag, "sent for removal", at, title="To be removed", note=note)


@transaction.atomic
def remove(
    *,
    by: User,
    tag: TagDeployment,
    at: datetime,
    reason: str,
    unit_becomes: str = DeviceStatus.STOCK,
    note: str = "",
) -> TagDeployment:
    """Off the person: the unit goes back to stock, to repair, or is lost."""
    current = _locked(by, tag)
    required(can_end(current, reason), "reason")
    TAG.after(current.state, "removed")
    at = _typed(current, at)
    current.end_reason, current.ended_at = reason, at
    if current.fitted_at:
        current.days_worn = max(0, (at - current.fitted_at).days)
    title = f"Removed: {current.get_end_reason_display().lower()}"
    done = _step(by, current, "removed", at, title=title, note=note)
    if done.device_id:
        _set_unit(TagUnit.objects.select_for_update().get(pk=done.device_id), unit_becomes)
    return done


@transaction.atomic
def close_request(
    *, by: User, tag: TagDeployment, at: datetime, reason: str, note: str
) -> TagDeployment:
    """Nothing was fitted, and nothing will be."""
    current = _locked(by, tag)
    required(can_end(current, reason), "reason")
    at = _typed(current, at)
    current.end_reason, current.ended_at = reason, at
    title = f"Closed: {current.get_end_reason_display().lower()}"
    return _step(by, current, "closed", at, title=title, note=note)


def _locked(by: User, tag: TagDeployment) -> TagDeployment:
    current = lock_for_edit(TagDeployment, tag.pk, version=None)
    can_change_nominal(by, current.nominal).require()
    return current


def _watched(
    by: User, tag: TagDeployment, step: str, at: datetime, *, title: str, note: str
) -> TagDeployment:
    current = _locked(by, tag)
    TAG.after(current.state, step)
    at = _typed(current, at)
    required(can_watch(current, at))
    return _step(by, current, step, at, title=title, note=note)


def _step(
    by: User,
    tag: TagDeployment,
    step: str,
    at: datetime,
    *,
    title: str,
    note: str,
    ordered: bool = True,
) -> TagDeployment:
    """`ordered`: no step may be dated before those that are recorded."""
    tag.state = TAG.after(tag.state, step)
    _not_in_future(at, "at")
    if ordered and _steps(tag).filter(at__gt=at).exists():
        required(Decision(Refusal.OUT_OF_ORDER), "at")
    return _save(by, tag, title, at, note)


def _steps(tag: TagDeployment) -> QuerySet[TagStep]:
    return tag.steps.exclude(title__startswith=BOOKING)


def _typed(tag: TagDeployment, at: datetime) -> datetime:
    latest = _steps(tag).aggregate(latest=Max("at"))["latest"]
    return from_the_minute(at, latest)


def _save(by: User, tag: TagDeployment, title: str, at: datetime, note: str) -> TagDeployment:
    tag.full_clean()
    tag.save()
    _keep(by, tag, title, at, note)
    detail = {"step": title, "state": tag.state}
    audit.record(by=by, action=audit.Action.RECORD_CHANGED, target=tag, detail=detail)
    announce()
    return tag


def _keep(by: User, tag: TagDeployment, title: str, at: datetime, note: str) -> None:
    TagStep.objects.create(deployment=tag, title=title, at=at, note=note, by=by)


def _set_unit(unit: TagUnit, status: str) -> None:
    """Not by hand: the unit follows its wearing."""
    if status not in {*DeviceStatus.values}:
        raise ValidationError({"unit_becomes": "Say what becomes of the unit."})
    unit.status = status
    gone = status in {DeviceStatus.LOST, DeviceStatus.RETIRED}
    unit.until = timezone.localdate() if gone else None
    unit.save(update_fields=["status", "until"])


def _not_in_future(at: datetime, field: str) -> None:
    if at > timezone.now():
        raise RefusedError(Decision(Refusal.FUTURE), field=field)
