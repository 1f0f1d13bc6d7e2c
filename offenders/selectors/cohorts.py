"""Who is in a cohort and who is not, what is due, and how people flow through it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from core.dates import add_months, month_of, months_between, today
from core.models import User
from offenders import people
from offenders.models import (
    Cohort,
    CohortReview,
    Handover,
    Membership,
    MembershipStep,
    Nominal,
    Typology,
)
from offenders.models.cohort import MembershipQuerySet, MemberState
from offenders.models.identity import TypologyKind
from offenders.models.scope import open_rows, seen, visible
from offenders.policies.cohorts import MEMBERSHIP, Step, may_decide

FLOW_MONTHS = 12
OUTSIDE_SHOWN = 50
ACQUISITIVE = (
    TypologyKind.BURGLAR,
    TypologyKind.ROBBER,
    TypologyKind.VEHICLE_THIEF,
    TypologyKind.VEHICLE_CRIME,
    TypologyKind.SHOPLIFTER,
    TypologyKind.HANDLER,
    TypologyKind.METAL,
    TypologyKind.CYCLE,
)


@dataclass(frozen=True)
class Member:
    """A membership with the review that it waits for."""

    membership: Membership
    due_on: date | None
    day: date

    @property
    def is_overdue(self) -> bool:
        return self.due_on is not None and self.due_on < self.day

    @property
    def nominal(self) -> Nominal:
        return self.membership.nominal

    @property
    def has_owner(self) -> bool:
        return self.nominal.lead_officer.is_active

    @property
    def url(self) -> str:
        return membership_url(self.membership)

    @property
    def days_inside(self) -> int | None:
        return self.membership.days_inside(self.day)


def memberships() -> MembershipQuerySet:
    """With all that a row of a cohort shows, in one query. `due_on` is of the open review."""
    due = CohortReview.objects.filter(membership=OuterRef("pk"), done_on__isnull=True)
    found: MembershipQuerySet = (
        visible(Membership.objects.all())
        .select_related(
            "cohort", "nominal__lead_officer", "nominal__second_officer", "nominal__unit"
        )
        .annotate(due_on=Subquery(due.values("due_on")[:1]))
    )
    return found


def as_member(row: Membership) -> Member:
    return Member(row, getattr(row, "due_on", None), today())


def members_of(cohort: Cohort) -> list[Member]:
    """Nominated and inside; what is overdue longest comes first."""
    rows = [as_member(row) for row in memberships().running().filter(cohort=cohort)]
    return sorted(rows, key=lambda row: (row.due_on or date.max, row.membership.pk))


def cohorts() -> QuerySet[Cohort]:
    """With `inside`, `waiting` (nominated) and `overdue` (reviews)."""
    late = Q(memberships__reviews__done_on__isnull=True, memberships__reviews__due_on__lt=today())
    within = Q(memberships__state__in=["accepted", "active", "suspended"])
    mine = seen("memberships__nominal")
    return Cohort.objects.annotate(
        inside=Count("memberships", filter=within & mine, distinct=True),
        waiting=Count(
            "memberships", filter=Q(memberships__state=MemberState.NOMINATED) & mine, distinct=True
        ),
        overdue=Count("memberships__reviews", filter=late & mine, distinct=True),
    )


@dataclass(frozen=True)
class Flow:
    month: date
    joined: int
    left: int


def flow_of(cohort: Cohort, until: date) -> list[Flow]:
    """In and out by month, the latest first. Nominations that were declined are neither."""
    first = add_months(month_of(until), 1 - FLOW_MONTHS)
    rows = cohort.memberships.filter(joined_on__isnull=False)
    days = list(rows.values_list("joined_on", "closed_on"))
    joined = [month_of(day) for day, _ in days if day]
    left = [month_of(day) for _, day in days if day]
    return [
        Flow(month, joined.count(month), left.count(month))
        for month in reversed(months_between(first, month_of(until)))
    ]


@dataclass(frozen=True)
class Dwell:
    """Median days: of those who are in, so far, and of those who have left."""

    inside: float | None
    left: float | None


def dwell_of(cohort: Cohort, day: date) -> Dwell:
    rows = list(cohort.memberships.filter(joined_on__isnull=False))
    return Dwell(
        _median([row for row in rows if not row.is_over], day),
        _median([row for row in rows if row.is_over], day),
    )


def _median(rows: Sequence[Membership], day: date) -> float | None:
    days = [row.days_inside(day) for row in rows]
    return median(found for found in days if found is not None) if days else None


def outside_of(cohort: Cohort) -> list[Nominal]:
    """Known acquisitive offenders who are not in the cohort, nor nominated to it."""
    inside = Membership.objects.running().filter(cohort=cohort, nominal=OuterRef("pk"))
    known = Typology.objects.current().filter(nominal=OuterRef("pk"), kind__in=ACQUISITIVE)
    found = open_rows(Nominal.objects.live()).filter(Exists(known), ~Exists(inside))
    rows = found.select_related("lead_officer", "unit").prefetch_related("typologies")
    return list(rows[:OUTSIDE_SHOWN])


@dataclass(frozen=True)
class OpenStep:
    step: str
    title: str
    url: str


def open_steps(member: Membership, by: User) -> list[OpenStep]:
    """What this person may decide now."""
    found = [step for step in MEMBERSHIP.open_from(member.state) if may_decide(by, step)]
    return [
        OpenStep(
            str(step),
            str(Step(step).label),
            reverse("offenders:member-step", args=[member.pk, str(step)]),
        )
        for step in found
    ]


def membership_url(member: Membership) -> str:
    return reverse("offenders:member-detail", args=[member.pk])


def _steps(nominal: Nominal) -> Iterable[people.Entry]:
    rows = MembershipStep.objects.filter(membership__nominal=nominal)
    for row in rows.select_related("membership__cohort", "decided_by"):
        said = [row.get_rag_display(), row.get_category_display()]
        detail = ", ".join(word for word in said if word)
        yield people.Entry(
            row.on,
            "Cohort",
            f"{row.membership.cohort}: {row.step}",
            f"{detail}. {row.reason}" if detail else row.reason,
            str(row.decided_by),
            membership_url(row.membership),
        )


def _handovers(nominal: Nominal) -> Iterable[people.Entry]:
    rows = Handover.objects.filter(nominal=nominal)
    for row in rows.select_related("lead_before", "lead", "by"):
        title = f"Handed over from {row.lead_before} to {row.lead}"
        yield people.Entry(row.at, "Officer", title, row.reason, str(row.by))


def _now(nominal: Nominal) -> Iterable[people.Now]:
    for row in memberships().running().filter(nominal=nominal):
        member = as_member(row)
        words = [row.get_state_display(), row.get_category_display(), row.get_rag_display()]
        text = ", ".join(word for word in words if word)
        if member.due_on:
            late = "was due" if member.is_overdue else "is due"
            text = f"{text}. A review {late} on {member.due_on:%-d %B %Y}."
        name = str(row.cohort)
        yield people.Now(name, text, member.url, tag=name, urgent=member.is_overdue)
    if not nominal.lead_officer.is_active:
        text = f"{nominal.lead_officer} has left. Hand the nominal over to somebody."
        yield people.Now("No officer", text, handover_url(nominal), tag="No officer", urgent=True)


def _buttons(nominal: Nominal) -> Iterable[people.Button]:
    url = f"{reverse('offenders:member-new')}?nominal={nominal.ref}"
    yield people.Button("Nominate to a cohort", url)
    yield people.Button("Hand over", handover_url(nominal))


def handover_url(nominal: Nominal) -> str:
    return reverse("offenders:handover", args=[nominal.pk])


def _dues(owners: Iterable[User]) -> Iterable[people.Due]:
    rows = memberships().running().filter(nominal__lead_officer__in=list(owners))
    for row in rows:
        owner, url = row.nominal.lead_officer, membership_url(row)
        if row.state == MemberState.NOMINATED:
            title = f"{row.cohort}: decide the nomination"
            yield people.Due(_decide_by(row), title, row.nominal, owner, url)
        elif due_on := as_member(row).due_on:
            title = f"{row.cohort}: review ({row.get_rag_display() or 'not rated'})"
            yield people.Due(due_on, title, row.nominal, owner, url)


def _decide_by(row: Membership) -> date:
    """A nomination waits no longer than a review of red does."""
    return date.fromordinal(row.nominated_on.toordinal() + int(settings.COHORT_REVIEW_DAYS["red"]))


people.timelines += [_steps, _handovers]
people.nows.append(_now)
people.buttons.append(_buttons)
people.dues.append(_dues)
