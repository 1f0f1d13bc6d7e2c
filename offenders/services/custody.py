"""What happens in custody is logged by an officer; the clock follows from the log."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from core import audit
from core.access.decision import Decision
from core.changes import announce
from core.concurrency import lock_for_edit
from core.models import User
from offenders.custody.clock import Kind
from offenders.models import Arrest, CustodyEvent, Detention, Nominal
from offenders.models.detention import Result
from offenders.policies.custody import Refusal, State, can_log, can_withdraw, state_of
from offenders.policies.nominals import can_change_nominal
from offenders.selectors.custody import about, entries_of, entry_of
from offenders.services.arrests import ArrestedFor, record_arrest

CHARGES = {Result.CHARGED_BAILED, Result.CHARGED_REMANDED}
STAYS_NAMED = "This is a child: the appropriate adult is changed, not taken out."
LASTS = {Result.BAILED: Kind.BAILED}  # the person comes back; everything else releases


class RefusedError(ValidationError):
    """What the law or the log does not allow; `code` is the reason."""

    def __init__(self, decision: Decision, *, field: str | None = None) -> None:
        sentence = ValidationError(str(decision.reason.label), code=str(decision.reason.value))
        self.reason = decision.reason
        super().__init__({field: [sentence]} if field else sentence)


@dataclass(frozen=True)
class Admission:
    """Who is brought where. `authorised_at` is empty while the custody officer decides."""

    station: str
    arrived_at: datetime
    authorised_at: datetime | None = None
    entered_at: datetime | None = None  # England and Wales


@transaction.atomic
def bring_in(
    *,
    by: User,
    nominal: Nominal,
    offences: Iterable[ArrestedFor],
    into: Admission,
    appropriate_adult: str = "",
    **facts: Any,
) -> Detention:
    """An arrest and the detention after it, both or neither."""
    arrest = record_arrest(by=by, nominal=nominal, offences=offences, **facts)
    return begin_detention(by=by, arrest=arrest, into=into, appropriate_adult=appropriate_adult)


@transaction.atomic
def begin_detention(*, by: User, arrest: Arrest, into: Admission, **facts: Any) -> Detention:
    """Raises NotAllowed, RefusedError by the field of the time, ValidationError."""
    can_change_nominal(by, arrest.nominal).require()
    _one_at_a_time(arrest)
    return make_detention(by=by, arrest=arrest, into=into, **{"officer": by} | facts)


def make_detention(*, by: User | None, arrest: Arrest, into: Admission, **facts: Any) -> Detention:
    """As begin_detention, for a caller who has asked whether it may be."""
    detention = Detention(arrest=arrest, station=into.station, district=arrest.district, **facts)
    detention.full_clean()
    detention.save(force_insert=True)
    audit.record(by=by, action=audit.Action.RECORD_CREATED, target=detention)
    times = {
        Kind.ARRESTED: ("arrested_at", arrest.arrested_at),
        Kind.ENTERED: ("entered_at", into.entered_at),
        Kind.ARRIVED: ("arrived_at", into.arrived_at),
        Kind.AUTHORISED: ("authorised_at", into.authorised_at),
    }
    for kind, (field, at) in times.items():
        if at:
            log_event(by, detention, CustodyEvent(kind=kind, at=at), field=field)
    return detention


def _one_at_a_time(arrest: Arrest) -> None:
    Nominal.objects.for_service().select_for_update(of=("self",)).get(pk=arrest.nominal_id)
    held = Detention.objects.filter(arrest__nominal=arrest.nominal_id, ended_at__isnull=True)
    if held.exists():
        raise ValidationError("This nominal is in custody already.")
    if Detention.objects.filter(arrest=arrest).exists():
        raise ValidationError("The detention after this arrest is logged already.")


@transaction.atomic
def record_custody_event(
    *, by: User, detention: Detention, kind: Kind, at: datetime, **facts: Any
) -> CustodyEvent:
    """Raises NotAllowed, RefusedError. A return from bail opens the detention again."""
    if kind in {Kind.BAILED, Kind.RELEASED}:
        raise ValidationError("End the detention with its result.")
    current = _held(by, detention)
    event = log_event(by, current, CustodyEvent(kind=kind, at=at, **facts))
    if kind is Kind.RETURNED:
        _save_end(current, at=None, result="")
    return event


@transaction.atomic
def withdraw_event(*, by: User, event: CustodyEvent, reason: str) -> CustodyEvent:
    """A wrong entry stays readable and counts no longer. Raises NotAllowed, RefusedError."""
    detention = _held(by, event.detention)
    current = detention.entries.get(pk=event.pk)
    if current.withdrawn_at is not None:
        raise ValidationError("This entry is withdrawn already.")
    log = {row.pk: entry_of(row) for row in detention.standing}
    decision = can_withdraw(log[current.pk], list(log.values()), about(detention))
    if not decision:
        raise RefusedError(decision)
    current.withdrawn_at, current.withdrawn_reason = timezone.now(), reason
    current.full_clean()
    current.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    _follow(detention)
    detail = {"reason": reason, "detention": detention.pk}
    audit.record(by=by, action=audit.Action.RECORD_CANCELLED, target=current, detail=detail)
    return current


@transaction.atomic
def end_detention(
    *, by: User, detention: Detention, result: str, at: datetime, version: int | None
) -> Detention:
    """Raises EditConflict, NotAllowed, RefusedError. A charge is logged with the end, if it was not."""
    lock_for_edit(Detention, detention.pk, version=version)
    return finish_detention(by=by, detention=_held(by, detention), result=result, at=at)


def finish_detention(
    *, by: User | None, detention: Detention, result: str, at: datetime
) -> Detention:
    """As end_detention, for a caller who has asked whether it may be."""
    current = _locked(detention)
    is_charged = any(event.kind == Kind.CHARGED for event in current.standing)
    if result not in Result.values:
        raise ValidationError({"result": "Choose how the detention ended."})
    _fits(current, Result(result), is_charged)
    if result in CHARGES and not is_charged:
        log_event(by, current, CustodyEvent(kind=Kind.CHARGED, at=at))
        current = _locked(detention)
    kind = LASTS.get(Result(result), Kind.RELEASED)
    log_event(by, current, CustodyEvent(kind=kind, at=at))
    _save_end(_locked(detention), at=at, result=result)
    announce()
    return _locked(detention)


@transaction.atomic
def amend_detention(
    *, by: User, detention: Detention, version: int | None, **changes: Any
) -> Detention:
    """Who is in the case, and where. Raises EditConflict, NotAllowed, ValidationError."""
    lock_for_edit(Detention, detention.pk, version=version)
    current = _held(by, detention)
    had_adult = not current.lacks_adult
    for name, value in changes.items():
        setattr(current, name, value)
    if had_adult and current.lacks_adult:
        raise ValidationError({"appropriate_adult": STAYS_NAMED})
    current.full_clean()
    current.save(update_fields=list(changes))
    detail = {"fields": sorted(changes)}
    audit.record(by=by, action=audit.Action.RECORD_CHANGED, target=current, detail=detail)
    return current


def _fits(detention: Detention, result: Result, is_charged: bool) -> None:
    authorised = any(event.kind == Kind.AUTHORISED for event in detention.standing)
    refusals = (
        (result == Result.DISPOSED and detention.lacks_adult, str(Refusal.NO_ADULT.label)),
        (is_charged and result not in CHARGES, "The person is charged: the result is a charge."),
        (
            authorised and result == Result.REFUSED,
            "Detention was authorised, so it was not refused.",
        ),
        (
            not authorised and result not in {Result.REFUSED, Result.BAILED} | CHARGES,
            "Detention was not authorised: say so, or log the authorisation first.",
        ),
    )
    for fails, sentence in refusals:
        if fails:
            raise ValidationError({"result": sentence})


def _held(by: User, detention: Detention) -> Detention:
    """The detention under lock, of a nominal that this person may change."""
    current = _locked(detention)
    can_change_nominal(by, current.arrest.nominal).require()
    return current


def _locked(detention: Detention) -> Detention:
    rows = Detention.objects.select_for_update(of=("self",)).select_related("arrest__nominal")
    return rows.prefetch_related("entries", "arrest__offences").get(pk=detention.pk)


def log_event(
    by: User | None, detention: Detention, event: CustodyEvent, *, field: str | None = None
) -> CustodyEvent:
    event.detention, event.by = detention, by
    log = [] if detention.pk is None else entries_of(_locked(detention))
    decision = can_log(entry_of(event), log, about(detention), timezone.now())
    if not decision:
        raise RefusedError(decision, field=field)
    event.full_clean()
    event.save(force_insert=True)
    detail = {"detention": detention.pk, "kind": event.kind}
    audit.record(by=by, action=audit.Action.RECORD_CREATED, target=event, detail=detail)
    return event


def _save_end(detention: Detention, *, at: datetime | None, result: str) -> None:
    detention.ended_at, detention.result = at, result
    detention.hours_used = _hours(detention, at) if at else None
    detention.full_clean()
    detention.save(update_fields=["ended_at", "result", "hours_used"])
    announce()


def _follow(detention: Detention) -> None:
    """An end that was withdrawn opens the detention again; a return that was, closes it."""
    current = _locked(detention)
    state = state_of(entries_of(current))
    if current.ended_at and state not in {State.ENDED, State.ON_BAIL}:
        _save_end(current, at=None, result="")
    elif current.ended_at is None and state == State.ON_BAIL:
        left = max(event.at for event in current.standing if event.kind == Kind.BAILED)
        _save_end(current, at=left, result=Result.BAILED)
    elif current.ended_at:
        _save_end(current, at=current.ended_at, result=current.result)


def _hours(detention: Detention, at: datetime) -> int:
    """Whole hours that counted, half up."""
    return int((detention.clock.elapsed(at) + timedelta(minutes=30)) / timedelta(hours=1))
