from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from core import audit
from core.changes import announce
from core.concurrency import lock_for_edit
from core.models import User
from offenders.models import Crime
from offenders.validation import in_force, not_in_future


@transaction.atomic
def record_crime(*, by: User, **fields: Any) -> Crime:
    """Raises ValidationError by field, also for a reference that is taken."""
    crime = Crime(**fields)
    _check(crime)
    crime.save(force_insert=True)
    audit.record(by=by, action=audit.Action.RECORD_CREATED, target=crime)
    announce()
    return crime


@transaction.atomic
def amend_crime(*, by: User, crime: Crime, version: int | None, **changes: Any) -> Crime:
    """Raises EditConflict when somebody else changed it since `version` was shown."""
    current = lock_for_edit(Crime, crime.pk, version=version)
    for name, value in changes.items():
        setattr(current, name, value)
    _check(current)
    current.save(update_fields=list(changes))
    detail = {"fields": sorted(changes)}
    audit.record(by=by, action=audit.Action.RECORD_CHANGED, target=current, detail=detail)
    announce()
    return current


@transaction.atomic
def cancel_crime(*, by: User, crime: Crime, at: datetime, reason: str) -> Crime:
    """The crime leaves every figure; it and its outcomes stay. Refuses a second cancellation."""
    current = lock_for_edit(Crime, crime.pk, version=None)
    if current.cancelled_at is not None:
        raise ValidationError("This crime is cancelled already.")
    not_in_future(cancelled_at=at)
    current.cancelled_at = at
    current.full_clean()
    current.save(update_fields=["cancelled_at"])
    detail = {"reason": reason}
    audit.record(by=by, action=audit.Action.RECORD_CANCELLED, target=current, detail=detail)
    announce()
    return current


@transaction.atomic
def reinstate_crime(*, by: User, crime: Crime, reason: str) -> Crime:
    """Takes a cancellation back: the crime counts again. Refuses a crime that is not cancelled."""
    current = lock_for_edit(Crime, crime.pk, version=None)
    if current.cancelled_at is None:
        raise ValidationError("This crime is not cancelled.")
    current.cancelled_at = None
    current.save(update_fields=["cancelled_at"])
    detail = {"fields": ["cancelled_at"], "reason": reason}
    audit.record(by=by, action=audit.Action.RECORD_CHANGED, target=current, detail=detail)
    announce()
    return current


def _check(crime: Crime) -> None:
    crime.full_clean()
    not_in_future(recorded_at=crime.recorded_at)
    in_force(crime.offence, crime.recorded_at, field="offence")
