"""Recorded offences per day at liberty before, while and after wearing a tag.

An offence is one that the person was arrested for, on the day it happened (the day of the arrest
where no recorded crime is linked). The time before is the same time at liberty as the person has
worn the tag, right before the first fitting. This describes; it does not say what the tag caused.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from offenders.models import ArrestOffence, Detention, Nominal, TagDeployment
from performance.comparisons.intervals import count as interval_of

DAY = timedelta(days=1)
PER = 100  # days
Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Stretch:
    """`seconds` at liberty, and the offences recorded in them."""

    offences: int = 0
    liberty: timedelta = timedelta()

    def __add__(self, other: Stretch) -> Stretch:
        return Stretch(self.offences + other.offences, self.liberty + other.liberty)

    @property
    def days(self) -> float:
        return self.liberty / DAY

    @property
    def rate(self) -> float | None:
        """Offences in a hundred days at liberty. None of less than a day, which tells nothing."""
        return self.offences * PER / self.days if self.days >= 1 else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """95%, of a count by Poisson."""
        if self.days < 1:
            return None
        low, high = interval_of(self.offences)
        return float(low) * PER / self.days, float(high) * PER / self.days


@dataclass(frozen=True)
class Effect:
    """Of one person."""

    nominal: Nominal
    before: Stretch
    wearing: Stretch
    after: Stretch


@dataclass(frozen=True)
class GroupEffectOf:
    people: tuple[Effect, ...]

    @property
    def rows(self) -> list[tuple[str, Stretch]]:
        total = Stretch()
        return [
            ("Before, the same time at liberty", sum((one.before for one in self.people), total)),
            ("While wearing", sum((one.wearing for one in self.people), total)),
            ("After", sum((one.after for one in self.people), total)),
        ]

    @property
    def answer(self) -> str:
        if not self.people:
            return "Nobody here has worn a tag."
        wearing, after = self.rows[1][1], self.rows[2][1]
        since = wearing + after
        who = "1 person" if len(self.people) == 1 else f"{len(self.people)} people"
        found = (
            "No further recorded offences"
            if since.offences == 0
            else f"{since.offences} further recorded offence{'s' * (since.offences > 1)}"
        )
        return f"{found} since fitting: {who}, {since.days:.0f} days at liberty."


def effect_of(nominals: Iterable[Nominal]) -> GroupEffectOf:
    """Three queries for any number of people; those who never wore a tag are left out."""
    known = {nominal.pk: nominal for nominal in nominals}
    now = timezone.now()
    worn, held, offences = _worn(known, now), _held(known, now), _offences(known)
    found = [
        _effect(known[pk], worn[pk], held.get(pk, []), offences.get(pk, []), now)
        for pk in known
        if pk in worn
    ]
    return GroupEffectOf(tuple(found))


def _worn(known: Iterable[int], now: datetime) -> dict[int, list[Span]]:
    rows = TagDeployment.objects.filter(nominal__in=list(known), fitted_at__isnull=False)
    found: dict[int, list[Span]] = {}
    for pk, start, withdrawn, end in rows.order_by("fitted_at").values_list(
        "nominal", "fitted_at", "withdrawn_at", "ended_at"
    ):
        if start:
            found.setdefault(pk, []).append((start, min(filter(None, [withdrawn, end, now]))))
    return found


def _held(known: Iterable[int], now: datetime) -> dict[int, list[Span]]:
    rows = Detention.objects.filter(arrest__nominal__in=list(known))
    found: dict[int, list[Span]] = {}
    for pk, start, end in rows.order_by("arrest__arrested_at").values_list(
        "arrest__nominal", "arrest__arrested_at", "ended_at"
    ):
        found.setdefault(pk, []).append((start, end or now))
    return {pk: _joined(spans) for pk, spans in found.items()}


def _offences(known: Iterable[int]) -> dict[int, list[datetime]]:
    """When each happened; a crime that a person was arrested for twice is one."""
    rows = ArrestOffence.objects.filter(arrest__nominal__in=list(known)).exclude(
        crime__cancelled_at__isnull=False
    )
    found: dict[int, dict[object, datetime]] = {}
    for key, pk, crime, since, recorded, arrested in rows.values_list(
        "pk",
        "arrest__nominal",
        "crime",
        "crime__occurred_from",
        "crime__recorded_at",
        "arrest__arrested_at",
    ):
        found.setdefault(pk, {})[crime or key] = since or recorded or arrested
    return {pk: list(times.values()) for pk, times in found.items()}


def _joined(spans: Sequence[Span]) -> list[Span]:
    """Spans in order of their start, those that overlap made one."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _effect(
    nominal: Nominal,
    worn: list[Span],
    held: list[Span],
    offences: list[datetime],
    now: datetime,
) -> Effect:
    wearing = _joined(worn)
    first = wearing[0][0]
    liberty = sum((_liberty(span, held) for span in wearing), timedelta())
    ends = [start for start, _ in wearing[1:]] + [now]
    rest = [(end, until) for (_, end), until in zip(wearing, ends, strict=True)]
    before = (_back_from(first, liberty, held), first)
    return Effect(
        nominal,
        _stretch([before], held, offences),
        _stretch(wearing, held, offences),
        _stretch(rest, held, offences),
    )


def _stretch(spans: Sequence[Span], held: list[Span], offences: list[datetime]) -> Stretch:
    hits = sum(start <= at < end for at in offences for start, end in spans)
    return Stretch(hits, sum((_liberty(span, held) for span in spans), timedelta()))


def _liberty(span: Span, held: list[Span]) -> timedelta:
    start, end = span
    away = (max(timedelta(), min(end, until) - max(start, since)) for since, until in held)
    return end - start - sum(away, timedelta())


def _back_from(moment: datetime, liberty: timedelta, held: list[Span]) -> datetime:
    """The latest time from which to `moment` the person was at liberty for so long."""
    for since, until in reversed([span for span in held if span[0] < moment]):
        free = moment - min(until, moment)
        if free >= liberty:
            break
        liberty, moment = liberty - free, since
    return moment - liberty
