"""Arrests that come from another system, with the detention after them, once they are over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from core import audit
from core.changes import announce
from core.imports.kinds import Change
from core.models import User
from offenders.custody.clock import Kind
from offenders.models import Arrest, ArrestOffence, CustodyEvent, Detention, Nominal
from offenders.policies.custody import Refusal
from offenders.services.arrests import ArrestedFor, add_to_arrest, make_arrest
from offenders.services.custody import (
    CHARGES,
    Admission,
    RefusedError,
    finish_detention,
    log_event,
    make_detention,
)

NO_ADULT = "is missing. This is a child: write who the appropriate adult was (PACE Code C 3.15)."
ENDED_OTHERWISE = (
    "The detention after this arrest is logged with another {what}. Correct it on its page, or in the "
    "file."
)
SOMEBODY_ELSE = "is the arrest of somebody else, or at another time. A reference is for one arrest."


@dataclass(frozen=True)
class PastDetention:
    into: Admission
    ended_at: datetime
    result: str
    charged_at: datetime | None = None
    custody_number: str = ""
    appropriate_adult: str = ""

    @property
    def facts(self) -> dict[str, str]:
        return {
            "station": self.into.station,
            "custody_number": self.custody_number,
            "appropriate_adult": self.appropriate_adult,
        }


@transaction.atomic
def take_in_arrest(
    *,
    by: User | None,
    ref: str,
    nominal: Nominal,
    arrested_at: datetime,
    offences: Iterable[ArrestedFor],
    held: PastDetention | None,
    **facts: Any,
) -> Change:
    """By its reference; one that was logged here without, of this person at this time, takes it.

    `by` None is a command on the server. Raises ValidationError by column.
    """
    known = _known(ref, nominal, arrested_at)
    if known is None:
        arrest = make_arrest(
            by=by, nominal=nominal, offences=offences, ref=ref, arrested_at=arrested_at, **facts
        )
        if held:
            _hold(by, arrest, held)
        return Change.CREATED
    if (known.nominal_id, known.arrested_at) != (nominal.pk, arrested_at):
        raise ValidationError({"arrest_ref": SOMEBODY_ELSE})
    changed = [
        _amend(known, {"ref": ref, **facts}),
        _add_missing(known, offences),
        _hold_or_compare(by, known, held),
    ]
    if not any(changed):
        return Change.UNCHANGED
    audit.record(by=by, action=audit.Action.RECORD_CHANGED, target=known, detail={"imported": ref})
    announce()
    return Change.UPDATED


def _known(ref: str, nominal: Nominal, arrested_at: datetime) -> Arrest | None:
    rows = Arrest.objects.select_for_update(of=("self",))
    same = rows.filter(ref=ref).first()
    return same or rows.filter(ref="", nominal=nominal, arrested_at=arrested_at).first()


def _amend(record: Arrest | Detention, facts: dict[str, Any]) -> bool:
    changed = [name for name, value in facts.items() if getattr(record, name) != value]
    for name in changed:
        setattr(record, name, facts[name])
    if changed:
        record.full_clean()
        record.save(update_fields=changed)
    return bool(changed)


def _add_missing(arrest: Arrest, offences: Iterable[ArrestedFor]) -> bool:
    """Nothing is taken out by a file, and nothing is put back that was taken out or renamed."""
    once = ArrestOffence.pgh_event_model.objects.filter(arrest=arrest)  # type: ignore[attr-defined]  # by the decorator
    known = [
        *arrest.offences.values_list("crime_id", "title"),
        *once.values_list("crime_id", "title"),
    ]
    crimes = {crime for crime, _ in known}
    titles = {title.casefold() for _, title in known}
    missing = [
        wanted
        for wanted in offences
        if (
            wanted.crime.pk not in crimes if wanted.crime else wanted.named.casefold() not in titles
        )
    ]
    for wanted in missing:
        add_to_arrest(arrest, wanted)
    return bool(missing)


def _hold_or_compare(by: User | None, arrest: Arrest, held: PastDetention | None) -> bool:
    there = Detention.objects.select_for_update(of=("self",)).filter(arrest=arrest).first()
    if held is None:
        return False
    if there is None:
        _hold(by, arrest, held)
        return True
    for what, mine, theirs in (
        ("end", there.ended_at, held.ended_at),
        ("result", there.result, held.result),
    ):
        if mine != theirs:
            column = "ended_at" if what == "end" else what
            raise ValidationError({column: ENDED_OTHERWISE.format(what=what)})
    said = {name: value for name, value in held.facts.items() if value}
    return _amend(there, said)


def _hold(by: User | None, arrest: Arrest, held: PastDetention) -> None:
    """The log as it would stand today, each entry judged as it is at the desk.

    That somebody is in custody at this moment is no reason against having been held before.
    """
    if held.ended_at > timezone.now():
        raise ValidationError({"ended_at": "is in the future. Correct the time."})
    facts = {**held.facts, "officer": arrest.arresting_officer}
    del facts["station"]
    detention = make_detention(by=by, arrest=arrest, into=held.into, **facts)
    with _beside("charged_at"):
        if held.charged_at and held.result in CHARGES:
            log_event(by, detention, CustodyEvent(kind=Kind.CHARGED, at=held.charged_at))
    with _beside("ended_at"):
        finish_detention(by=by, detention=detention, result=held.result, at=held.ended_at)


@contextmanager
def _beside(column: str) -> Iterator[None]:
    """A refusal of the log names the column of the file that it is about."""
    try:
        yield
    except RefusedError as refusal:
        if refusal.reason is Refusal.NO_ADULT:
            raise ValidationError({"appropriate_adult": NO_ADULT}) from refusal
        raise ValidationError({column: refusal.messages}) from refusal
