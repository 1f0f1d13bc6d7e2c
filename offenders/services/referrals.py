from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from core import audit
from core.changes import announce
from core.concurrency import lock_for_edit
from core.dates import today
from core.models import User
from offenders.models import Crime, HubReferral


@transaction.atomic
def record_referral(*, by: User, crime: Crime, referred_on: date) -> HubReferral:
    """A victim is referred to the Victim and Witness Hub once a crime."""
    current = lock_for_edit(Crime, crime.pk, version=None)
    if current.cancelled_at is not None:
        raise ValidationError("The victim of a cancelled crime is not referred.")
    referral = HubReferral(crime=current, referred_on=referred_on)
    referral.full_clean()
    if not localdate(current.recorded_at) <= referred_on <= today():
        raise ValidationError(
            {"referred_on": "The day lies between the day the crime was recorded and today."}
        )
    referral.save(force_insert=True)
    audit.record(by=by, action=audit.Action.RECORD_CREATED, target=referral)
    announce()
    return referral
