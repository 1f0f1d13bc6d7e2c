"""Disposals in tiers, of crimes that have the outcome already: no figure of crime moves by them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils.timezone import localdate

from core.changes import announce
from core.ranks import Rank
from offenders.models import (
    Condition,
    Crime,
    Disposal,
    DisposalCrime,
    DisposalType,
    Nominal,
    Outcome,
)
from offenders.models.disposal import (
    BreachRoute,
    Conditions,
    ConditionState,
    OutcomeWhen,
    State,
    VictimView,
)
from performance.demo.people.officers import INSPECTOR
from performance.demo.people.past import END, FIRST, OFFENCES, some
from performance.demo.people.stays import Stay

AREAS = ("north", "south")
# outcome of the crime: how many of an area, and the types that give it, in turn
GIVEN: dict[str, tuple[int, tuple[str, ...]]] = {
    "3": (10, ("conditional-caution", "simple-caution", "conditional-caution")),
    "8": (8, ("community-resolution",)),
    "22": (6, ("outcome-22",)),
    "2": (4, ("youth-conditional-caution", "youth-caution")),
}
DIVERSION = "outcome-22"
FAILED, VARIED = 4, 3  # one in so many, from the second and the third on
OFFERED, RUNNING, BROKEN = range(3)  # of an area on the day of the load
DAY = timedelta(days=1)
TASKS = (
    ("reparative", "Write to the victim", "The letter was read and passed on."),
    ("rehabilitative", "See the drug and alcohol service", "Attended, says the service."),
    ("reparative", "Pay 80 pounds towards the broken lock", "Receipt seen."),
    ("restrictive", "Keep away from Mallow Close", "Not seen there."),
)
VIEWS = (VictimView.SUPPORTS, VictimView.NOT_REACHED, VictimView.SUPPORTS)


@dataclass
class Plan:
    """A disposal and its conditions, not saved yet. `later` takes the place of the first."""

    disposal: Disposal
    crime: Crime
    outcome: Outcome | None = None
    conditions: list[Condition] = field(default_factory=list)
    later: Condition | None = None


def disposals(
    people: Sequence[Nominal], stays: Sequence[Stay], spared: Sequence[Nominal], now: datetime
) -> int:
    """How many were made. `spared`: those who get none short of a charge."""
    types = DisposalType.objects.in_bulk()
    others = [one for one in people if one not in spared]
    plans = [*_charges(stays, types["charge"]), *_given(others, types)]
    plans += _running(others, types[DIVERSION], now)
    _save(plans)
    return len(plans)


def _save(plans: Sequence[Plan]) -> None:
    Disposal.objects.bulk_create(plan.disposal for plan in plans)
    DisposalCrime.objects.bulk_create(
        DisposalCrime(disposal=plan.disposal, crime=plan.crime, outcome=plan.outcome)
        for plan in plans
    )
    Condition.objects.bulk_create(row for plan in plans for row in plan.conditions)
    for plan in plans:
        if plan.later:
            plan.later.replaces = plan.conditions[0]
    Condition.objects.bulk_create(plan.later for plan in plans if plan.later)
    announce()


def _charges(stays: Sequence[Stay], type_: DisposalType) -> Iterator[Plan]:
    charged = [(stay.crime, stay) for stay in stays if stay.crime and stay.charged_at]
    outcomes = _outcomes([crime for crime, _ in charged], "1")
    for crime, stay in charged:
        made = _disposal(stay.nominal, crime, type_, stay.charged_at or END)
        made.rationale = "The evidence is enough, and a charge is in the public interest."
        made.state, made.given_at, made.ended_at = State.COMPLETED, stay.charged_at, stay.charged_at
        yield Plan(made, crime, outcomes.get(crime.pk))


def _given(people: Sequence[Nominal], types: dict[str, DisposalType]) -> Iterator[Plan]:
    for code, (size, slugs) in GIVEN.items():
        for area in AREAS:
            crimes = some(_crimes(area, code), size)
            outcomes = _outcomes(crimes, code)
            for place, crime in enumerate(crimes):
                type_, outcome = types[slugs[place % len(slugs)]], outcomes[crime.pk]
                able = _of_age(people, area, type_, outcome.outcome_at)
                if able:
                    yield _past(able[place * 5 % len(able)], crime, type_, outcome, place)


def _crimes(area: str, code: str) -> list[Crime]:
    """A day at least between the recording and the outcome."""
    rows = Crime.objects.filter(
        recorded_at__range=(FIRST, END), outcome_at__lt=END, outcome=code, offence__in=OFFENCES,
        district__parent=area, cancelled_at=None,
    )  # fmt: skip
    listed = rows.order_by("recorded_at", "pk")
    return [row for row in listed if (row.outcome_at or END) - row.recorded_at > 2 * DAY]


def _outcomes(crimes: Sequence[Crime], code: str) -> dict[str, Outcome]:
    rows = Outcome.objects.filter(crime__in=crimes, code=code, cancelled_at=None)
    return {row.crime_id: row for row in rows.order_by("-outcome_at")}


def _of_age(
    people: Sequence[Nominal], area: str, type_: DisposalType, at: datetime
) -> list[Nominal]:
    least, most = type_.min_age or 0, type_.max_age or 120
    return [
        one
        for one in people
        if one.unit_id == area and least <= (one.age_on(localdate(at)) or 0) <= most
    ]


def _past(one: Nominal, crime: Crime, type_: DisposalType, outcome: Outcome, place: int) -> Plan:
    """Offered a day before it was given. What ends with its outcome began six weeks before, if it could."""
    ends_with_it = type_.outcome_when == OutcomeWhen.COMPLETED
    given = outcome.outcome_at
    if ends_with_it:
        given = max(crime.recorded_at + DAY, outcome.outcome_at - 42 * DAY)
    made = _disposal(one, crime, type_, given - DAY, place)
    made.given_at, made.has_consent, made.state = given, type_.needs_consent, State.COMPLETED
    made.ended_at = outcome.outcome_at if ends_with_it else given
    plan = Plan(made, crime, outcome)
    if type_.conditions == Conditions.MUST or (type_.conditions == Conditions.MAY and place % 2):
        _with_conditions(plan, place)
    return plan


def _with_conditions(plan: Plan, place: int) -> None:
    made = plan.disposal
    given = made.given_at or END
    done = (made.ended_at or given) if made.type.outcome_id == "22" else given + 28 * DAY
    made.ended_at = done
    made.ends_on = localdate(made.offered_at) + (made.type.default_days or 28) * DAY
    plan.conditions = [_condition(made, place + add, done) for add in range(2)]
    for row in plan.conditions:
        _settle(row, ConditionState.MET, done)
    first = plan.conditions[0]
    if place % VARIED == 1:
        _settle(first, ConditionState.VARIED, done, "The service had no place in time.")
        plan.later = _condition(made, place, done + 14 * DAY)
        _settle(plan.later, ConditionState.MET, done + 14 * DAY)
        if made.type.outcome_id != "22":
            made.ended_at = done + 14 * DAY
    elif (
        (place - 2) % FAILED == 0
        and made.type.breach_route == BreachRoute.PROSECUTE
        and _is_early(made)
    ):
        _settle(first, ConditionState.FAILED, done, "Nothing was done, and no reason was given.")
        made.state, made.reason = State.PROSECUTED, "Prosecuted for the original offence."


def _is_early(made: Disposal) -> bool:
    """Its outcome stands whatever became of it."""
    return made.type.outcome_when == OutcomeWhen.GIVEN


def _running(people: Sequence[Nominal], type_: DisposalType, now: datetime) -> Iterator[Plan]:
    """On the day of the load: offered, running, and broken and waiting for a supervisor."""
    for area in AREAS:
        open_ones = Crime.objects.filter(
            outcome=None, offence__in=OFFENCES, district__parent=area, cancelled_at=None,
            recorded_at__range=(FIRST, END),
        )  # fmt: skip
        for place, crime in enumerate(open_ones.order_by("-recorded_at", "pk")[: BROKEN + 1]):
            able = _of_age(people, area, type_, now)
            made = _disposal(able[place * 7 + 2], crime, type_, now - (place * 20 + 2) * DAY, place)
            made.ends_on = localdate(made.offered_at) + (type_.default_days or 28) * DAY
            plan = Plan(made, crime)
            plan.conditions = [
                _condition(made, place + add, now + (add * 9 - 1 + 3 * (place == RUNNING)) * DAY)
                for add in range(2)
            ]
            if place != OFFERED:
                made.given_at, made.state = made.offered_at + DAY, State.RUNNING
            if place == BROKEN:
                why = "Nothing was done, and no reason was given."
                _settle(plan.conditions[0], ConditionState.FAILED, now - DAY, why)
                made.state, made.reason = State.BREACHED, why
            yield plan


def _disposal(
    one: Nominal, crime: Crime, type_: DisposalType, at: datetime, place: int = 0
) -> Disposal:
    return Disposal(
        nominal=one,
        type=type_,
        tier=type_.tier,
        district_id=crime.district_id,
        officer=one.lead_officer,
        offered_at=at,
        rationale="It fits what was done, and what was tried before.",
        authorised_by=INSPECTOR,
        authorised_rank=Rank.INSPECTOR,
        admission=type_.admission,
        victim_view=VIEWS[place % len(VIEWS)],
    )


def _condition(made: Disposal, place: int, due: datetime) -> Condition:
    kind, text, _ = TASKS[place % len(TASKS)]
    return Condition(disposal=made, kind=kind, text=text, due_on=localdate(due))


def _settle(row: Condition, state: ConditionState, at: datetime, why: str = "") -> None:
    shown = next(evidence for _, text, evidence in TASKS if text == row.text)
    row.state, row.decided_at, row.evidence = state, at, why or shown
