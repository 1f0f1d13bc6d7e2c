from datetime import date

import pytest
from django.core.paginator import Paginator

from core.templatetags import aware
from tests.factories.users import UserFactory


def test_month_is_written_in_words_and_as_a_key() -> None:
    assert aware.as_month(date(2021, 1, 1)) == "January 2021"
    assert aware.month_key(date(2021, 1, 1)) == "2021-01"


@pytest.mark.parametrize(
    ("word", "colour"),
    [("Improved", "green"), ("Deteriorated", "red"), ("Comparable", "grey"), ("Unheard", "grey")],
)
def test_verdict_colour_follows_the_word(word: str, colour: str) -> None:
    assert aware.verdict_colour(word) == colour


def test_count_verdicts_are_not_judged_by_colour() -> None:
    assert {aware.verdict_colour("Lower"), aware.verdict_colour("Higher")}.isdisjoint(
        {"green", "red"}
    )


def test_page_numbers_leave_out_the_middle() -> None:
    page = Paginator(range(1000), 10).page(50)
    assert list(aware.page_numbers(page)) == [1, "…", 49, 50, 51, "…", 100]


@pytest.mark.django_db
def test_link_is_shown_to_those_whom_its_page_lets_in() -> None:
    officer = UserFactory.create(roles=["act-officer"])
    clerk = UserFactory.create(roles=["isd-staff"])
    assert aware.may_open(officer, "/nominals/?q=smith")
    assert not aware.may_open(clerk, "/nominals/")
    assert not aware.may_open(officer, "/no-such-page/")
    assert aware.may_open(None, "/nominals/")  # a part that is not told who is asking
