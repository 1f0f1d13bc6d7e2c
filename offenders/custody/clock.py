"""The PACE custody clock: how long a person has been held, and what is due when.

A pure function over a log of events; nothing here reads the database or the time of day. Sections
are those of the Police and Criminal Evidence Act 1984. All times are aware; limits are elapsed
hours, so a night on which the clocks change makes no difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

FIRST_REVIEW = timedelta(hours=6)  # s.40(3)(a), from the authorising of detention
NEXT_REVIEW = timedelta(hours=9)  # s.40(3)(b) and (c), from the review before
BASIC = timedelta(hours=24)  # s.41(1)
EXTENDED = timedelta(hours=36)  # s.42(1), by a superintendent
WARRANT = timedelta(hours=36)  # s.43(12) and s.44(3)(a), each
ABSOLUTE = timedelta(hours=96)  # s.44(3)(b)
ELSEWHERE = timedelta(hours=24)  # s.41(2)(a) and (b), the journey at most
BREACH_PAUSE = timedelta(hours=3)  # s.47(6A), offences arrested for on or after 28 October 2022


class Case(StrEnum):
    """How the detention began: it decides the relevant time (s.41(2))."""

    ORDINARY = "ordinary"
    OTHER_FORCE = "other-force"  # wanted by another force's area, not questioned on the way
    ABROAD = "abroad"  # arrested outside England and Wales
    VOLUNTARY = "voluntary"  # attended voluntarily, then arrested at the station
    STREET_BAIL = "street-bail"  # answering bail under s.30A


class Kind(StrEnum):
    ARRESTED = "arrested"
    ENTERED = "entered"  # England and Wales
    ARRIVED = "arrived"  # at the first station; in the area that wants the person
    AUTHORISED = "authorised"
    REVIEWED = "reviewed"
    POSTPONED = "postponed"
    TO_HOSPITAL = "to-hospital"
    FROM_HOSPITAL = "from-hospital"
    QUESTIONED = "questioned"  # in hospital or on the way, until `until`
    BAILED = "bailed"
    RETURNED = "returned"  # on bail, or arrested for its breach
    EXTENDED = "extended"  # by a superintendent, to `hours` from the relevant time
    WARRANT = "warrant"  # of further detention or its extension, for `hours` from its issue
    CHARGED = "charged"
    RELEASED = "released"


ORDER = {kind: place for place, kind in enumerate(Kind)}


@dataclass(frozen=True)
class Event:
    """`until` ends questioning; `hours` is what an extension or a warrant gives; `is_medical`:
    a visit to hospital for treatment, not for a procedure of the investigation; `is_breach`: the
    return is an arrest for breach of bail or failure to answer it."""

    kind: Kind
    at: datetime
    until: datetime | None = None
    hours: float | None = None
    is_medical: bool = True
    is_breach: bool = False

    def in_utc(self) -> Event:
        """Sums of local times are sums of what a clock on the wall shows, not of time."""
        until = self.until.astimezone(UTC) if self.until else None
        return replace(self, at=self.at.astimezone(UTC), until=until)


@dataclass(frozen=True)
class Settings:
    """`hospital_pauses_reviews`: forces read s.41(6) in both ways. `breach_pauses`: the law of
    the arrest for the offence has the pause of three hours."""

    hospital_pauses_reviews: bool = True
    breach_pauses: bool = True


Interval = tuple[datetime, datetime | None]


@dataclass(frozen=True)
class Clock:
    """`counted`: the intervals that count, in order, the last one open while the person is held."""

    relevant_time: datetime | None
    counted: tuple[Interval, ...] = ()
    reviews_counted: tuple[Interval, ...] = ()
    next_review: datetime | None = None
    reviews_done: int = 0
    limit_at: datetime | None = None  # as the law now allows: 24 hours, extension or warrant
    basic_ends: datetime | None = None
    extended_could_end: datetime | None = None
    absolute_ends: datetime | None = None
    is_held: bool = False
    is_paused: bool = False
    charged_at: datetime | None = None
    reviews: tuple[datetime, ...] = field(default=())

    def elapsed(self, at: datetime) -> timedelta:
        """Time that counts against the limits, up to then."""
        return _elapsed(self.counted, at.astimezone(UTC))

    def remaining(self, at: datetime) -> timedelta | None:
        """Until the limit; negative when it has passed; None when there is none (charged)."""
        return self.limit_at - at if self.limit_at else None


def in_order(events: Iterable[Event]) -> list[Event]:
    """By time, in UTC; of one minute, in the order in which things happen at a station."""
    return sorted(
        (event.in_utc() for event in events), key=lambda event: (event.at, ORDER[event.kind])
    )


def relevant_time(case: Case, events: Iterable[Event]) -> datetime | None:
    """From when the limits run (s.41(2)); None while it has not come."""
    first = _firsts(event.in_utc() for event in events)
    arrested, arrived = first.get(Kind.ARRESTED), first.get(Kind.ARRIVED)
    if case is Case.VOLUNTARY:
        return arrested
    started = {Case.OTHER_FORCE: arrested, Case.ABROAD: first.get(Kind.ENTERED)}.get(case)
    latest = started + ELSEWHERE if started else None
    known = [moment for moment in (arrived, latest) if moment]
    return min(known, default=None)


def clock(case: Case, events: Sequence[Event], settings: Settings = Settings()) -> Clock:
    """Raises nothing: events that make no sense are refused before they reach the log."""
    log = in_order(events)
    start = relevant_time(case, log)
    if start is None:
        return Clock(None)
    spells = _spells(start, log)
    pauses = _hospital(log)
    breaches = _breach_pauses(log) if settings.breach_pauses else []
    counted = _without(spells, pauses + breaches)
    reviews_counted = _without(
        spells, (pauses if settings.hospital_pauses_reviews else []) + breaches
    )
    first = _firsts(log)
    charged = first.get(Kind.CHARGED)
    due, done = _reviews(log, reviews_counted)
    is_held = bool(spells) and spells[-1][1] is None
    return Clock(
        relevant_time=start,
        counted=tuple(counted),
        reviews_counted=tuple(reviews_counted),
        next_review=due if is_held else None,
        reviews_done=len(done),
        reviews=tuple(done),
        limit_at=None if charged else _limit(log, counted),
        basic_ends=_moment(counted, BASIC),
        extended_could_end=_moment(counted, EXTENDED),
        absolute_ends=_moment(counted, ABSOLUTE),
        is_held=is_held,
        is_paused=is_held and bool(counted) and counted[-1][1] is not None,
        charged_at=charged,
    )


def _firsts(events: Iterable[Event]) -> dict[Kind, datetime]:
    first: dict[Kind, datetime] = {}
    for event in events:
        if event.kind not in first or event.at < first[event.kind]:
            first[event.kind] = event.at
    return first


def _spells(start: datetime, log: Sequence[Event]) -> list[Interval]:
    """Detention: bail ends a spell, the return begins the next (2011 Act, s.1)."""
    spells: list[Interval] = [(start, None)]
    for event in log:
        began, ended = spells[-1]
        if ended is None and event.kind in {Kind.BAILED, Kind.RELEASED} and event.at >= began:
            spells[-1] = (began, event.at)
        elif ended is not None and event.kind is Kind.RETURNED:
            spells.append((event.at, None))
    return spells


ENDS_STAY = {Kind.FROM_HOSPITAL, Kind.BAILED, Kind.RELEASED}


def _hospital(log: Sequence[Event]) -> list[Interval]:
    """Away for medical treatment, less the time of questioning (s.41(6))."""
    away: list[Interval] = []
    for event in log:
        if event.kind is Kind.TO_HOSPITAL and event.is_medical:
            away.append((event.at, None))
        elif event.kind in ENDS_STAY and away and away[-1][1] is None:
            away[-1] = (away[-1][0], event.at)
    questioned = [
        (event.at, event.until) for event in log if event.kind is Kind.QUESTIONED and event.until
    ]
    return _without(away, questioned)


def _breach_pauses(log: Sequence[Event]) -> list[Interval]:
    return [
        (event.at, event.at + BREACH_PAUSE)
        for event in log
        if event.kind is Kind.RETURNED and event.is_breach
    ]


def _without(intervals: Sequence[Interval], holes: Sequence[Interval]) -> list[Interval]:
    """The intervals less the holes; None is an end that has not come."""
    left = list(intervals)
    for hole in holes:
        left = [piece for interval in left for piece in _cut(interval, hole)]
    return left


def _cut(interval: Interval, hole: Interval) -> list[Interval]:
    (start, end), (hole_start, hole_end) = interval, hole
    if (end is not None and hole_start >= end) or (hole_end is not None and hole_end <= start):
        return [interval]
    pieces: list[Interval] = []
    if hole_start > start:
        pieces.append((start, hole_start))
    if hole_end is not None and (end is None or hole_end < end):
        pieces.append((hole_end, end))
    return pieces


def _elapsed(counted: Sequence[Interval], at: datetime) -> timedelta:
    spans = (min(at, end or at) - start for start, end in counted if start < at)
    return sum(spans, timedelta())


def _moment(counted: Sequence[Interval], after: timedelta) -> datetime | None:
    """When so much counted time will have passed; None while the clock stands still before it."""
    for start, end in counted:
        if end is None or end - start >= after:
            return start + after
        after -= end - start
    return None


def _since(counted: Sequence[Interval], start: datetime) -> list[Interval]:
    return [(max(start, began), end) for began, end in counted if end is None or end > start]


def _reviews(
    log: Sequence[Event], counted: Sequence[Interval]
) -> tuple[datetime | None, list[datetime]]:
    """The next review, and those done. A postponed one keeps the due time of the next (s.40(4))."""
    authorised = _firsts(log).get(Kind.AUTHORISED)
    if authorised is None:
        return None, []
    due = _moment(_since(counted, authorised), FIRST_REVIEW)
    done: list[datetime] = []
    postponed: datetime | None = None
    for event in log:
        if event.kind is Kind.POSTPONED:
            postponed = due
        elif event.kind is Kind.REVIEWED:
            done.append(event.at)
            due = _moment(_since(counted, postponed or event.at), NEXT_REVIEW)
            postponed = None
    return due, done


def _limit(log: Sequence[Event], counted: Sequence[Interval]) -> datetime | None:
    """When detention without charge has to end, as extended so far."""
    limit = _moment(counted, BASIC)
    for event in log:
        hours = timedelta(hours=event.hours or 0)
        if event.kind is Kind.EXTENDED:
            limit = _moment(counted, min(hours, EXTENDED))
        elif event.kind is Kind.WARRANT:
            limit = _moment(_since(counted, event.at), min(hours, WARRANT))
    absolute = _moment(counted, ABSOLUTE)
    return min(limit, absolute) if limit and absolute else limit
