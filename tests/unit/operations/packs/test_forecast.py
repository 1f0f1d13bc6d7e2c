from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from operations.packs.forecast import Standing, Stock, forecast

START, DUE = date(2020, 11, 1), date(2021, 3, 28)


def standing(**changes: Any) -> Standing:
    known: dict[str, Any] = {
        "target": 900,
        "given": 300,
        "recent": 160,
        "starts_on": START,
        "due_on": DUE,
    }
    return Standing(**(known | {"day": date(2021, 1, 17)} | changes))


def test_words_give_the_need_and_the_outlook():
    # ten weeks are left: 600 missing, and 40 a week are given
    found = forecast(standing())
    assert [found.needed, found.rate, found.by_then] == [60, 40, 700]
    assert found.words == "Needs 60 a week; at the present rate 700 by then."
    assert not found.is_on_course


def test_part_of_a_pack_is_needed_whole_and_expected_not_at_all():
    found = forecast(standing(given=299, recent=161))
    assert found.needed == 61
    assert found.by_then == 299 + 402


def test_target_that_is_reached_needs_nothing():
    found = forecast(standing(given=900))
    assert found.is_on_course
    assert found.words == "Reached: 900 of 900 given."


def test_target_of_the_past_was_missed():
    found = forecast(standing(day=date(2021, 4, 1)))
    assert found.is_missed
    assert found.words == "Missed: 300 of 900 were given by 28 March 2021."


def test_last_day_is_said():
    assert forecast(standing(day=DUE)).words == "Due today: 600 are still to be given."


def test_nothing_given_lately_gives_no_outlook():
    words = forecast(standing(recent=0)).words
    assert words == "Needs 60 a week; none were given in the last 4 weeks."


def test_target_that_has_not_begun():
    words = forecast(standing(given=0, recent=0, day=date(2020, 10, 1))).words
    assert words == "Begins on 1 November 2020: 43 a week until 28 March 2021."


def test_one_busy_day_makes_no_rate():
    found = forecast(standing(given=70, recent=70, day=START))
    assert found.rate == 70


def test_on_course_when_the_rate_is_enough():
    assert forecast(standing(recent=240)).is_on_course


@pytest.mark.parametrize("left", [1, 3, 7])
def test_short_time_needs_more_a_week_than_is_missing(left):
    found = forecast(standing(day=DUE - timedelta(days=left)))
    assert found.needed == -(-600 * 7 // left)


@given(st.integers(1, 5000), st.integers(0, 5000), st.integers(0, 900), st.integers(0, 146))
def test_giving_what_is_needed_reaches_the_target(target, gifts, recent, days):
    day = START + timedelta(days=days)
    found = forecast(standing(target=target, given=gifts, recent=recent, day=day))
    if found.needed is not None and day < DUE:
        assert gifts + found.needed * (DUE - day).days / 7 >= target
        assert found.by_then >= gifts


@pytest.mark.parametrize(
    ("balance", "weekly", "words"),
    [
        (24, 12, ""),
        (23, 12, "23 are left in stock: enough for 13 days at 12 a week."),
        (1, 7, "1 is left in stock: enough for 1 day at 7 a week."),
        (0, 12, "None are left in stock, and 12 a week are wanted."),
        (0, 0, ""),
    ],
)
def test_stock_is_low_when_it_lasts_less_than_two_weeks(balance, weekly, words):
    stock = Stock(balance, Fraction(weekly), enough_for=2)
    assert (stock.words if stock.is_low else "") == words
