"""Bail before charge by the law of each arrest, release under investigation, and what courts decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils.timezone import localdate

from core.ranks import Rank
from offenders.bail.periods import Grade, ends_on, ladder
from offenders.models import (
    Bail,
    BailCondition,
    BailExtension,
    ReleasedUnderInvestigation,
)
from offenders.models.bail import BailState, ConditionKind, TagAnswer
from offenders.models.detention import Result
from performance.demo.people.officers import INSPECTOR, SUPERINTENDENT
from performance.demo.people.stays import Stay

DAY = timedelta(days=1)
COURSES = (
    BailState.NO_ACTION, BailState.EXTENDED, BailState.LAPSED, BailState.FAILED,
    BailState.NO_ACTION, BailState.EXTENDED, BailState.LAPSED, BailState.BREACHED,
)  # fmt: skip
NO_CHARGE = "No further action: the evidence did not reach the test."
CUSTODY_SERGEANT = "Custody Sergeant Kit Kettle"


@dataclass
class Plan:
    bail: Bail
    conditions: list[BailCondition] = field(default_factory=list)
    extension: BailExtension | None = None
    release: ReleasedUnderInvestigation | None = None


def bails(stays: Sequence[Stay]) -> int:
    """How many were bailed who have no bail yet. Those of the present are on bail still."""
    bailed = set(Bail.objects.values_list("arrest", flat=True))
    wanted = [one for one in stays if one.result == Result.BAILED and one.saved.pk not in bailed]
    plans = [_plan(stay, place) for place, stay in enumerate(wanted)]
    Bail.objects.bulk_create(plan.bail for plan in plans)
    BailCondition.objects.bulk_create(row for plan in plans for row in plan.conditions)
    BailExtension.objects.bulk_create(plan.extension for plan in plans if plan.extension)
    lapsed = [plan.release for plan in plans if plan.release]
    released = [_release(one) for one in stays if one.result == Result.INVESTIGATED]
    ReleasedUnderInvestigation.objects.bulk_create([*lapsed, *released])
    return len(plans)


def _plan(stay: Stay, place: int) -> Plan:
    arrest, at = stay.saved, stay.until or stay.at
    least = ladder(arrest.arrested_at)[0].grade
    is_sergeant = least == Grade.CUSTODY_OFFICER
    bail = Bail(
        arrest=arrest,
        granted_at=at,
        authorised_by=CUSTODY_SERGEANT if is_sergeant else INSPECTOR,
        authorised_rank=Rank.SERGEANT if is_sergeant else Rank.INSPECTOR,
        ends_on=ends_on(arrest.arrested_at, 0),
        surrender_place=stay.place,
        basis_note="Forensic results are awaited; conditions protect the victim meanwhile.",
        victim_views="Wants to hear nothing from the suspect.",
        by=stay.officer,
    )
    plan = Plan(bail, list(_conditions(bail, stay, place)))
    if not stay.is_recent:
        _end(plan, stay, place)
    return plan


def _conditions(bail: Bail, stay: Stay, place: int) -> Iterator[BailCondition]:
    at = bail.granted_at
    yield BailCondition(bail=bail, kind=ConditionKind.RESIDENCE, text="At home", from_at=at)
    if place % 2:
        text = "21:00 to 06:00, at home"
        yield BailCondition(bail=bail, kind=ConditionKind.CURFEW, text=text, from_at=at)
    if place % 3 == 0:
        answer = TagAnswer.ASKED if stay.is_recent else TagAnswer.REFUSED
        text = "Buddi tag, as long as bail runs"
        yield BailCondition(
            bail=bail, kind=ConditionKind.TAG, text=text, tag_answer=answer, from_at=at
        )


def _end(plan: Plan, stay: Stay, place: int) -> None:
    """No further action, mostly; one in four lapses, of the rest some break it."""
    bail = plan.bail
    over = bail.granted_at + 20 * DAY
    course = COURSES[place % len(COURSES)]
    if course == BailState.EXTENDED:
        over = _extend(plan, stay) + 30 * DAY
    elif course == BailState.LAPSED:
        over = bail.granted_at + (bail.ends_on - localdate(bail.granted_at) + DAY)
        plan.release = _released(stay, over, "Bail lapsed.")
    bail.state, bail.ended_at = BailState.NO_ACTION, over
    bail.end_note = NO_CHARGE
    if plan.release:
        bail.state, bail.end_note = BailState.LAPSED, ""
    elif course == BailState.FAILED:
        bail.state, bail.is_offence_recorded = BailState.FAILED, True
        bail.end_note = "Did not come; found at home two days later."
    elif course == BailState.BREACHED:
        bail.state, bail.end_note = BailState.BREACHED, "Seen in the street at 02:10."


def _extend(plan: Plan, stay: Stay) -> datetime:
    """To three months, by a superintendent, two days before the end."""
    bail = plan.bail
    before = bail.ends_on
    at = bail.granted_at + (before - localdate(bail.granted_at) - 2 * DAY)
    bail.step, bail.ends_on = 1, ends_on(stay.at, 1)
    plan.extension = BailExtension(
        bail=bail,
        at=at,
        authorised_by=SUPERINTENDENT,
        authorised_rank=Rank.SUPERINTENDENT,
        reason="The laboratory has not answered yet.",
        ended_on=before,
        ends_on=bail.ends_on,
        by=stay.officer,
    )
    return at


def _release(stay: Stay) -> ReleasedUnderInvestigation:
    return _released(stay, stay.until or stay.at, "Enquiries go on; bail is not necessary.")


def _released(stay: Stay, at: datetime, reason: str) -> ReleasedUnderInvestigation:
    row = ReleasedUnderInvestigation(arrest=stay.saved, from_at=at, reason=reason, by=stay.officer)
    if not stay.is_recent:
        row.ended_at, row.ended_reason = at + 90 * DAY, NO_CHARGE
    return row
