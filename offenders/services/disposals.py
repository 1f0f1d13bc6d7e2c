"""Disposals: offered, accepted, run, completed or breached. The crimes get their outcome here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.timezone import localdate

from core import audit
from core.access.decision import Decision
from core.changes import announce
from core.models import User
from offenders.models import Condition, Crime, Disposal, DisposalCrime, Nominal
from offenders.models.disposal import (
    CONDITION_LIFE,
    DISPOSAL_LIFE,
    LIVE,
    OutcomeWhen,
    State,
    Tier,
)
from offenders.policies.disposals import (
    FIELD_OF,
    Offer,
    Refusal,
    can_accept,
    can_complete,
    can_decide_breach,
    missing,
)
from offenders.policies.nominals import can_change_nominal
from offenders.services.outcomes import record_outcome, withdraw_outcome
from offenders.validation import not_in_future


class RefusedError(ValidationError):
    """What the configuration or the law does not allow; `reasons` are the Refusals."""

    def __init__(self, *reasons: Refusal) -> None:
        self.reasons = reasons
        found: dict[str, list[ValidationError]] = {}
        for reason in reasons:
            sentence = ValidationError(str(reason.label), code=str(reason.value))
            found.setdefault(FIELD_OF.get(reason, "__all__"), []).append(sentence)
        super().__init__(found)


@dataclass(frozen=True)
class Wanted:
    """A condition that is offered."""

    kind: str
    text: str
    due_on: date


@transaction.atomic
def offer_disposal(
    *,
    by: User,
    nominal: Nominal,
    crimes: Iterable[Crime],
    conditions: Sequence[Wanted] = (),
    **facts: Any,
) -> Disposal:
    """Raises NotAllowed, RefusedError, ValidationError. What is not offered is given at once."""
    can_change_nominal(by, nominal).require()
    # Two officers who dispose of one crime at once: the second sees the first.
    Nominal.objects.for_service().select_for_update(of=("self",)).get(pk=nominal.pk)
    wanted = list(crimes)
    disposal = Disposal(nominal=nominal, **{"officer": by} | facts)
    disposal.tier = disposal.type.tier
    if disposal.ends_on is None and conditions and disposal.type.default_days:
        usual = timedelta(days=disposal.type.default_days)
        disposal.ends_on = localdate(disposal.offered_at) + usual
    disposal.district = wanted[0].district if wanted else None
    not_in_future(offered_at=disposal.offered_at)
    _refuse([*missing(_offer_of(disposal, conditions)), *_crimes(disposal, wanted)])
    disposal.full_clean()
    disposal.save(force_insert=True)
    DisposalCrime.objects.bulk_create(
        DisposalCrime(disposal=disposal, crime=crime) for crime in wanted
    )
    for condition in conditions:
        _add_condition(disposal, condition)
    audit.record(by=by, action=audit.Action.RECORD_CREATED, target=disposal)
    if not disposal.type.is_offered:
        return accept(by=by, disposal=disposal, at=disposal.offered_at, has_consent=False)
    return disposal


def _offer_of(disposal: Disposal, conditions: Sequence[Wanted]) -> Offer:
    day = localdate(disposal.offered_at)
    return Offer(
        type=disposal.type,
        day=day,
        age=disposal.nominal.age_on(day),
        admission=disposal.admission,
        victim_view=disposal.victim_view,
        rank=disposal.authorised_rank,
        ends_on=disposal.ends_on,
        due=[condition.due_on for condition in conditions],
        appropriate_adult=disposal.appropriate_adult,
    )


def _refuse(reasons: list[Refusal]) -> None:
    if reasons:
        raise RefusedError(*reasons)


def _crimes(disposal: Disposal, crimes: Sequence[Crime]) -> list[Refusal]:
    found = [] if crimes else [Refusal.NO_CRIME]
    if any(crime.cancelled_at is not None for crime in crimes):
        found.append(Refusal.CRIME_CANCELLED)
    if any(crime.recorded_at > disposal.offered_at for crime in crimes):
        found.append(Refusal.CRIME_LATER)
    standing = Disposal.objects.filter(
        nominal=disposal.nominal, crimes__in=crimes, state__in=[*LIVE, State.COMPLETED]
    )
    # No further action ends nothing for good: the case may be reopened.
    if standing.exclude(tier=Tier.NONE).exists():
        found.append(Refusal.ALREADY)
    return found


def _add_condition(
    disposal: Disposal, wanted: Wanted, replaces: Condition | None = None
) -> Condition:
    condition = Condition(
        disposal=disposal,
        kind=wanted.kind,
        text=wanted.text,
        due_on=wanted.due_on,
        replaces=replaces,
    )
    condition.full_clean()
    condition.save(force_insert=True)
    return condition


@transaction.atomic
def accept(*, by: User, disposal: Disposal, at: datetime, has_consent: bool) -> Disposal:
    """It is given: its crimes get their outcome, unless that waits for the end."""
    current = _changed(by, disposal)
    current.state = DISPOSAL_LIFE.after(current.state, "accepted")
    _allow(can_accept(current, has_consent=has_consent))
    not_in_future(at=at)
    at = _not_before(current.offered_at, at, "It cannot be accepted before it was offered.")
    current.given_at, current.has_consent = at, has_consent
    if current.conditions.exists():
        current.state = DISPOSAL_LIFE.after(current.state, "started")
    else:
        current.state, current.ended_at = DISPOSAL_LIFE.after(current.state, "completed"), at
    _save(by, current, "accepted")
    is_due = current.type.outcome_when == OutcomeWhen.GIVEN or current.state == State.COMPLETED
    if is_due:
        _give_outcomes(by, current, at)
    return current


@transaction.atomic
def decline(*, by: User, disposal: Disposal, reason: str) -> Disposal:
    return _end(by, disposal, "declined", reason)


@transaction.atomic
def withdraw_offer(*, by: User, disposal: Disposal, reason: str) -> Disposal:
    """Before it is accepted. What was given is withdrawn by the decision on its breach."""
    current = _changed(by, disposal)
    if current.state != State.OFFERED:
        raise ValidationError("Only an offer that nobody has answered can be taken back.")
    return _end(by, current, "withdrawn", reason)


@transaction.atomic
def complete(*, by: User, disposal: Disposal, at: datetime) -> Disposal:
    current = _changed(by, disposal)
    current.state = DISPOSAL_LIFE.after(current.state, "completed")
    _allow(can_complete(current))
    not_in_future(at=at)
    if current.given_at:
        sentence = "It cannot be completed before it was given."
        at = _not_before(current.given_at, at, sentence)
    current.ended_at = at
    _save(by, current, "completed")
    if current.type.outcome_when == OutcomeWhen.COMPLETED:
        _give_outcomes(by, current, at)
    return current


def _not_before(earliest: datetime, at: datetime, sentence: str) -> datetime:
    """Times are typed to the minute: within the first one, the earliest is meant."""
    if at < earliest.replace(second=0, microsecond=0):
        raise ValidationError({"at": sentence})
    return max(at, earliest)


@transaction.atomic
def record_breach(*, by: User, disposal: Disposal, reason: str) -> Disposal:
    """What follows is a supervisor's decision: `decide_breach`."""
    current = _changed(by, disposal)
    current.state = DISPOSAL_LIFE.after(current.state, "breached")
    current.reason = _required(reason)
    _save(by, current, "breached")
    return current


@transaction.atomic
def decide_breach(*, by: User, disposal: Disposal, decision: str, reason: str) -> Disposal:
    """`decision`: prosecuted, varied or withdrawn. Raises NotAllowed, RefusedError, StepError."""
    if decision not in {"prosecuted", "varied", "withdrawn"}:
        raise ValidationError({"decision": "Choose what follows the breach."})
    current = _changed(by, disposal)
    if current.state != State.BREACHED:
        raise ValidationError("No breach waits for a decision.")
    _allow(can_decide_breach(by, current, decision))
    if decision != "varied":
        return _end(by, current, decision, reason)
    current.state = DISPOSAL_LIFE.after(current.state, decision)
    current.reason = _required(reason)
    _save(by, current, decision)
    return current


@transaction.atomic
def meet_condition(*, by: User, condition: Condition, evidence: str) -> Condition:
    return _decide(by, condition, "met", evidence)


@transaction.atomic
def fail_condition(*, by: User, condition: Condition, reason: str, has_excuse: bool) -> Condition:
    """Without a reasonable excuse the disposal is breached (Criminal Justice Act 2003 s.24)."""
    failed = _decide(by, condition, "excused" if has_excuse else "failed", reason)
    if not has_excuse:
        record_breach(by=by, disposal=failed.disposal, reason=f"Not met: {failed.text}. {reason}")
    return failed


@transaction.atomic
def vary_condition(*, by: User, condition: Condition, wanted: Wanted, reason: str) -> Condition:
    """The old one stays readable; gives the one that takes its place."""
    old = _decide(by, condition, "varied", reason, {State.RUNNING, State.BREACHED})
    if wanted.due_on < localdate():
        raise ValidationError({"due_on": "The new date lies in the past."})
    _reach(old.disposal, wanted.due_on)
    return _add_condition(old.disposal, wanted, replaces=old)


def _reach(disposal: Disposal, day: date) -> None:
    """The period goes on to the day, within the longest that the type allows."""
    longest = disposal.type.max_days
    first = localdate(disposal.offered_at)
    if longest is not None and day > first + timedelta(days=longest):
        raise ValidationError({"due_on": str(Refusal.AFTER_PERIOD.label)})
    if disposal.ends_on is not None and day > disposal.ends_on:
        disposal.ends_on = day
        disposal.save(update_fields=["ends_on"])


def _decide(
    by: User, condition: Condition, step: str, why: str, open_in: Iterable[str] = (State.RUNNING,)
) -> Condition:
    disposal = _changed(by, condition.disposal)
    if disposal.state not in open_in:
        label = State(disposal.state).label.lower()
        raise ValidationError(f"The disposal is {label}: its conditions do not run now.")
    current = disposal.conditions.select_for_update().get(pk=condition.pk)
    current.state = CONDITION_LIFE.after(current.state, step)
    current.evidence, current.decided_at = why.strip(), timezone.now()
    current.full_clean()
    current.save(update_fields=["state", "evidence", "decided_at"])
    detail = {"step": step, "disposal": disposal.pk}
    audit.record(by=by, action=audit.Action.RECORD_CHANGED, target=current, detail=detail)
    current.disposal = disposal
    return current


def _changed(by: User, disposal: Disposal) -> Disposal:
    """The disposal under lock, of a nominal that this person may change."""
    rows = Disposal.objects.select_for_update(of=("self",)).select_related("nominal", "type")
    current = rows.get(pk=disposal.pk)
    can_change_nominal(by, current.nominal).require()
    return current


def _allow(decision: Decision) -> None:
    if isinstance(decision.reason, Refusal):
        raise RefusedError(decision.reason)
    decision.require()


def _required(reason: str) -> str:
    if not reason.strip():
        raise ValidationError({"reason": "Give the reason."})
    return reason.strip()


def _end(by: User, disposal: Disposal, step: str, reason: str) -> Disposal:
    current = _changed(by, disposal)
    current.state = DISPOSAL_LIFE.after(current.state, step)
    current.reason, current.ended_at = _required(reason), timezone.now()
    _save(by, current, step)
    if step == "withdrawn":
        _take_outcomes(by, current)
    return current


def _save(by: User, disposal: Disposal, step: str) -> None:
    disposal.full_clean()
    disposal.save(update_fields=["state", "given_at", "has_consent", "ended_at", "reason"])
    audit.record(by=by, action=audit.Action.RECORD_CHANGED, target=disposal, detail={"step": step})
    announce()


def _give_outcomes(by: User, disposal: Disposal, at: datetime) -> None:
    code = disposal.type.outcome
    if code is None:
        return
    for link in disposal.crime_links.select_related("crime"):
        if not _is_beaten(link, code.position):
            outcome = record_outcome(by=by, crime=link.crime, code=code.pk, at=at)
            link.outcome = outcome
            link.save(update_fields=["outcome"])


def _is_beaten(link: DisposalCrime, position: int) -> bool:
    """Of several suspects the crime keeps the result that comes first: charge beats caution."""
    others = DisposalCrime.objects.filter(
        crime=link.crime_id,
        outcome__cancelled_at__isnull=True,
        outcome__code__position__lte=position,
    )
    return others.exclude(disposal__nominal=link.disposal.nominal_id).exists()


def _take_outcomes(by: User, disposal: Disposal) -> None:
    for link in disposal.crime_links.select_related("outcome"):
        if link.outcome and link.outcome.cancelled_at is None:
            withdraw_outcome(by=by, outcome=link.outcome, reason=disposal.reason)
