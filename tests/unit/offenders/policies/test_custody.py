"""One test for each refusal, then a life in custody at random: the log never breaks the law."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from core.ranks import Rank
from offenders.custody.clock import ABSOLUTE, Case, Event, Kind, clock
from offenders.policies.custody import (
    Circumstances,
    Entry,
    Refusal,
    State,
    can_log,
    can_withdraw,
    state_of,
)

NOW = datetime(2023, 1, 20, 12, tzinfo=UTC)
INDICTABLE = Circumstances()
SUMMARY = Circumstances(is_indictable=False)


def at(day, time):
    hour, minute = map(int, time.split(":"))
    return datetime(2023, 1, day, hour, minute, tzinfo=UTC)


def entry(kind, day, time, rank=None, reason="", **facts):
    return Entry(Event(kind, at(day, time), **facts), rank, reason)


def review(day, time, rank=Rank.INSPECTOR):
    return entry(Kind.REVIEWED, day, time, rank)


def extension(day, time, hours=36, rank=Rank.SUPERINTENDENT):
    return entry(Kind.EXTENDED, day, time, rank, hours=hours)


def warrant(day, time, hours=36):
    return entry(Kind.WARRANT, day, time, hours=hours)


ARRESTED = entry(Kind.ARRESTED, 11, "06:40")
ARRIVED = entry(Kind.ARRIVED, 11, "07:30")
AUTHORISED = entry(Kind.AUTHORISED, 11, "07:45")
HELD = [ARRESTED, ARRIVED, AUTHORISED]
REVIEWED = [*HELD, review(11, "13:00"), review(11, "21:30")]
EXTENDED = [*REVIEWED, extension(12, "06:00")]
BAILED = [*HELD, entry(Kind.BAILED, 11, "16:45")]
HOSPITAL = [*HELD, entry(Kind.TO_HOSPITAL, 11, "10:00")]
CHARGED = [*REVIEWED, entry(Kind.CHARGED, 11, "22:00")]
ENDED = [*HELD, entry(Kind.RELEASED, 11, "16:00")]
WARRANTED = [*EXTENDED, warrant(12, "18:00")]


def refusal(new, log, about=INDICTABLE):
    return can_log(new, log, about, NOW).reason


@pytest.mark.parametrize(
    ("expected", "new", "log"),
    [
        (Refusal.FUTURE, entry(Kind.CHARGED, 20, "12:01"), HELD),
        (Refusal.ONCE, entry(Kind.AUTHORISED, 11, "08:00"), HELD),
        (Refusal.ONCE, entry(Kind.CHARGED, 11, "23:00"), CHARGED),
        (Refusal.BEFORE_ARREST, entry(Kind.ARRIVED, 11, "06:39"), [ARRESTED]),
        (Refusal.NOT_ARRIVED, entry(Kind.AUTHORISED, 11, "07:00"), [ARRESTED]),
        (Refusal.NOT_AUTHORISED, review(11, "07:40"), [ARRESTED, ARRIVED]),
        (Refusal.ENDED, review(11, "16:01"), ENDED),
        (Refusal.ENDED, entry(Kind.RETURNED, 12, "16:01"), ENDED),
        (Refusal.ON_BAIL, review(12, "08:00"), BAILED),
        (Refusal.NOT_ON_BAIL, entry(Kind.RETURNED, 12, "08:00"), HELD),
        (Refusal.NOT_ON_BAIL, entry(Kind.RETURNED, 12, "08:00"), HOSPITAL),
        (Refusal.IN_HOSPITAL, entry(Kind.TO_HOSPITAL, 11, "11:00"), HOSPITAL),
        (Refusal.NOT_IN_HOSPITAL, entry(Kind.FROM_HOSPITAL, 11, "11:00"), HELD),
        (
            Refusal.NOT_IN_HOSPITAL,
            entry(Kind.QUESTIONED, 11, "11:00", until=at(11, "11:20")),
            HELD,
        ),
        (Refusal.QUESTIONING_ENDS, entry(Kind.QUESTIONED, 11, "11:00"), HOSPITAL),
        (Refusal.WRONG_CASE, entry(Kind.ENTERED, 11, "06:50"), [ARRESTED]),
        (Refusal.REVIEW_RANK, review(11, "13:00", Rank.SERGEANT), HELD),
        (Refusal.CHARGED_REVIEW_RANK, review(12, "06:00", Rank.CONSTABLE), CHARGED),
        (Refusal.REVIEW_ORDER, review(11, "12:00"), REVIEWED),
        (Refusal.REVIEW_ORDER, entry(Kind.POSTPONED, 11, "12:00", reason="x"), REVIEWED),
        (Refusal.POSTPONED_WHY, entry(Kind.POSTPONED, 11, "13:00", reason=" "), HELD),
        (Refusal.EXTENSION_RANK, extension(12, "06:00", rank=Rank.INSPECTOR), REVIEWED),
        (Refusal.SECOND_REVIEW, extension(11, "20:00"), [*HELD, review(11, "13:00")]),
        (Refusal.TOO_LATE, extension(12, "07:31"), REVIEWED),  # 24 h 01
        (Refusal.TOO_LATE, extension(12, "07:30"), REVIEWED),
        (Refusal.EXTENSION_HOURS, extension(12, "06:00", hours=36.5), REVIEWED),
        (Refusal.EXTENSION_HOURS, extension(12, "06:00", hours=24), REVIEWED),
        (Refusal.WARRANT_RUNS, extension(12, "20:00"), WARRANTED),
        (Refusal.WARRANT_HOURS, warrant(12, "18:00", hours=37.5), EXTENDED),  # from 36 h on
        (Refusal.PAST_96, warrant(14, "05:00"), WARRANTED),
        (Refusal.TOO_LATE, warrant(14, "07:00", hours=20), WARRANTED),
        (Refusal.TOO_LATE, warrant(13, "01:30"), EXTENDED),  # six hours after the 36
        (Refusal.CHARGED, extension(12, "06:00"), CHARGED),
        (Refusal.CHARGED, warrant(12, "06:00"), CHARGED),
        (Refusal.LATER_ENTRY, entry(Kind.BAILED, 11, "12:00"), REVIEWED),
    ],
)
def test_event_is_refused(expected, new, log):
    assert refusal(new, log) is expected


@pytest.mark.parametrize("new", [extension(12, "06:00"), warrant(12, "06:00")])
def test_summary_only_offence_is_not_held_longer(new):
    assert refusal(new, REVIEWED, SUMMARY) is Refusal.SUMMARY_ONLY


@pytest.mark.parametrize(
    ("new", "log"),
    [
        (extension(12, "07:29"), REVIEWED),
        (extension(12, "06:30", hours=36), [*REVIEWED, extension(12, "06:00", hours=30)]),
        (warrant(12, "18:00"), EXTENDED),
        (warrant(13, "01:29"), EXTENDED),  # the court could not sit sooner
        (warrant(14, "05:00", hours=26), WARRANTED),
        (review(11, "09:00", Rank.SUPERINTENDENT), HELD),
        (review(12, "06:00", Rank.SERGEANT), CHARGED),
        (entry(Kind.RETURNED, 18, "08:00"), BAILED),
        (entry(Kind.RELEASED, 11, "07:40"), [ARRESTED, ARRIVED]),
        (entry(Kind.TO_HOSPITAL, 11, "12:00"), [*HELD, review(11, "13:00")]),  # logged late
        (entry(Kind.AUTHORISED, 11, "07:30"), [ARRESTED, ARRIVED]),  # of the same minute
    ],
)
def test_event_is_taken(new, log):
    assert refusal(new, log) is None


def test_entry_is_only_of_an_arrest_abroad():
    abroad = Circumstances(case=Case.ABROAD)
    assert refusal(entry(Kind.ENTERED, 11, "06:50"), [ARRESTED], abroad) is None


def test_withdrawing_what_others_stand_on_is_refused():
    assert can_withdraw(REVIEWED[-1], EXTENDED, INDICTABLE).reason is Refusal.NO_NEED
    assert can_withdraw(AUTHORISED, REVIEWED, INDICTABLE).reason is Refusal.NO_NEED


def test_withdrawing_the_last_entry_is_open():
    assert can_withdraw(EXTENDED[-1], EXTENDED, INDICTABLE)


def test_every_refusal_is_a_sentence():
    assert all(str(reason.label).endswith((".", "?")) for reason in Refusal)


class Life(RuleBasedStateMachine):
    """Anything is tried at any time; what is taken has to keep within the law."""

    def __init__(self):
        super().__init__()
        self.log = list(HELD)
        self.moment = at(11, "08:00")

    @rule(
        kind=st.sampled_from([kind for kind in Kind if kind is not Kind.QUESTIONED]),
        minutes=st.integers(0, 9 * 60),
        hours=st.sampled_from([12, 30, 36, 40]),
        rank=st.sampled_from(Rank),
        late=st.booleans(),
    )
    def log_something(self, kind, minutes, hours, rank, late):
        moment = self.moment + timedelta(minutes=-minutes if late else minutes)
        new = Entry(Event(kind, moment, hours=hours), rank, "because")
        if can_log(new, self.log, INDICTABLE, NOW + timedelta(days=99)):
            self.log.append(new)
            self.moment = max(self.moment, moment)

    @precondition(lambda self: len(self.log) > len(HELD))
    @rule(place=st.integers(0, 50))
    def withdraw_something(self, place):
        gone = self.log[place % len(self.log)]
        if can_withdraw(gone, self.log, INDICTABLE):
            self.log = [entry for entry in self.log if entry is not gone]

    @invariant()
    def nobody_is_held_past_96_hours_by_law(self):
        found = self.clock()
        if found.limit_at and found.absolute_ends:
            assert found.limit_at <= found.absolute_ends
            assert found.elapsed(found.limit_at) <= ABSOLUTE

    @invariant()
    def an_extension_follows_two_reviews(self):
        moments = sorted(e.event.at for e in self.log if e.event.kind is Kind.EXTENDED)
        reviews = [e.event.at for e in self.log if e.event.kind is Kind.REVIEWED]
        assert all(sum(done <= given for done in reviews) >= 2 for given in moments)

    @invariant()
    def the_clock_and_the_state_agree(self):
        is_held = state_of(self.log) in {State.ARRIVED, State.HELD, State.HOSPITAL}
        assert self.clock().is_held == is_held

    def clock(self):
        events = [entry.event for entry in self.log]
        return clock(Case.ORDINARY, events, INDICTABLE.law)


Life.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
TestLife = Life.TestCase
