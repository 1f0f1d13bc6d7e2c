"""What belongs to an operation, row by row: people, crimes, arrests, vehicles and the rest."""

import re
from typing import Any, TypeVar

from django.db import models, transaction

from core import audit
from core.access.decision import Decision
from core.changes import announce
from core.concurrency import lock_for_edit
from core.dates import today
from core.models import User
from operations.models import Operation, OperationNominal, OperationVehicle
from operations.policies.operations import Refusal, can_change_operations, can_share
from operations.services.refusals import RefusedError, required

P = TypeVar("P", bound=models.Model)
PAST = ("found_on", "recovered_on", "stolen_on", "since")  # days that cannot lie in the future


@transaction.atomic
def add_part(model: type[P], /, *, by: User, operation: Operation, **fields: Any) -> P:
    """Raises NotAllowed, RefusedError, ValidationError."""
    can_change_operations(by).require()
    is_shared = fields.pop("is_shared", False)
    part: Any = model(operation=operation, **fields)
    if isinstance(part, OperationVehicle):
        _link_vehicle(part, is_shared=is_shared)
    _check(part)
    part.save(force_insert=True)
    part.refresh_from_db()  # the database copies the days of arrests and convictions
    _log(by, part, added=part._meta.verbose_name)
    announce()
    return part  # type: ignore[no-any-return]  # it is a P


@transaction.atomic
def amend_part(part: P, /, *, by: User, version: int | None, **changes: Any) -> P:
    """Raises EditConflict, NotAllowed, RefusedError, ValidationError."""
    can_change_operations(by).require()
    current: Any = lock_for_edit(type(part), part.pk, version=version)
    is_shared = changes.pop("is_shared", False)
    before = getattr(current, "registration", None)
    for name, value in changes.items():
        setattr(current, name, value)
    fields = set(changes)
    if isinstance(current, OperationVehicle):
        _tidy(current)
        if current.registration != before:
            _is_free(current)
            _link_vehicle(current, is_shared=is_shared)
            fields.add("shared_from")
    _check(current)
    current.save(update_fields=fields)
    current.refresh_from_db()  # the database raised its version
    _log(by, current, changed=current._meta.verbose_name)
    announce()
    return current  # type: ignore[no-any-return]  # it is a P


@transaction.atomic
def remove_part(part: models.Model, *, by: User, reason: str) -> None:
    """For what was never true; what has ended gets its last day instead."""
    can_change_operations(by).require()
    current = lock_for_edit(type(part), part.pk, version=None)
    required(_said(reason), "reason")
    if isinstance(current, OperationVehicle):
        _is_free(current)
    _log(by, current, removed=current._meta.verbose_name, reason=reason)
    current.delete()
    announce()


def _said(reason: str) -> Decision:
    return Decision(None if reason.strip() else Refusal.NO_REASON)


def _link_vehicle(vehicle: OperationVehicle, *, is_shared: bool) -> None:
    """One vehicle has one first entry; every other operation that has it links to that."""
    _tidy(vehicle)
    others = OperationVehicle.objects.select_for_update(of=("self",)).select_related("operation")
    elsewhere = (
        others.filter(registration=vehicle.registration, shared_from__isnull=True)
        .exclude(operation=vehicle.operation)
        .first()
    )
    decision = can_share(elsewhere, is_shared=is_shared)
    field = "is_shared" if decision.reason is Refusal.NOT_SHARED else "registration"
    required(decision, field, operation=elsewhere and elsewhere.operation)
    vehicle.shared_from = elsewhere


def _tidy(vehicle: OperationVehicle) -> None:
    vehicle.registration = re.sub(r"\s", "", vehicle.registration).upper()


def _is_free(vehicle: OperationVehicle) -> None:
    if vehicle.shared.exists():
        required(Decision(Refusal.SHARED_ELSEWHERE))


def _check(part: models.Model) -> None:
    part.full_clean()
    for name in PAST:
        day = getattr(part, name, None)
        if day is not None and day > today():
            raise RefusedError(Decision(Refusal.FUTURE), field=name)


def _log(by: User, part: Any, **detail: Any) -> None:
    """Under the operation, without a name: whoever reads what was done to it may know no people."""
    said = {name: str(value) for name, value in detail.items()} | {"row": part.pk}
    if isinstance(part, OperationNominal):
        said["nominal"] = part.nominal_id
    audit.record(by=by, action=audit.Action.RECORD_CHANGED, target=part.operation, detail=said)
