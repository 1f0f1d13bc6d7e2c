from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from core import audit
from core.changes import announce
from core.concurrency import lock_for_edit
from core.models import User
from offenders.models import Crime, Outcome
from offenders.validation import in_force, not_in_future


@transaction.atomic
def record_outcome(*, by: User, crime: Crime, code: str, at: datetime) -> Outcome:
    """Adds a revision; which outcome is the live one follows from all of them."""
    current = lock_for_edit(Crime, crime.pk, version=None)
    outcome = Outcome(crime=current, code_id=code, outcome_at=at)
    _check(outcome)
    outcome.save(force_insert=True)
    audit.record(by=by, action=audit.Action.RECORD_CREATED, target=outcome)
    announce()
    return outcome


@transaction.atomic
def withdraw_outcome(*, by: User, outcome: Outcome, reason: str) -> Outcome:
    current = lock_for_edit(Outcome, outcome.pk, version=None)
    if current.cancelled_at is not None:
        raise ValidationError("This outcome is withdrawn already.")
    current.cancelled_at = timezone.now()
    current.save(update_fields=["cancelled_at"])
    detail = {"reason": reason}
    audit.record(by=by, action=audit.Action.RECORD_CANCELLED, target=current, detail=detail)
    announce()
    return current


def _check(outcome: Outcome) -> None:
    if outcome.crime.cancelled_at is not None:
        raise ValidationError("A cancelled crime takes no outcome.")
    outcome.full_clean()
    not_in_future(outcome_at=outcome.outcome_at)
    if outcome.outcome_at < outcome.crime.recorded_at:
        raise ValidationError({"outcome_at": "An outcome cannot be older than its crime."})
    in_force(outcome.code, outcome.outcome_at, field="code")
