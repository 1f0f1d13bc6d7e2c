"""May this disposal be offered, given or ended, and if not, why not: all that is missing, at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import TextChoices

from core.access.decision import ALLOWED, Decision, Reason
from core.access.permissions import Permission
from core.models import User
from offenders.models import Disposal, DisposalType, Nominal
from offenders.models.disposal import (
    Admission,
    BreachRoute,
    Conditions,
    ConditionState,
    Tier,
    VictimView,
)
from offenders.models.nominal import ADULT


class Refusal(TextChoices):
    """Why a disposal cannot be given: the label is what the officer reads."""

    NOT_IN_FORCE = (
        "not-in-force",
        "This disposal is not in force on that day, so it cannot be used.",
    )
    AGE_UNKNOWN = (
        "age-unknown",
        "This disposal depends on age: record the date of birth of the nominal first.",
    )
    TOO_YOUNG = "too-young", "The nominal is too young for this disposal on that day."
    TOO_OLD = "too-old", "This disposal is for the young: the nominal is too old on that day."
    ADMISSION = (
        "admission",
        "This disposal needs the person to admit the offence. Without that it cannot be offered.",
    )
    RESPONSIBILITY = (
        "responsibility",
        "This disposal needs the person to accept responsibility, or to admit the offence.",
    )
    CONSENT = "consent", "This disposal needs the consent of the person, signed."
    NO_ADULT = (
        "no-adult",
        (
            "A child is given this in the presence of an appropriate adult: name them (Crime and "
            "Disorder Act 1998 s.66ZA)."
        ),
    )
    VICTIM_VIEW = (
        "victim-view",
        "Ask the victim first: their view is recorded, though it does not decide.",
    )
    RANK = "rank", "This disposal is authorised by a higher rank than that."
    NO_CONDITIONS = "no-conditions", "This disposal takes no conditions: take them out."
    CONDITIONS_NEEDED = (
        "conditions-needed",
        "This disposal is made of its conditions: add at least one.",
    )
    PERIOD_NEEDED = "period-needed", "Give the last day of the period."
    PERIOD_ENDS_FIRST = "period-ends-first", "The period cannot end before the offer."
    PERIOD_TOO_LONG = "period-too-long", "The period is longer than this disposal allows."
    CONDITION_DATE = (
        "condition-date",
        "Each condition is due between the offer and the last day of the period.",
    )
    NO_CRIME = "no-crime", "Say which crimes the disposal is for."
    CRIME_CANCELLED = "crime-cancelled", "One of these crimes is cancelled: take it out."
    CRIME_LATER = "crime-later", "One of these crimes was recorded after that: check the time."
    ALREADY = (
        "already",
        "This nominal has a disposal for one of these crimes that still stands.",
    )
    NOT_OFFERED = "not-offered", "This disposal is not offered: it is given at once."
    CONDITIONS_OPEN = (
        "conditions-open",
        "Not every condition is met: decide on the others first.",
    )
    NO_PROSECUTION = (
        "no-prosecution",
        "This disposal has no prosecution after a breach: withdraw it or vary its conditions.",
    )
    NOT_VARIED = (
        "not-varied",
        "Vary the condition that was not met first, so that it has a new date.",
    )
    AFTER_PERIOD = "after-period", "The new date lies after the longest period of this disposal."


FIELD_OF: dict[Refusal, str] = {
    Refusal.NOT_IN_FORCE: "type",
    Refusal.AGE_UNKNOWN: "type",
    Refusal.TOO_YOUNG: "type",
    Refusal.TOO_OLD: "type",
    Refusal.ADMISSION: "admission",
    Refusal.RESPONSIBILITY: "admission",
    Refusal.CONSENT: "has_consent",
    Refusal.NO_ADULT: "appropriate_adult",
    Refusal.VICTIM_VIEW: "victim_view",
    Refusal.RANK: "authorised_rank",
    Refusal.NO_CONDITIONS: "text_1",
    Refusal.CONDITIONS_NEEDED: "text_1",
    Refusal.CONDITION_DATE: "due_on_1",
    Refusal.PERIOD_NEEDED: "ends_on",
    Refusal.PERIOD_ENDS_FIRST: "ends_on",
    Refusal.PERIOD_TOO_LONG: "ends_on",
    Refusal.NO_CRIME: "crimes",
    Refusal.CRIME_CANCELLED: "crimes",
    Refusal.CRIME_LATER: "crimes",
    Refusal.ALREADY: "crimes",
}


@dataclass(frozen=True)
class Offer:
    """What an offer says, apart from its crimes."""

    type: DisposalType
    day: date
    age: int | None
    admission: str
    victim_view: str
    rank: int
    ends_on: date | None = None
    due: Sequence[date] = ()  # of the conditions
    appropriate_adult: str = ""


def missing(offer: Offer) -> list[Refusal]:
    """Everything that stands in the way, so that nobody is refused twice."""
    return [*_who(offer), *_said(offer), *_conditions(offer), *_period(offer)]


def age_refusal(type_: DisposalType, age: int | None) -> Refusal | None:
    if age is None:
        return Refusal.AGE_UNKNOWN if type_.min_age or type_.max_age else None
    if type_.min_age is not None and age < type_.min_age:
        return Refusal.TOO_YOUNG
    return Refusal.TOO_OLD if type_.max_age is not None and age > type_.max_age else None


def _who(offer: Offer) -> Iterator[Refusal]:
    if not offer.type.in_force_on(offer.day):
        yield Refusal.NOT_IN_FORCE
    if refusal := age_refusal(offer.type, offer.age):
        yield refusal
    if offer.rank < offer.type.least_rank:
        yield Refusal.RANK


def _said(offer: Offer) -> Iterator[Refusal]:
    needed = offer.type.admission
    if needed == Admission.GUILT and offer.admission != Admission.GUILT:
        yield Refusal.ADMISSION
    if needed == Admission.RESPONSIBILITY and offer.admission == Admission.NONE:
        yield Refusal.RESPONSIBILITY
    if offer.type.needs_victim_view and offer.victim_view == VictimView.NOT_ASKED:
        yield Refusal.VICTIM_VIEW
    if needs_adult(offer.type, offer.age) and not offer.appropriate_adult.strip():
        yield Refusal.NO_ADULT


def needs_adult(type_: DisposalType, age: int | None) -> bool:
    """A formal disposal of a child, which is a youth caution, is given before one."""
    return age is not None and age < ADULT and type_.tier == Tier.FORMAL


def _conditions(offer: Offer) -> Iterator[Refusal]:
    if offer.type.conditions == Conditions.NONE and offer.due:
        yield Refusal.NO_CONDITIONS
    if offer.type.conditions == Conditions.MUST and not offer.due:
        yield Refusal.CONDITIONS_NEEDED
    ends = offer.ends_on
    if any(day < offer.day or (ends is not None and day > ends) for day in offer.due):
        yield Refusal.CONDITION_DATE


def _period(offer: Offer) -> Iterator[Refusal]:
    if offer.ends_on is None:
        if offer.due:
            yield Refusal.PERIOD_NEEDED
    elif offer.ends_on < offer.day:
        yield Refusal.PERIOD_ENDS_FIRST
    elif _is_too_long(offer.type, offer.day, offer.ends_on):
        yield Refusal.PERIOD_TOO_LONG


def _is_too_long(type_: DisposalType, first: date, last: date) -> bool:
    longest = type_.max_days
    return longest is not None and last > first + timedelta(days=longest)


def can_accept(disposal: Disposal, *, has_consent: bool) -> Decision:
    needed = disposal.type.needs_consent and not has_consent
    return Decision(Refusal.CONSENT) if needed else ALLOWED


def can_complete(disposal: Disposal) -> Decision:
    done = {ConditionState.MET, ConditionState.VARIED}
    is_open = any(condition.state not in done for condition in disposal.conditions.all())
    return Decision(Refusal.CONDITIONS_OPEN) if is_open else ALLOWED


def can_decide_breach(by: User, disposal: Disposal, decision: str) -> Decision:
    """A supervisor decides: it takes somebody's liberty, or a victim's answer."""
    if not by.has(Permission.NOMINAL_SUPERVISE):
        return Decision(Reason.PERMISSION)
    enforceable = disposal.type.breach_route in {BreachRoute.PROSECUTE, BreachRoute.REOPEN}
    if decision == "prosecuted" and not enforceable:
        return Decision(Refusal.NO_PROSECUTION)
    failed = any(row.state == ConditionState.FAILED for row in disposal.conditions.all())
    pending = any(row.state == ConditionState.PENDING for row in disposal.conditions.all())
    if decision == "varied" and (failed or not pending):
        return Decision(Refusal.NOT_VARIED)
    return ALLOWED


def choosable(nominal: Nominal, day: date) -> list[tuple[DisposalType, Refusal | None]]:
    """Every type in force on the day, with what the age says against it."""
    age = nominal.age_on(day)
    return [(type_, age_refusal(type_, age)) for type_ in DisposalType.objects.on(day)]
