from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from core import audit
from core.changes import announce
from core.concurrency import lock_for_edit
from core.models import User
from offenders.models import (
    Arrest,
    ArrestOffence,
    Crime,
    Nominal,
    OffenceCode,
    TrialMode,
)
from offenders.policies.nominals import can_change_nominal
from offenders.validation import not_in_future


@dataclass(frozen=True)
class ArrestedFor:
    """`title` may stay empty where a crime or a class of offences names it."""

    mode: str
    crime: Crime | None = None
    offence: OffenceCode | None = None
    title: str = ""

    @property
    def named(self) -> str:
        offence = self.offence or (self.crime.offence if self.crime else None)
        return self.title.strip() or (offence.title if offence else "")


@transaction.atomic
def record_arrest(
    *, by: User, nominal: Nominal, offences: Iterable[ArrestedFor], **facts: Any
) -> Arrest:
    """Raises NotAllowed, ValidationError."""
    can_change_nominal(by, nominal).require()
    return make_arrest(by=by, nominal=nominal, offences=offences, **facts)


def make_arrest(
    *, by: User | None, nominal: Nominal, offences: Iterable[ArrestedFor], **facts: Any
) -> Arrest:
    """As record_arrest, for a caller who has asked whether it may be."""
    arrest = Arrest(nominal=nominal, **facts)
    arrest.full_clean()
    not_in_future(arrested_at=arrest.arrested_at)
    wanted = list(offences)
    if not wanted:
        raise ValidationError({"offence": "Say what the person was arrested for."})
    arrest.save(force_insert=True)
    for offence in wanted:
        add_to_arrest(arrest, offence)
    audit.record(by=by, action=audit.Action.RECORD_CREATED, target=arrest)
    announce()
    return arrest


def add_to_arrest(arrest: Arrest, wanted: ArrestedFor) -> ArrestOffence:
    crime = wanted.crime
    if crime and crime.cancelled_at is not None:
        raise ValidationError({"crimes": f"The crime {crime.pk} is cancelled."})
    offence = ArrestOffence(
        arrest=arrest,
        crime=crime,
        offence=wanted.offence or (crime.offence if crime else None),
        title=wanted.named,
        mode=wanted.mode,
    )
    offence.full_clean()
    offence.save(force_insert=True)
    return offence


@transaction.atomic
def amend_arrest(*, by: User, arrest: Arrest, version: int | None, **changes: Any) -> Arrest:
    """What was misheard at the roadside. Raises EditConflict, NotAllowed, ValidationError."""
    current = lock_for_edit(Arrest, arrest.pk, version=version)
    can_change_nominal(by, current.nominal).require()
    for name, value in changes.items():
        setattr(current, name, value)
    current.full_clean()
    current.save(update_fields=list(changes))
    detail = {"fields": sorted(changes)}
    audit.record(by=by, action=audit.Action.RECORD_CHANGED, target=current, detail=detail)
    announce()
    return current


def usual_mode(crime: Crime) -> str:
    """How most offences of the class are tried; the officer may say otherwise."""
    return TrialMode.SUMMARY if crime.offence_id in SUMMARY_ONLY else TrialMode.EITHER


SUMMARY_ONLY = {"126"}  # interfering with a motor vehicle (Criminal Attempts Act 1981 s.9)
