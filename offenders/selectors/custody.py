"""Who is in custody, how long is left, and what is due next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from core.access.decision import Decision
from core.models import User
from core.ranks import Rank
from offenders import people
from offenders.custody.clock import ABSOLUTE, BASIC, EXTENDED, Case, Clock, Event, Kind
from offenders.models import Arrest, CustodyEvent, Detention, Nominal, VoluntaryAttendance
from offenders.models.detention import KindChoice, Result
from offenders.models.scope import visible
from offenders.policies.custody import Circumstances, Entry, State, can_log, state_of

AMBER = timedelta(minutes=60)
RED = timedelta(minutes=15)
HOUR = timedelta(hours=1)
SCALE = 96  # hours that the bar shows
STEP = 10  # of the drawing, an hour


def detentions() -> QuerySet[Detention]:
    """With all that the clock and the board read: four queries for any number of rows."""
    rows = visible(Detention.objects.all()).select_related("arrest__nominal", "officer")
    return rows.prefetch_related("entries", "arrest__offences")


def entry_of(row: CustodyEvent) -> Entry:
    return Entry(row.as_event(), row.authorised_rank, row.reason)


def entries_of(detention: Detention) -> list[Entry]:
    return [entry_of(row) for row in detention.standing]


def about(detention: Detention) -> Circumstances:
    return Circumstances(
        Case(detention.case), detention.law, detention.is_indictable, detention.lacks_adult
    )


@dataclass(frozen=True)
class DueNext:
    """`answer` is what is logged then, where an entry of the log answers it."""

    title: str
    at: datetime
    answer: Kind | None = None


@dataclass(frozen=True)
class Mark:
    """A line across the bar, at `x` of its drawing."""

    x: float
    title: str


@dataclass(frozen=True)
class Bar:
    """Time used on a scale of 96 hours, as figures for the drawing and in words."""

    used: float
    limits: tuple[Mark, ...]
    reviews: tuple[Mark, ...]
    words: str
    width: int = SCALE * STEP


class Custody:
    """One detention at a moment."""

    def __init__(self, detention: Detention, now: datetime) -> None:
        self.detention, self.now = detention, now

    @cached_property
    def clock(self) -> Clock:
        return self.detention.clock

    @cached_property
    def state(self) -> str:
        return state_of(entries_of(self.detention))

    @property
    def nominal(self) -> Nominal:
        return self.detention.arrest.nominal

    @property
    def url(self) -> str:
        return detention_url(self.detention)

    @property
    def offences(self) -> str:
        if self.nominal.covered:
            return "Not shown"
        return ", ".join(found.title for found in self.detention.arrest.offences.all())

    @property
    def where(self) -> str:
        return "In hospital" if self.state == State.HOSPITAL else self.detention.station

    @cached_property
    def due(self) -> DueNext | None:
        """What comes first: the review or the limit. None while nothing runs."""
        clock = self.clock
        if self.state == State.ARRIVED and self.detention.ended_at is None:
            since = clock.relevant_time or self.now
            return DueNext("Detention to be authorised", since, Kind.AUTHORISED)
        known = (
            (f"Review {clock.reviews_done + 1}", clock.next_review, Kind.REVIEWED),
            (self._limit_name, clock.limit_at, None),
        )
        found = [DueNext(title, at, kind) for title, at, kind in known if at and clock.is_held]
        return min(found, key=lambda due: due.at, default=None)

    @property
    def _limit_name(self) -> str:
        kinds = {event.kind for event in self.detention.log}
        if Kind.WARRANT in kinds:
            return "Warrant ends"
        return "Extension ends" if Kind.EXTENDED in kinds else "24 hours end"

    @property
    def left(self) -> timedelta | None:
        return self.due.at - self.now if self.due else None

    @property
    def may_extend(self) -> bool:
        return not why_not_now(Kind.EXTENDED, self)

    @property
    def urgency(self) -> str:
        """`late`, `red`, `amber` or nothing."""
        left = self.left
        if left is None or left > AMBER:
            return ""
        if left < timedelta():
            return "late"
        return "red" if left <= RED else "amber"

    @property
    def due_words(self) -> str:
        left = self.left
        if left is None:
            return "The clock stands still" if self.clock.is_paused else "Nothing"
        return f"late by {in_words(-left)}" if left < timedelta() else f"in {in_words(left)}"

    @property
    def urgency_words(self) -> str:
        return {"late": "Late", "red": "Due now", "amber": "Due soon"}.get(self.urgency, "")

    @cached_property
    def used(self) -> timedelta:
        return self.clock.elapsed(self.now)

    @property
    def used_words(self) -> str:
        return in_words(self.used)

    @property
    def left_words(self) -> str:
        """Until the limit as it is allowed now; nothing where none runs."""
        limit = self.clock.limit_at
        if limit is None or not self.clock.is_held or self.detention.ended_at:
            return ""
        left = limit - self.now
        if left < timedelta():
            return f"over by {in_words(-left)}"
        return f"{in_words(left)} left"

    @property
    def bar(self) -> Bar:
        limits = tuple(
            Mark(_place(limit), f"{limit / HOUR:.0f} hours")
            for limit in (BASIC, EXTENDED, ABSOLUTE)
        )
        reviews = tuple(
            Mark(_place(self.clock.elapsed(at)), f"Review {number}")
            for number, at in enumerate(self.clock.reviews, 1)
        )
        words = ", ".join(filter(None, [f"{self.used_words} used", self.left_words]))
        return Bar(_place(self.used), limits, reviews, words)


def _place(used: timedelta) -> float:
    return round(min(used, ABSOLUTE) / HOUR * STEP, 1)


def in_words(length: timedelta) -> str:
    """`3 h 05`, or `35 min` below the hour."""
    hours, minutes = divmod(int(length / timedelta(minutes=1)), 60)
    return f"{hours} h {minutes:02d}" if hours else f"{minutes} min"


def board(now: datetime) -> list[Custody]:
    """Everybody who is held, by what is due next; those with nothing due come last."""
    rows = [Custody(found, now) for found in detentions().filter(ended_at__isnull=True)]
    never = now + timedelta(days=366)
    return sorted(rows, key=lambda row: (row.due.at if row.due else never, row.detention.pk))


@dataclass(frozen=True)
class Step:
    """Something that may be logged now, or why it may not."""

    kind: str
    title: str
    url: str
    refusal: str


STEPS = (
    Kind.ARRIVED,
    Kind.AUTHORISED,
    Kind.REVIEWED,
    Kind.POSTPONED,
    Kind.EXTENDED,
    Kind.WARRANT,
    Kind.TO_HOSPITAL,
    Kind.QUESTIONED,
    Kind.FROM_HOSPITAL,
    Kind.RETURNED,
    Kind.CHARGED,
)


def steps(custody: Custody) -> list[Step]:
    return [
        Step(
            kind.value,
            str(KindChoice(kind.value).label),
            reverse("offenders:custody-event-new", args=[custody.detention.pk, kind.value]),
            why_not_now(kind, custody),
        )
        for kind in STEPS
    ]


def why_not_now(kind: Kind, custody: Custody) -> str:
    """Asks for the best that could be had now, so what is refused is refused to anybody."""
    log, circumstances = entries_of(custody.detention), about(custody.detention)
    return _why_not(can_log(_best(kind, custody), log, circumstances, custody.now))


def usual_ends(custody: Custody) -> list[tuple[str, str]]:
    """The results that come up most, each with the words of its button: a charge shuts the others."""
    if custody.clock.charged_at:
        return [
            (Result.CHARGED_BAILED, "Bail to court"),
            (Result.CHARGED_REMANDED, "Keep in custody for court"),
        ]
    return [
        (Result.BAILED, "Release on bail"),
        (Result.INVESTIGATED, "Release under investigation"),
    ]


def _why_not(decision: Decision) -> str:
    return str(decision.reason.label) if decision.reason else ""


def _best(kind: Kind, custody: Custody) -> Entry:
    at = custody.now
    hours = {Kind.EXTENDED: 36.0, Kind.WARRANT: _longest(custody)}.get(kind)
    is_talk = kind is Kind.QUESTIONED
    since = at - timedelta(minutes=1) if is_talk else at
    return Entry(Event(kind, since, at if is_talk else None, hours), Rank.SUPERINTENDENT, "-")


def _longest(custody: Custody) -> float:
    """Hours that a warrant of this minute could give; at least one, to be told why not."""
    absolute = custody.clock.absolute_ends
    left = (absolute - custody.now) / HOUR if absolute else 36.0
    return max(min(left, 36.0), 1.0)


def detention_url(detention: Detention) -> str:
    return reverse("offenders:custody-detail", args=[detention.pk])


def attendance_url(attendance: VoluntaryAttendance) -> str:
    return reverse("offenders:attendance-detail", args=[attendance.pk])


def timeline(nominal: Nominal) -> Iterable[people.Entry]:
    yield from (_arrest_entry(arrest) for arrest in _arrests(nominal))
    rows = CustodyEvent.objects.filter(detention__arrest__nominal=nominal, withdrawn_at=None)
    for event in rows.exclude(kind=Kind.ARRESTED).select_related("by"):
        url = reverse("offenders:custody-detail", args=[event.detention_id])
        title, text = event.get_kind_display(), event.reason
        yield people.Entry(event.at, "Custody", title, text, str(event.by or "Imported"), url)
    for seen in VoluntaryAttendance.objects.filter(nominal=nominal).select_related("officer"):
        title = f"Attended {seen.station} voluntarily"
        url, said = attendance_url(seen), ". ".join(filter(None, [seen.reason, seen.result]))
        yield people.Entry(seen.attended_at, "Arrest", title, said, str(seen.officer), url)


def _arrests(nominal: Nominal) -> QuerySet[Arrest]:
    rows = Arrest.objects.filter(nominal=nominal).select_related("arresting_officer", "detention")
    return rows.prefetch_related("offences")


def _arrest_entry(arrest: Arrest) -> people.Entry:
    titles = ", ".join(offence.title for offence in arrest.offences.all())
    held = getattr(arrest, "detention", None)
    return people.Entry(
        arrest.arrested_at,
        "Arrest",
        f"Arrested at {arrest.place}",
        titles,
        str(arrest.arresting_officer),
        detention_url(held) if held else reverse("offenders:arrest-detail", args=[arrest.pk]),
    )


def now_of(nominal: Nominal) -> Iterable[people.Now]:
    for found in detentions().filter(arrest__nominal=nominal, ended_at__isnull=True):
        custody = Custody(found, timezone.now())
        due = f"{custody.due.title} {custody.due_words}." if custody.due else ""
        text = f"At {found.station}, {custody.used_words} used. {due}".strip()
        urgent = bool(custody.urgency)
        yield people.Now("In custody", text, custody.url, tag="In custody", urgent=urgent)


def buttons(nominal: Nominal) -> Iterable[people.Button]:
    yield people.Button("Log an arrest", reverse("offenders:arrest-of", args=[nominal.pk]))
    url = reverse("offenders:attendance-of", args=[nominal.pk])
    yield people.Button("Log a voluntary attendance", url)


def dues(owners: Iterable[User]) -> Iterable[people.Due]:
    for found in detentions().filter(officer__in=list(owners), ended_at__isnull=True):
        custody = Custody(found, timezone.now())
        if due := custody.due:
            yield people.Due(due.at, due.title, custody.nominal, found.officer, custody.url)


people.timelines.append(timeline)
people.nows.append(now_of)
people.buttons.append(buttons)
people.dues.append(dues)
