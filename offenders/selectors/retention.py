"""What is known of when each record has to be reviewed: a few queries for any number of people."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max, Min, Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate

from core.dates import today
from core.models import Approval
from offenders.models import (
    Arrest,
    ArrestOffence,
    Bail,
    Conviction,
    CourtBail,
    Detention,
    Disposal,
    DisposalCrime,
    Membership,
    Nominal,
    ReleasedUnderInvestigation,
    RemandApplication,
    RetentionClass,
    RetentionHold,
    RetentionPeriod,
    RetentionReview,
    TagDeployment,
    VoluntaryAttendance,
)
from offenders.models.disposal import LIVE
from offenders.models.retention import HoldQuerySet, ReviewQuerySet, ReviewState
from offenders.models.scope import visible
from offenders.models.tag import OVER
from offenders.people import Now, nows
from offenders.retention.periods import Contact, Due, Known, Period, group_of, review_due

DISPOSAL = "disposal"  # the kind of approval
# What brings somebody to notice: model, the nominal of it, its day, in words.
CONTACTS: tuple[tuple[Any, str, str, str], ...] = (
    (Arrest, "nominal", "arrested_at", "the arrest"),
    (VoluntaryAttendance, "nominal", "attended_at", "the voluntary attendance"),
    (Detention, "arrest__nominal", "ended_at", "the end of custody"),
    (Bail, "arrest__nominal", "ended_at", "the end of bail"),
    (ReleasedUnderInvestigation, "arrest__nominal", "ended_at", "the end of the investigation"),
    (Disposal, "nominal", "offered_at", "the disposal"),
    (Disposal, "nominal", "ended_at", "the end of the disposal"),
    (Conviction, "nominal", "convicted_on", "the conviction"),
    (Conviction, "nominal", "sentences__sentenced_on", "the sentence"),
    (CourtBail, "nominal", "granted_on", "the bail of the court"),
    (RemandApplication, "nominal", "applied_on", "the application for remand"),
    (TagDeployment, "nominal", "requested_at", "the tag"),
    (TagDeployment, "nominal", "ended_at", "the end of the tag"),
    (Membership, "nominal", "nominated_on", "the nomination to a cohort"),
    (Membership, "nominal", "closed_on", "the end in a cohort"),
)
# What lasts: as long as it does, the last contact is today.
RUNNING: tuple[tuple[Any, str, Q, str], ...] = (
    (Detention, "arrest__nominal", Q(ended_at=None), "the custody that goes on"),
    (Bail, "arrest__nominal", Q(ended_at=None), "the bail that runs"),
    (ReleasedUnderInvestigation, "arrest__nominal", Q(ended_at=None), "the open investigation"),
    (Disposal, "nominal", Q(state__in=LIVE), "the disposal that runs"),
    (CourtBail, "nominal", Q(ended_on=None), "the bail of a court"),
    (TagDeployment, "nominal", ~Q(state__in=OVER), "the tag that is worn or waited for"),
    (Membership, "nominal", Q(closed_on=None), "the place in a cohort"),
)
# Where an offence of somebody stands: model, the nominal of it, the code, what counts.
OFFENCES: tuple[tuple[Any, str, str, Q], ...] = (
    (ArrestOffence, "arrest__nominal", "offence", Q()),
    (ArrestOffence, "arrest__nominal", "crime__offence", Q()),
    (DisposalCrime, "disposal__nominal", "crime__offence", Q()),
    (Conviction, "nominal", "offence", Q()),
    (Conviction, "nominal", "crime__offence", Q()),
)


@dataclass(frozen=True)
class Subject:
    """One person, with what is due of their record. `held`: kinds of live holds."""

    nominal_id: int
    due: Due
    held: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outlook:
    """What would fall due by a day if nothing new happened: nothing is written."""

    day: date
    subjects: list[Subject]
    people: int  # of how many

    @property
    def by_group(self) -> list[tuple[int, int]]:
        found = Counter(subject.due.group for subject in self.subjects)
        return [(group, found[group]) for group in (1, 2, 3, 4)]

    @property
    def held(self) -> int:
        return sum(bool(subject.held) for subject in self.subjects)


def outlook(day: date) -> Outlook:
    """Earliest first."""
    everybody = subjects()
    due = [subject for subject in everybody if subject.due.on <= day]
    due.sort(key=lambda subject: (subject.due.on, subject.nominal_id))
    return Outlook(day, due, len(everybody))


def subject_of(nominal: Nominal) -> Subject:
    return subjects([nominal.pk])[0]


def subjects(only: Sequence[int] | None = None) -> list[Subject]:
    """In a number of queries that does not grow with the people. A merged record goes with the one
    that it was merged into."""
    people = Nominal.everybody.live().filter(disposed_at=None).order_by("pk")
    if only is not None:
        people = people.filter(pk__in=only)
    family = _family(only)
    contacts, groups = _contacts(family), _groups(family)
    retained, held, periods = _retained(family), _held(family), periods_on(today())
    found = []
    for pk, born, created_at in people.values_list("pk", "date_of_birth", "created_at"):
        known = Known(localdate(created_at), born, contacts[pk], retained.get(pk))
        due = review_due(known, periods[group_of(groups[pk])])
        found.append(Subject(pk, due, tuple(sorted(held[pk]))))
    return found


def periods_on(day: date) -> dict[int, Period]:
    """Of each group, the latest that has begun."""
    rows = RetentionPeriod.objects.filter(valid_from__lte=day).order_by("valid_from")
    return {row.group: row.rule for row in rows}


def family_of(nominal_id: int) -> list[int]:
    """The nominal, and all who were merged into them, at any remove."""
    found, last = [nominal_id], [nominal_id]
    while last:
        merged = Nominal.everybody.filter(merged_into__in=last).exclude(pk__in=found)
        last = list(merged.values_list("pk", flat=True))
        found += last
    return found


@dataclass(frozen=True)
class _Family:
    """Whose rows are read (`keys` None: everybody's), and for whom those of the merged count."""

    keys: list[int] | None
    merged: dict[int, int]

    def rows(self, model: Any, path: str) -> QuerySet[Any]:
        rows: QuerySet[Any] = model._default_manager.order_by()
        return rows if self.keys is None else rows.filter(**{f"{path}__in": self.keys})

    def of(self, nominal_id: int) -> int:
        while nominal_id in self.merged:
            nominal_id = self.merged[nominal_id]
        return nominal_id


def _family(only: Sequence[int] | None) -> _Family:
    merged = Nominal.everybody.filter(merged_into__isnull=False)
    keys = None if only is None else [each for pk in only for each in family_of(pk)]
    if keys is not None:
        merged = merged.filter(pk__in=keys)
    pairs = merged.values_list("pk", "merged_into")
    return _Family(keys, {gone: kept for gone, kept in pairs if kept is not None})


def _contacts(family: _Family) -> dict[int, list[Contact]]:
    found: dict[int, list[Contact]] = defaultdict(list)
    for model, path, field, words in CONTACTS:
        rows = (
            family.rows(model, path).values_list(path).annotate(first=Min(field), last=Max(field))
        )
        for nominal_id, first, last in rows:
            days = {_day(each) for each in (first, last) if each is not None}
            found[family.of(nominal_id)] += [Contact(day, words) for day in sorted(days)]
    for model, path, condition, words in RUNNING:
        rows = family.rows(model, path).filter(condition).values_list(path, flat=True).distinct()
        for nominal_id in rows:
            found[family.of(nominal_id)].append(Contact(today(), words))
    return found


def _groups(family: _Family) -> dict[int, list[int | None]]:
    """Of each nominal, the group of every offence; None for one that is not classed."""
    classes = dict(RetentionClass.objects.on(today()).values_list("offence", "group"))
    found: dict[int, list[int | None]] = defaultdict(list)
    for model, path, code, condition in OFFENCES:
        rows = family.rows(model, path).filter(condition).values_list(path, code).distinct()
        for nominal_id, offence in rows:
            found[family.of(nominal_id)].append(classes.get(offence))
    return found


def _retained(family: _Family) -> dict[int, date]:
    """Of each nominal, the day that their last review set."""
    rows = family.rows(RetentionReview, "nominal").filter(state=ReviewState.RETAINED)
    days = rows.order_by("proposed_at", "pk").values_list("nominal", "next_on")
    return {family.of(nominal_id): next_on for nominal_id, next_on in days}


def _held(family: _Family) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    rows = family.rows(RetentionHold, "nominal").filter(lifted_at=None)
    for nominal_id, kind in rows.values_list("nominal", "kind"):
        found[family.of(nominal_id)].add(kind)
    return found


def _day(value: date | datetime) -> date:
    return localdate(value) if isinstance(value, datetime) else value


def reviews() -> ReviewQuerySet:
    """Of those whom the person at work may see; of the disposed what is left of them, a number."""
    rows = visible(RetentionReview.objects.all()).values("pk")
    shown = RetentionReview.objects.filter(Q(pk__in=rows) | Q(state=ReviewState.DISPOSED))
    joined = shown.select_related("nominal", "proposed_by", "decided_by")
    return joined.order_by("due_on", "pk")


def approval_of(review: RetentionReview) -> Approval | None:
    """That waits for another person."""
    asked = Approval.objects.open().filter(kind=DISPOSAL, target_id=str(review.pk))
    return asked.select_related("asked_by").first()


def holds() -> HoldQuerySet:
    joined = visible(RetentionHold.objects.all())
    return joined.select_related("nominal", "placed_by", "lifted_by")


def _holds_now(nominal: Nominal) -> Iterator[Now]:
    for hold in RetentionHold.objects.live().filter(nominal=nominal):
        url = reverse("offenders:retention-of", args=[nominal.pk])
        yield Now(
            "Hold", f"{hold.get_kind_display()}: nothing may be disposed of", url, urgent=False
        )


nows += [_holds_now]
