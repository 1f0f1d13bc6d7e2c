"""The Op Aware cohort: chosen in 2019 and 2020, reviewed in the days before the load."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
from django.conf import settings

from offenders.models import Cohort, CohortReview, Membership, MembershipStep, Nominal
from offenders.models.cohort import Category, MemberState, Rag

OPENED = date(2019, 2, 4)
CATEGORIES = (Category.FIXED, Category.FLEX, Category.FREE)
RAGS = (Rag.RED, Rag.AMBER, Rag.GREEN)
DECIDED = timedelta(days=7)  # after the nomination
OUTSIDE = 6  # one in so many waits for the decision


def members(people: Sequence[Nominal], day: date, rng: np.random.Generator) -> int:
    """How many are in it or wait to be."""
    cohort, _ = Cohort.objects.get_or_create(
        slug="op-aware",
        defaults={
            "name": "Op Aware",
            "purpose": "Those who do the most burglary and vehicle crime.",
            "opened_on": OPENED,
        },
    )
    rows = [_member(cohort, one, place, day, rng) for place, one in enumerate(people)]
    made = Membership.objects.bulk_create(rows)
    MembershipStep.objects.bulk_create(step for row in made for step in _steps(row, day))
    CohortReview.objects.bulk_create(
        review for row in made if row.joined_on for review in _reviews(row, day)
    )
    return len(made)


def _member(
    cohort: Cohort, one: Nominal, place: int, day: date, rng: np.random.Generator
) -> Membership:
    if place % OUTSIDE == 0:
        nominated = day - timedelta(days=place % 10)
        return Membership(cohort=cohort, nominal=one, nominated_on=nominated)
    nominated = OPENED + timedelta(days=int(rng.integers(0, 600)))
    return Membership(
        cohort=cohort,
        nominal=one,
        state=MemberState.ACTIVE,
        category=CATEGORIES[place % 3],
        rag=RAGS[int(rng.integers(0, 3))],
        nominated_on=nominated,
        joined_on=nominated + DECIDED,
    )


def _looked_at(member: Membership, day: date) -> date:
    """The last review: of a few so long ago that the next is overdue."""
    return day - timedelta(days=1 + member.nominal_id % 9)


def _steps(member: Membership, day: date) -> list[MembershipStep]:
    steps = [_step(member, "nominated", MemberState.NOMINATED, member.nominated_on)]
    if member.joined_on:
        joined = _step(member, "accepted", MemberState.ACCEPTED, member.joined_on)
        joined.category = member.category
        seen = _step(member, "reviewed", MemberState.ACTIVE, _looked_at(member, day))
        seen.category, seen.rag = member.category, member.rag
        steps += [joined, seen]
    return steps


def _step(member: Membership, step: str, state: str, on: date) -> MembershipStep:
    return MembershipStep(
        membership=member,
        step=step,
        state=state,
        on=on,
        reason="From the arrests and the score of Probation.",
        decided_by=member.nominal.second_officer or member.nominal.lead_officer,
    )


def _reviews(member: Membership, day: date) -> list[CohortReview]:
    joined, seen = member.joined_on or day, _looked_at(member, day)
    area = member.nominal.unit_id
    first = joined + timedelta(days=settings.COHORT_REVIEW_DAYS[Rag.RED])
    following = seen + timedelta(days=settings.COHORT_REVIEW_DAYS[member.rag])
    return [
        CohortReview(membership=member, unit_id=area, opened_on=joined, due_on=first, done_on=seen),
        CohortReview(membership=member, unit_id=area, opened_on=seen, due_on=following),
    ]
