"""An operation is recorded, changed, and taken a step through its life."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

from core import audit
from core.concurrency import lock_for_edit
from core.dates import today
from core.models import Unit, User
from operations.models import Operation, OperationArea, OperationStep
from operations.models.operation import OPERATION, OperationState
from operations.policies.operations import (
    Refusal,
    can_change_operations,
    can_stand_in,
    can_step,
)
from operations.services.refusals import required


@transaction.atomic
def record_operation(*, by: User, areas: list[Unit] | None = None, **facts: Any) -> Operation:
    """Raises NotAllowed, ValidationError."""
    can_change_operations(by).require()
    operation = Operation(**{"slug": slugify(facts.get("name", ""))[:60]} | facts)
    operation.full_clean()
    operation.save(force_insert=True)
    _set_areas(operation, areas or [])
    _keep(by, operation, "recorded", operation.starts_on, "")
    audit.record(by=by, action=audit.Action.RECORD_CREATED, target=operation)
    return operation


@transaction.atomic
def amend_operation(
    *,
    by: User,
    operation: Operation,
    version: int | None,
    areas: list[Unit] | None = None,
    **changes: Any,
) -> Operation:
    """Raises EditConflict, NotAllowed, RefusedError, ValidationError. `areas` None: as they are."""
    can_change_operations(by).require()
    current = lock_for_edit(Operation, operation.pk, version=version)
    if "parent" in changes:
        required(can_stand_in(current, changes["parent"]), "parent")
    for name, value in changes.items():
        setattr(current, name, value)
    current.full_clean()
    current.save(update_fields=list(changes))
    if areas is not None:
        _set_areas(current, areas)
    detail = {"fields": sorted(changes)}
    audit.record(by=by, action=audit.Action.RECORD_CHANGED, target=current, detail=detail)
    return current


@transaction.atomic
def take_step(
    *, by: User, operation: Operation, step: str, reason: str, on: date | None = None
) -> Operation:
    """Raises NotAllowed, StepError, RefusedError. Closing sets the last day; reopening takes it."""
    can_change_operations(by).require()
    current = lock_for_edit(Operation, operation.pk, version=None)
    on = on or today()
    current.state = OPERATION.after(current.state, step)
    required(can_step(current, step, on, reason), "on" if reason.strip() else "reason")
    if on > today():
        raise ValidationError({"on": str(Refusal.FUTURE.label)})
    if step == "started":
        current.starts_on = on
    if current.state == OperationState.CLOSED:
        current.ends_on = on
    elif step == "reopened":
        current.ends_on = None
    current.full_clean()
    current.save(update_fields=["state", "starts_on", "ends_on"])
    _keep(by, current, step, on, reason)
    detail = {"step": step, "reason": reason}
    audit.record(by=by, action=audit.Action.RECORD_CHANGED, target=current, detail=detail)
    return current


def _set_areas(operation: Operation, areas: list[Unit]) -> None:
    operation.area_links.exclude(unit__in=areas).delete()
    there = set(operation.area_links.values_list("unit_id", flat=True))
    OperationArea.objects.bulk_create(
        OperationArea(operation=operation, unit=unit) for unit in areas if unit.pk not in there
    )


def _keep(by: User, operation: Operation, step: str, on: date, reason: str) -> None:
    OperationStep.objects.create(
        operation=operation, step=step, state=operation.state, on=on, reason=reason, by=by
    )
