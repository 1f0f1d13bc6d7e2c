"""The worked cases of the clock, and what must hold of any log."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offenders.custody.clock import Case, Clock, Event, Kind, Settings, clock, relevant_time

LONDON = ZoneInfo("Europe/London")


def at(day: int, time: str, month: int = 1) -> datetime:
    return datetime.strptime(f"2021-{month:02d}-{day:02d} {time}", "%Y-%m-%d %H:%M").replace(
        tzinfo=LONDON
    )


ARREST = [
    Event(Kind.ARRESTED, at(11, "06:40")),
    Event(Kind.ARRIVED, at(11, "07:30")),
    Event(Kind.AUTHORISED, at(11, "07:45")),
]


def held(*events: Event, case: Case = Case.ORDINARY) -> Clock:
    return clock(case, [*ARREST, *events])


def test_first_review_is_six_hours_after_authorising():
    assert held().next_review == at(11, "13:45")


def test_next_review_is_nine_hours_after_the_one_before():
    assert held(Event(Kind.REVIEWED, at(11, "13:00"))).next_review == at(11, "22:00")


def test_third_review_follows_the_second():
    reviews = [Event(Kind.REVIEWED, at(11, "13:00")), Event(Kind.REVIEWED, at(11, "21:30"))]
    assert held(*reviews).next_review == at(12, "06:30")


def test_basic_limit_is_24_hours_after_arrival():
    assert held().limit_at == at(12, "07:30")


def test_extension_ends_36_hours_after_arrival():
    assert held(Event(Kind.EXTENDED, at(12, "06:00"), hours=36)).limit_at == at(12, "19:30")


def test_warrant_runs_from_its_issue():
    events = [
        Event(Kind.EXTENDED, at(12, "06:00"), hours=36),
        Event(Kind.WARRANT, at(12, "18:00"), hours=36),
    ]
    assert held(*events).limit_at == at(14, "06:00")


def test_nothing_outlasts_96_hours():
    warrants = [Event(Kind.WARRANT, at(day, "18:00"), hours=36) for day in (12, 14)]
    assert held(*warrants).limit_at == at(15, "07:30") == held().absolute_ends


def test_hospital_pauses_but_for_questioning():
    events = [
        Event(Kind.TO_HOSPITAL, at(11, "10:00")),
        Event(Kind.QUESTIONED, at(11, "11:00"), until=at(11, "11:20")),
        Event(Kind.FROM_HOSPITAL, at(11, "13:00")),
    ]
    assert held(*events).limit_at == at(12, "10:10")


def test_a_procedure_in_hospital_does_not_pause():
    events = [
        Event(Kind.TO_HOSPITAL, at(11, "10:00"), is_medical=False),
        Event(Kind.FROM_HOSPITAL, at(11, "13:00")),
    ]
    assert held(*events).limit_at == at(12, "07:30")


def test_bail_stops_the_clock_until_the_return():
    events = [Event(Kind.BAILED, at(11, "16:45")), Event(Kind.RETURNED, at(23, "08:00"))]
    assert held(*events).limit_at == at(23, "22:45")


def test_nothing_is_due_of_a_person_on_bail():
    bailed = held(Event(Kind.BAILED, at(11, "16:45")))
    assert not bailed.is_held
    assert bailed.next_review is None
    assert bailed.limit_at is None
    assert bailed.elapsed(at(20, "12:00")) == timedelta(hours=9, minutes=15)


def test_arrest_for_breach_pauses_three_hours():
    events = [
        Event(Kind.BAILED, at(11, "16:45")),
        Event(Kind.RETURNED, at(23, "08:00"), is_breach=True),
    ]
    assert held(*events).limit_at == at(24, "01:45")


def test_arrest_for_breach_did_not_pause_before_october_2022():
    events = [
        *ARREST,
        Event(Kind.BAILED, at(11, "16:45")),
        Event(Kind.RETURNED, at(23, "08:00"), is_breach=True),
    ]
    found = clock(Case.ORDINARY, events, Settings(breach_pauses=False))
    assert found.limit_at == at(23, "22:45")


def test_postponed_review_does_not_move_the_next():
    events = [Event(Kind.POSTPONED, at(11, "13:40")), Event(Kind.REVIEWED, at(11, "15:00"))]
    assert held(*events).next_review == at(11, "22:45")


def test_no_limit_after_charge():
    assert held(Event(Kind.CHARGED, at(11, "20:00"))).limit_at is None


@pytest.mark.parametrize(
    ("day", "month", "ends"), [(28, 3, (28, "23:30")), (30, 10, (31, "21:30"))]
)
def test_a_day_is_24_elapsed_hours_when_the_clocks_change(day, month, ends):
    """27-28 March 2021 has 23 hours, 30-31 October 2021 has 25."""
    arrived = at(day - (month == 3), "22:30", month)
    found = clock(Case.ORDINARY, [Event(Kind.ARRIVED, arrived)])
    assert found.limit_at is not None
    assert found.limit_at.astimezone(UTC) == arrived.astimezone(UTC) + timedelta(hours=24)
    assert found.limit_at.astimezone(LONDON) == at(ends[0], ends[1], month)


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (Case.ORDINARY, at(11, "07:30")),
        (Case.VOLUNTARY, at(11, "06:40")),
        (Case.STREET_BAIL, at(11, "07:30")),
        (Case.OTHER_FORCE, at(11, "07:30")),
    ],
)
def test_relevant_time_by_case(case, expected):
    assert relevant_time(case, ARREST) == expected


def test_a_long_journey_starts_the_clock_after_24_hours():
    events = [Event(Kind.ARRESTED, at(11, "06:00")), Event(Kind.ARRIVED, at(12, "09:00"))]
    assert relevant_time(Case.OTHER_FORCE, events) == at(12, "06:00")


def test_arrest_abroad_counts_from_arrival_or_a_day_after_entry():
    events = [Event(Kind.ENTERED, at(11, "06:00")), Event(Kind.ARRIVED, at(12, "09:00"))]
    assert relevant_time(Case.ABROAD, events) == at(12, "06:00")


minutes = st.integers(min_value=1, max_value=3 * 24 * 60)


@given(st.lists(minutes, min_size=2, max_size=8, unique=True), minutes)
def test_pauses_only_ever_move_the_limit_later(moments, asked):
    arrived = datetime(2021, 3, 27, 12, 0, tzinfo=UTC)
    away = [arrived + timedelta(minutes=moment) for moment in sorted(moments)]
    kinds = [Kind.TO_HOSPITAL, Kind.FROM_HOSPITAL] * 4
    events = [Event(kind, moment) for kind, moment in zip(kinds, away, strict=False)]
    found = clock(Case.ORDINARY, [Event(Kind.ARRIVED, arrived), *events])
    now = arrived + timedelta(minutes=asked)
    assert timedelta() <= found.elapsed(now) <= now - arrived
    if found.basic_ends:
        assert found.basic_ends >= arrived + timedelta(hours=24)
        assert found.elapsed(found.basic_ends) == timedelta(hours=24)
