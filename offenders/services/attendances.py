"""Somebody comes to a station of their own will: no clock runs, and they may leave."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from core import audit
from core.concurrency import lock_for_edit
from core.models import User
from offenders.models import Nominal, VoluntaryAttendance
from offenders.policies.nominals import can_change_nominal
from offenders.services.custody import STAYS_NAMED
from offenders.validation import not_in_future

WHO_WAS_THERE = (
    "This is a child: name the appropriate adult who was there before you record what came of it "
    "(PACE Code C 11.15)."
)


@transaction.atomic
def record_attendance(*, by: User, nominal: Nominal, **facts: Any) -> VoluntaryAttendance:
    """Raises NotAllowed, ValidationError by field."""
    can_change_nominal(by, nominal).require()
    attendance = VoluntaryAttendance(nominal=nominal, **facts)
    attendance.full_clean()
    not_in_future(attended_at=attendance.attended_at)
    _fits_a_child(attendance)
    attendance.save(force_insert=True)
    audit.record(by=by, action=audit.Action.RECORD_CREATED, target=attendance)
    return attendance


@transaction.atomic
def amend_attendance(
    *, by: User, attendance: VoluntaryAttendance, version: int | None, **changes: Any
) -> VoluntaryAttendance:
    """What came of it, and who was there. Raises EditConflict, NotAllowed, ValidationError."""
    current = lock_for_edit(VoluntaryAttendance, attendance.pk, version=version)
    can_change_nominal(by, current.nominal).require()
    had_adult = not current.lacks_adult
    for name, value in changes.items():
        setattr(current, name, value)
    if had_adult and current.lacks_adult:
        raise ValidationError({"appropriate_adult": STAYS_NAMED})
    _fits_a_child(current)
    current.full_clean()
    current.save(update_fields=list(changes))
    detail = {"fields": sorted(changes)}
    audit.record(by=by, action=audit.Action.RECORD_CHANGED, target=current, detail=detail)
    return current


def _fits_a_child(attendance: VoluntaryAttendance) -> None:
    """That a child came may be noted at once; what came of it needs whoever was there with them."""
    if attendance.result.strip() and attendance.lacks_adult:
        raise ValidationError({"appropriate_adult": WHO_WAS_THERE})
