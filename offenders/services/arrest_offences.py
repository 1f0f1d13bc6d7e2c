"""What a person was arrested for, corrected afterwards: every revision is kept."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from core import audit
from core.models import User
from offenders.models import Arrest, ArrestOffence, Crime, Detention
from offenders.policies.custody import Refusal, can_stand
from offenders.policies.nominals import can_change_nominal
from offenders.selectors.custody import about, detentions, entries_of
from offenders.services.arrests import ArrestedFor, add_to_arrest


@transaction.atomic
def add_offence(*, by: User, arrest: Arrest, wanted: ArrestedFor) -> ArrestOffence:
    """Raises NotAllowed, ValidationError."""
    current = _locked(by, arrest)
    if not wanted.named:
        raise ValidationError({"title": "Say what the person was arrested for."})
    made = add_to_arrest(current, wanted)
    _log(by, current, added=made.title)
    return made


@transaction.atomic
def amend_offence(
    *, by: User, offence: ArrestOffence, title: str, mode: str, crime: Crime | None
) -> ArrestOffence:
    """Refused where the log of the detention could not stand with it. Raises NotAllowed too."""
    arrest = _locked(by, offence.arrest)
    current = arrest.offences.select_for_update().get(pk=offence.pk)
    was = current.title
    wanted = ArrestedFor(mode, crime, title=title)
    if crime and crime.cancelled_at is not None:
        raise ValidationError({"crime": f"The crime {crime.pk} is cancelled."})
    current.crime, current.title, current.mode = crime, wanted.named, mode
    if crime:
        current.offence = crime.offence
    current.full_clean()
    current.save()
    _stands(arrest)
    _log(by, arrest, was=was, became=current.title, mode=mode)
    return current


@transaction.atomic
def remove_offence(*, by: User, offence: ArrestOffence, reason: str) -> None:
    """For what the person was not arrested for; one offence always stays."""
    arrest = _locked(by, offence.arrest)
    current = arrest.offences.select_for_update().get(pk=offence.pk)
    if not reason.strip():
        raise ValidationError({"reason": "Say why it is taken out."})
    if arrest.offences.count() == 1:
        raise ValidationError("An arrest is for at least one offence: add the right one first.")
    title = current.title
    current.delete()
    _stands(arrest)
    _log(by, arrest, removed=title, reason=reason)


def _locked(by: User, arrest: Arrest) -> Arrest:
    rows = Arrest.objects.select_for_update(of=("self",)).select_related("nominal")
    current = rows.get(pk=arrest.pk)
    can_change_nominal(by, current.nominal).require()
    return current


def _stands(arrest: Arrest) -> None:
    """An extension or a warrant needs an indictable offence, also afterwards."""
    for detention in detentions().filter(arrest=arrest):
        decision = can_stand(entries_of(detention), about(detention))
        if decision.reason is Refusal.SUMMARY_ONLY:
            raise ValidationError(_why(detention), code=str(Refusal.SUMMARY_ONLY.value))


def _why(detention: Detention) -> str:
    return (
        f"The detention at {detention.station} was extended, which takes an indictable offence: "
        "one of them has to stay, or the extension is withdrawn first."
    )


def _log(by: User, arrest: Arrest, **detail: Any) -> None:
    audit.record(by=by, action=audit.Action.RECORD_CHANGED, target=arrest, detail=detail)
