"""Bail that a court gave, and what was put to the court for remand."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction

from core import audit
from core.access.decision import Decision
from core.concurrency import lock_for_edit
from core.dates import today
from core.models import User
from offenders.models import CourtBail, Disclosure, Nominal, RemandApplication
from offenders.models.remand import RemandResult
from offenders.policies.bail import Refusal, can_share
from offenders.policies.nominals import can_change_nominal
from offenders.services.custody import RefusedError

Record = TypeVar("Record", CourtBail, RemandApplication)


@transaction.atomic
def record_court_bail(*, by: User, nominal: Nominal, **facts: Any) -> CourtBail:
    """Raises NotAllowed, ValidationError."""
    can_change_nominal(by, nominal).require()
    bail = CourtBail(nominal=nominal, by=by, **facts)
    bail.full_clean()
    _not_later_than_today(granted_on=bail.granted_on)
    _of_one_person(bail)
    bail.save(force_insert=True)
    audit.record(by=by, action=audit.Action.RECORD_CREATED, target=bail)
    return bail


@transaction.atomic
def amend_court_bail(
    *, by: User, bail: CourtBail, version: int | None, **changes: Any
) -> CourtBail:
    """The next hearing, other conditions, the court's answer about a tag.

    Raises EditConflict, NotAllowed, ValidationError.
    """
    current = lock_for_edit(CourtBail, bail.pk, version=version)
    can_change_nominal(by, current.nominal).require()
    for name, value in changes.items():
        setattr(current, name, value)
    _of_one_person(current)
    return _changed(by, current, sorted(changes))


@transaction.atomic
def end_court_bail(
    *, by: User, bail: CourtBail, version: int | None, on: date, reason: str
) -> CourtBail:
    """Raises EditConflict, NotAllowed, ValidationError."""
    current = lock_for_edit(CourtBail, bail.pk, version=version)
    can_change_nominal(by, current.nominal).require()
    if current.ended_on is not None:
        raise ValidationError("This bail has ended already.")
    _not_later_than_today(ended_on=on)
    current.ended_on, current.ended_reason = on, reason
    return _changed(by, current, ["ended_on", "ended_reason"])


@transaction.atomic
def record_remand_application(*, by: User, nominal: Nominal, **facts: Any) -> RemandApplication:
    """Raises NotAllowed, ValidationError."""
    can_change_nominal(by, nominal).require()
    application = RemandApplication(nominal=nominal, by=by, **facts)
    application.full_clean()
    _not_later_than_today(applied_on=application.applied_on)
    _of_one_person(application)
    application.save(force_insert=True)
    audit.record(by=by, action=audit.Action.RECORD_CREATED, target=application)
    return application


@transaction.atomic
def record_result(
    *, by: User, application: RemandApplication, version: int | None, result: str, on: date,
    lessons: str = "", is_shareable: bool = False,
) -> RemandApplication:  # fmt: skip
    """What the court decided, and what others can learn from it.

    Raises EditConflict, NotAllowed, RefusedError, ValidationError.
    """
    current = lock_for_edit(RemandApplication, application.pk, version=version)
    can_change_nominal(by, current.nominal).require()
    if current.result:
        raise RefusedError(Decision(Refusal.HAS_RESULT))
    if result not in RemandResult.values:
        raise ValidationError({"result": "Choose what the court decided."})
    _not_later_than_today(on=on)
    current.result, current.result_on = result, on
    current.lessons, current.is_shareable = lessons, is_shareable
    return _changed(by, current, ["result", "result_on", "lessons", "is_shareable"])


@transaction.atomic
def share_application(
    *, by: User, application: RemandApplication, recipient: str, why: str, is_checked: bool
) -> Disclosure:
    """Raises NotAllowed, RefusedError, ValidationError. Every disclosure stands in the log."""
    current = RemandApplication.objects.select_for_update(of=("self",)).get(pk=application.pk)
    can_change_nominal(by, current.nominal).require()
    decision = can_share(is_shareable=current.is_shareable, is_checked=is_checked)
    if not decision:
        raise RefusedError(decision)
    disclosure = Disclosure(application=current, recipient=recipient, why=why, by=by)
    disclosure.full_clean()
    disclosure.save(force_insert=True)
    detail = {"application": current.pk, "to": recipient, "why": why}
    audit.record(
        by=by, action=audit.Action.NOMINAL_DISCLOSED, target=current.nominal, detail=detail
    )
    return disclosure


def _of_one_person(record: Record) -> None:
    if record.arrest and record.arrest.nominal_id != record.nominal_id:
        raise ValidationError({"arrest": "This is an arrest of somebody else."})


def _changed(by: User, record: Record, fields: list[str]) -> Record:
    record.full_clean()
    record.save()
    detail = {"fields": fields}
    audit.record(by=by, action=audit.Action.RECORD_CHANGED, target=record, detail=detail)
    return record


def _not_later_than_today(**days: date) -> None:
    for field, day in days.items():
        if day > today():
            raise ValidationError({field: "This day lies in the future."})
