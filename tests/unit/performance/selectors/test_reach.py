from datetime import date

import pytest

from core.dates import add_months, months_between
from performance.models import Figure
from performance.selectors.months import latest_month
from performance.selectors.reach import Reach, reach_of

JANUARY = date(2021, 1, 1)
YEAR = dict.fromkeys(months_between(date(2020, 2, 1), JANUARY), 5000)


def test_records_reach_from_their_first_to_their_last_month():
    found = reach_of(YEAR)
    assert (found.first, found.last, found.thin) == (date(2020, 2, 1), JANUARY, frozenset())


def test_stray_record_does_not_stretch_the_reach():
    found = reach_of(YEAR | {date(2021, 3, 1): 1})
    assert found.last == JANUARY
    assert found.thin == {date(2021, 2, 1), date(2021, 3, 1)}


def test_nothing_is_told_over_a_month_that_is_missing():
    found = reach_of({month: n for month, n in YEAR.items() if month.month != 7})
    assert not found.covers(date(2020, 2, 1), JANUARY)
    assert found.covers(date(2020, 8, 1), JANUARY)


def test_empty_month_of_a_small_source_is_the_truth():
    found = reach_of({date(2020, 2, 1): 3, JANUARY: 2})
    assert found.covers(date(2020, 2, 1), JANUARY)


def test_no_records_reach_nowhere():
    assert reach_of({}) == Reach()


@pytest.mark.django_db
def test_latest_month_is_the_last_that_holds_crimes():
    for back, number in enumerate([1, 0, 5000, 5000, 5000]):
        Figure.objects.create(
            indicator="basis:recorded",
            unit="force",
            month=add_months(date(2021, 3, 1), -back),
            numerator=number,
        )
    assert latest_month() == JANUARY
