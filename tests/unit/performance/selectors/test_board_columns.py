from datetime import date

import pytest

from performance.selectors.board_columns import span_of
from performance.selectors.drill_down import months_in_words
from performance.selectors.values import Period

JANUARY, APRIL = date(2021, 1, 1), date(2021, 4, 1)


@pytest.mark.parametrize(
    ("period", "month", "first", "words"),
    [
        (Period.MONTH, JANUARY, JANUARY, "January 2021"),
        (Period.ROLLING_12, JANUARY, date(2020, 2, 1), "February 2020 to January 2021"),
        (Period.FYTD, JANUARY, date(2020, 4, 1), "2020/21 to January 2021"),
        (Period.FYTD, APRIL, APRIL, "April 2021"),
    ],
)
def test_period_ends_with_its_month(period, month, first, words):
    assert span_of(period, month) == (first, month)
    assert months_in_words(period, month) == words
