"""May this stand in the log of a detention, and if not, why not.

A log is judged by replaying it: each event against those before it. So one rule holds for an event
that is logged as it happens, for one that is logged late, and for one that is taken out again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import TextChoices

from core.access.decision import ALLOWED, Decision
from core.ranks import Rank
from core.states import Machine
from offenders.custody.clock import (
    BASIC,
    EXTENDED,
    ORDER,
    WARRANT,
    Case,
    Clock,
    Event,
    Kind,
    Settings,
    clock,
)

REVIEWS_BEFORE_EXTENSION = 2  # s.42(4)(b)
LAW = Settings()  # as it is now
COURT_SITS_LATER = timedelta(hours=6)  # s.43(5)(b)


class Refusal(TextChoices):
    """Why an event cannot stand in the log: the label is what the officer reads."""

    FUTURE = "future", "This time lies in the future."
    ONCE = "once", "This is logged already, and happens once in a detention."
    BEFORE_ARREST = "before-arrest", "Nothing in custody comes before the arrest: check the time."
    NOT_ARRIVED = "not-arrived", "The person had not arrived at the station by then."
    NOT_AUTHORISED = "not-authorised", "Detention was not authorised by then: log that first."
    ENDED = "ended", "The detention had ended by then: nothing can be logged after its end."
    ON_BAIL = "on-bail", "The person was on bail then: log the return first."
    NOT_ON_BAIL = "not-on-bail", "The person was not on bail then, so cannot return from it."
    IN_HOSPITAL = "in-hospital", "The person was in hospital then: log the way back first."
    NOT_IN_HOSPITAL = "not-in-hospital", "The person was not in hospital then."
    QUESTIONING_ENDS = "questioning-ends", "Questioning ends after it begins: give both times."
    WRONG_CASE = "wrong-case", "Only an arrest outside England and Wales has an entry."
    REVIEW_RANK = "review-rank", "Before charge an inspector or above reviews detention (s.40(1))."
    CHARGED_REVIEW_RANK = (
        "charged-review-rank",
        "After charge a custody officer, a sergeant or above, reviews detention (s.40(1)).",
    )
    REVIEW_ORDER = (
        "review-order",
        (
            "A review at or after this time is logged already. Reviews are logged in their order: "
            "withdraw the later one first if its time is wrong."
        ),
    )
    POSTPONED_WHY = "postponed-why", "Say why the review was postponed (s.40(7))."
    SUMMARY_ONLY = (
        "summary-only",
        (
            "Every offence of this arrest is summary only: detention cannot go on past 24 hours. "
            "It takes an indictable offence, and either way counts (s.42(1)(b), s.43(4)(b))."
        ),
    )
    EXTENSION_RANK = "extension-rank", "A superintendent or above extends detention (s.42(1))."
    SECOND_REVIEW = (
        "second-review",
        "Detention cannot be extended before the second review is done (s.42(4)(b)).",
    )
    TOO_LATE = (
        "too-late",
        "The time allowed had run out by then, so it cannot be extended (s.42(4)(a), s.43(5)).",
    )
    EXTENSION_HOURS = (
        "extension-hours",
        (
            "An extension is counted from the relevant time: to more than is allowed now, and to 36 "
            "hours at most (s.42(1))."
        ),
    )
    WARRANT_RUNS = "warrant-runs", "A court has decided: only a court can give more time (s.44)."
    WARRANT_HOURS = (
        "warrant-hours",
        (
            "A warrant is for 36 hours at most, counted from its issue and not from the end of the "
            "extension (s.43(12))."
        ),
    )
    PAST_96 = (
        "past-96",
        "This warrant would end more than 96 hours after the relevant time (s.44(3)(b)).",
    )
    CHARGED = "charged", "The person was charged by then: the limits run no longer."
    NO_ADULT = (
        "no-adult",
        (
            "This is a child: name the appropriate adult first, under “Change who and where” "
            "(PACE Code C 3.15)."
        ),
    )
    NO_NEED = "no-need", "This entry starts the log: withdraw the ones after it first."
    LATER_ENTRY = (
        "later-entry",
        (
            "A later entry of this log could not stand beside this one: check the time, or withdraw the "
            "later entry first."
        ),
    )


@dataclass(frozen=True)
class Entry:
    """An event with who authorised it, and why."""

    event: Event
    rank: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class Circumstances:
    case: Case = Case.ORDINARY
    law: Settings = LAW
    is_indictable: bool = True
    lacks_adult: bool = False  # a child for whom nobody is named


class State(TextChoices):
    EXPECTED = "expected", "Not logged"
    ARRESTED = "arrested", "Arrested"
    ARRIVED = "arrived", "At the station"
    HELD = "held", "Held"
    HOSPITAL = "hospital", "In hospital"
    ON_BAIL = "on-bail", "On bail"
    ENDED = "ended", "Ended"


HERE = frozenset({State.HELD, State.HOSPITAL})

CUSTODY = Machine(
    "The detention",
    State,
    {
        Kind.ARRESTED: (frozenset({State.EXPECTED}), State.ARRESTED),
        Kind.ARRIVED: (frozenset({State.ARRESTED}), State.ARRIVED),
        Kind.AUTHORISED: (frozenset({State.ARRIVED}), State.HELD),
        Kind.TO_HOSPITAL: (frozenset({State.HELD}), State.HOSPITAL),
        Kind.FROM_HOSPITAL: (frozenset({State.HOSPITAL}), State.HELD),
        Kind.BAILED: (HERE, State.ON_BAIL),
        Kind.RETURNED: (frozenset({State.ON_BAIL}), State.HELD),
        Kind.RELEASED: (HERE | {State.ARRIVED}, State.ENDED),
    },
)
# What leaves a detention where it is, and where it may happen.
STAYS: dict[Kind, frozenset[str]] = {
    Kind.ENTERED: frozenset({State.ARRESTED}),
    Kind.QUESTIONED: frozenset({State.HOSPITAL}),
    **dict.fromkeys(
        (Kind.REVIEWED, Kind.POSTPONED, Kind.EXTENDED, Kind.WARRANT, Kind.CHARGED), HERE
    ),
}
WHY_NOT_FROM: dict[str, Refusal] = {
    State.EXPECTED: Refusal.BEFORE_ARREST,
    State.ARRESTED: Refusal.NOT_ARRIVED,
    State.ARRIVED: Refusal.NOT_AUTHORISED,
    State.HOSPITAL: Refusal.IN_HOSPITAL,
    State.ON_BAIL: Refusal.ON_BAIL,
    State.ENDED: Refusal.ENDED,
}
WHY_NOT_HELD: dict[Kind, Refusal] = {
    Kind.FROM_HOSPITAL: Refusal.NOT_IN_HOSPITAL,
    Kind.QUESTIONED: Refusal.NOT_IN_HOSPITAL,
    Kind.RETURNED: Refusal.NOT_ON_BAIL,
}
ONCE_ONLY = {Kind.ARRESTED, Kind.ENTERED, Kind.ARRIVED, Kind.AUTHORISED}


def can_log(entry: Entry, log: Sequence[Entry], about: Circumstances, now: datetime) -> Decision:
    """Whether the entry may join a log that stands."""
    if max(entry.event.at, entry.event.until or entry.event.at) > now:
        return Decision(Refusal.FUTURE)
    if _is_out_of_order(entry.event, log):
        return Decision(Refusal.REVIEW_ORDER)
    if entry.event.kind is Kind.CHARGED and about.lacks_adult:
        return Decision(Refusal.NO_ADULT)
    fault = _first_fault([*log, entry], about)
    if fault is None:
        return ALLOWED
    refused, reason = fault
    return Decision(reason if refused is entry else Refusal.LATER_ENTRY)


def can_withdraw(entry: Entry, log: Sequence[Entry], about: Circumstances) -> Decision:
    """Whether the rest can stand without it."""
    rest = [other for other in log if other is not entry]
    return Decision(Refusal.NO_NEED) if _first_fault(rest, about) else ALLOWED


def can_stand(log: Sequence[Entry], about: Circumstances) -> Decision:
    """Whether a log stands in other circumstances, such as an arrest for another offence."""
    fault = _first_fault(log, about)
    return Decision(fault[1]) if fault else ALLOWED


def state_of(log: Iterable[Entry]) -> str:
    state: str = State.EXPECTED
    for entry in _in_order(log):
        state = _after(state, entry.event.kind)
    return state


def _is_out_of_order(event: Event, log: Sequence[Entry]) -> bool:
    if event.kind not in {Kind.REVIEWED, Kind.POSTPONED}:
        return False
    return any(other.event.kind is Kind.REVIEWED and other.event.at >= event.at for other in log)


def _first_fault(log: Sequence[Entry], about: Circumstances) -> tuple[Entry, Refusal] | None:
    ordered, state = _in_order(log), str(State.EXPECTED)
    for place, entry in enumerate(ordered):
        before = [earlier.event for earlier in ordered[:place]]
        if refusal := _refusal(entry, state, before, about):
            return entry, refusal
        state = _after(state, entry.event.kind)
    return None


def _in_order(log: Iterable[Entry]) -> list[Entry]:
    return sorted(log, key=lambda entry: (entry.event.at, ORDER[entry.event.kind]))


def _after(state: str, kind: Kind) -> str:
    return state if kind in STAYS else CUSTODY.steps[kind][1]


def _refusal(
    entry: Entry, state: str, before: Sequence[Event], about: Circumstances
) -> Refusal | None:
    kind = entry.event.kind
    sources = STAYS[kind] if kind in STAYS else CUSTODY.steps[kind][0]
    if kind in ONCE_ONLY and any(event.kind is kind for event in before):
        return Refusal.ONCE
    if state not in sources:
        return (
            WHY_NOT_HELD.get(kind, Refusal.ONCE) if state == State.HELD else _why_not(state, kind)
        )
    rule = RULES.get(kind)
    return rule(entry, clock(about.case, before, about.law), before, about) if rule else None


def _why_not(state: str, kind: Kind) -> Refusal:
    wrong_place = kind is Kind.RETURNED and state == State.HOSPITAL
    return Refusal.NOT_ON_BAIL if wrong_place else WHY_NOT_FROM[state]


Rule = Callable[[Entry, Clock, Sequence[Event], Circumstances], Refusal | None]
Test = tuple[bool, Refusal]


def _first(*tests: Test) -> Refusal | None:
    return next((reason for fails, reason in tests if fails), None)


def _entered(
    entry: Entry, held: Clock, before: Sequence[Event], about: Circumstances
) -> Refusal | None:
    return _first((about.case is not Case.ABROAD, Refusal.WRONG_CASE))


def _questioned(
    entry: Entry, held: Clock, before: Sequence[Event], about: Circumstances
) -> Refusal | None:
    until = entry.event.until
    return _first((until is None or until <= entry.event.at, Refusal.QUESTIONING_ENDS))


def _reviewed(
    entry: Entry, held: Clock, before: Sequence[Event], about: Circumstances
) -> Refusal | None:
    rank = entry.rank or Rank.STAFF
    if held.charged_at:
        return _first((rank < Rank.SERGEANT, Refusal.CHARGED_REVIEW_RANK))
    return _first((rank < Rank.INSPECTOR, Refusal.REVIEW_RANK))


def _postponed(
    entry: Entry, held: Clock, before: Sequence[Event], about: Circumstances
) -> Refusal | None:
    return _first((not entry.reason.strip(), Refusal.POSTPONED_WHY))


def _extended(
    entry: Entry, held: Clock, before: Sequence[Event], about: Circumstances
) -> Refusal | None:
    given = timedelta(hours=entry.event.hours or 0)
    return _first(
        (held.charged_at is not None, Refusal.CHARGED),
        (not about.is_indictable, Refusal.SUMMARY_ONLY),
        ((entry.rank or Rank.STAFF) < Rank.SUPERINTENDENT, Refusal.EXTENSION_RANK),
        (any(event.kind is Kind.WARRANT for event in before), Refusal.WARRANT_RUNS),
        (held.reviews_done < REVIEWS_BEFORE_EXTENSION, Refusal.SECOND_REVIEW),
        (_has_run_out(entry.event, held), Refusal.TOO_LATE),
        (not _allowed(before) < given <= EXTENDED, Refusal.EXTENSION_HOURS),
    )


def _warrant(
    entry: Entry, held: Clock, before: Sequence[Event], about: Circumstances
) -> Refusal | None:
    given = timedelta(hours=entry.event.hours or 0)
    is_first = not any(event.kind is Kind.WARRANT for event in before)
    grace = COURT_SITS_LATER if is_first and _allowed(before) == EXTENDED else timedelta()
    absolute = held.absolute_ends
    return _first(
        (held.charged_at is not None, Refusal.CHARGED),
        (not about.is_indictable, Refusal.SUMMARY_ONLY),
        (not timedelta() < given <= WARRANT, Refusal.WARRANT_HOURS),
        (_has_run_out(entry.event, held, grace), Refusal.TOO_LATE),
        (absolute is not None and entry.event.at + given > absolute, Refusal.PAST_96),
    )


def _charged(
    entry: Entry, held: Clock, before: Sequence[Event], about: Circumstances
) -> Refusal | None:
    return _first((held.charged_at is not None, Refusal.ONCE))


def _allowed(before: Sequence[Event]) -> timedelta:
    """Since the relevant time, by what a superintendent gave so far."""
    given = [event.hours or 0 for event in before if event.kind is Kind.EXTENDED]
    return timedelta(hours=given[-1]) if given else BASIC


def _has_run_out(event: Event, held: Clock, grace: timedelta = timedelta()) -> bool:
    return held.limit_at is not None and event.at >= held.limit_at + grace


RULES: dict[Kind, Rule] = {
    Kind.ENTERED: _entered,
    Kind.QUESTIONED: _questioned,
    Kind.REVIEWED: _reviewed,
    Kind.POSTPONED: _postponed,
    Kind.EXTENDED: _extended,
    Kind.WARRANT: _warrant,
    Kind.CHARGED: _charged,
}
