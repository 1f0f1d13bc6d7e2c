"""The worked dates are those of the periods that an installation begins with."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offenders.retention.periods import (
    LEAST_YEARS,
    Contact,
    Known,
    Period,
    group_of,
    review_due,
    was_under_ten,
    years_after,
)

ONE, TWO, THREE = Period(1, 10, until_age=100), Period(2, 10), Period(3, 6)
RECORDED = date(2012, 5, 1)
days = st.dates(date(1950, 1, 1), date(2060, 12, 31))
periods = st.sampled_from([ONE, TWO, THREE, Period(4, 6)])
known = st.builds(
    Known,
    recorded_on=days,
    born=st.none() | days,
    contacts=st.lists(st.builds(Contact, days, st.just("the arrest"))),
    retained_until=st.none() | days,
)


def arrested(day: date, **facts: Any) -> Known:
    return replace(
        Known(RECORDED, date(1980, 3, 9), [Contact(day, "the arrest")]), **facts
    )  # fmt: skip


@pytest.mark.parametrize(
    ("period", "due", "may_dispose"),
    [
        (ONE, date(2024, 2, 3), date(2080, 3, 9)),
        (TWO, date(2024, 2, 3), date(2024, 2, 3)),
        (THREE, date(2020, 2, 3), date(2020, 2, 3)),
    ],
)
def test_each_group_from_the_last_contact(period, due, may_dispose):
    found = review_due(arrested(date(2014, 2, 3)), period)
    assert (found.on, found.may_dispose_on, found.group) == (due, may_dispose, period.group)


def test_reason_names_the_contact_and_its_day():
    found = review_due(arrested(date(2014, 2, 3)), THREE)
    assert found.why == "Group 3: 6 clear years since the arrest on 3 February 2014."
    found = review_due(arrested(date(2014, 2, 3)), ONE)
    assert found.why == (
        "Group 1: reviewed every 10 years until the age of 100, 10 years after the arrest on "
        "3 February 2014."
    )


def test_nobody_who_never_came_to_notice_is_due_before_six_years_of_the_record():
    found = review_due(Known(RECORDED), Period(4, 6))
    assert (found.on, found.may_dispose_on) == (date(2018, 5, 1), date(2018, 5, 1))
    assert "since the record was made on 1 May 2012" in found.why


def test_record_made_after_the_contact_is_kept_six_years_all_the_same():
    found = review_due(arrested(date(2009, 2, 3)), THREE)
    assert (found.on, found.may_dispose_on) == (date(2018, 5, 1), date(2018, 5, 1))
    assert found.why == "Group 3: nothing is disposed of within 6 years."


def test_new_contact_begins_the_clear_period_anew():
    before = review_due(arrested(date(2014, 2, 3)), THREE)
    contacts = [Contact(date(2014, 2, 3), "the arrest"), Contact(date(2019, 7, 1), "the tag")]
    after = review_due(arrested(date(2014, 2, 3), contacts=contacts), THREE)
    assert (before.on, after.on) == (date(2020, 2, 3), date(2025, 7, 1))


def test_retained_record_is_due_on_the_day_that_the_review_set():
    kept = arrested(date(2014, 2, 3), retained_until=date(2023, 1, 1))
    assert review_due(kept, THREE).on == date(2023, 1, 1)
    assert review_due(kept, THREE).why == "Group 3: retained until this day by the last review."


def test_contact_after_a_review_beats_the_day_that_it_set():
    contacts = [Contact(date(2022, 2, 3), "the arrest")]
    kept = arrested(date(2014, 2, 3), contacts=contacts, retained_until=date(2023, 1, 1))
    assert review_due(kept, THREE).on == date(2028, 2, 3)


def test_period_shorter_than_six_years_is_six_years():
    found = review_due(arrested(date(2014, 2, 3)), Period(3, 2))
    assert (found.on, found.may_dispose_on) == (date(2020, 2, 3), date(2020, 2, 3))


@pytest.mark.parametrize(
    ("day", "years", "after"),
    [
        (date(2016, 2, 29), 6, date(2022, 3, 1)),
        (date(2016, 2, 29), 8, date(2024, 2, 29)),
        (date(2016, 2, 28), 6, date(2022, 2, 28)),
        (date(2000, 2, 29), 100, date(2100, 3, 1)),  # 2100 is no leap year
        (date(9990, 1, 1), 100, date.max),
    ],
)
def test_years_are_whole_also_from_a_leap_day(day, years, after):
    assert years_after(day, years) == after


def test_leap_day_decides_on_the_first_of_march_and_not_before():
    found = review_due(arrested(date(2016, 2, 29)), THREE)
    assert found.on == date(2022, 3, 1)


def test_age_of_a_hundred_for_somebody_born_on_a_leap_day():
    born = arrested(date(2014, 2, 3), born=date(1980, 2, 29))
    assert review_due(born, ONE).may_dispose_on == date(2080, 2, 29)
    born = arrested(date(2014, 2, 3), born=date(2000, 2, 29))
    assert review_due(born, ONE).may_dispose_on == date(2100, 3, 1)


def test_birthday_that_is_not_known_counts_from_the_record():
    unknown = arrested(date(2014, 2, 3), born=None)
    assert review_due(unknown, ONE).may_dispose_on == date(2112, 5, 1)


@pytest.mark.parametrize(
    ("classes", "group"),
    [([], 4), ([None], 3), ([None, 2], 2), ([2, 1, None], 1), ([3, 3], 3)],
)
def test_worst_offence_decides(classes, group):
    assert group_of(classes) == group


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2013, 6, 14), True), (date(2013, 6, 15), False), (date(2013, 6, 16), False)],
)
def test_under_ten_until_the_day_before_the_tenth_birthday(day, expected):
    child = arrested(day, born=date(2003, 6, 15))
    assert was_under_ten(child) is expected


@given(known, periods)
def test_never_due_and_never_disposed_of_within_six_years(known, period):
    found = review_due(known, period)
    last = max([known.recorded_on, *(contact.day for contact in known.contacts)])
    assert found.may_dispose_on >= years_after(last, LEAST_YEARS)
    assert found.on >= years_after(known.recorded_on, LEAST_YEARS)


@given(known, periods, days)
def test_contact_never_brings_a_review_forward(known, period, day):
    later = replace(known, contacts=[*known.contacts, Contact(day, "the arrest")])
    newest = max((contact.day for contact in known.contacts), default=None)
    if newest is not None and day >= newest:
        assert review_due(later, period).on >= review_due(known, period).on
        assert review_due(later, period).may_dispose_on >= review_due(known, period).may_dispose_on


@given(known, periods)
def test_order_of_contacts_changes_nothing(known, period):
    turned = replace(known, contacts=known.contacts[::-1])
    assert review_due(turned, period) == review_due(known, period)


@given(days, st.integers(0, 100))
def test_years_after_is_the_same_day_or_the_first_of_march(day, years):
    after = years_after(day, years)
    assert after.year == day.year + years
    is_leap_day = (day.month, day.day) == (2, 29)
    assert (after.month, after.day) in (
        {(2, 29), (3, 1)} if is_leap_day else {(day.month, day.day)}
    )
