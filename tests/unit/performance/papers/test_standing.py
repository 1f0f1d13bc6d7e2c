from datetime import date
from fractions import Fraction

import pytest

from core.dates import add_months
from performance.papers.standing import extreme, listed, ranked, whichever

JANUARY = date(2021, 1, 1)


def series(*values: int) -> list[tuple[date, Fraction]]:
    """Months that end with January 2021."""
    first = 1 - len(values)
    return [
        (add_months(JANUARY, first + place), Fraction(value)) for place, value in enumerate(values)
    ]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ((5, 4, 3), "the lowest in at least 2 months"),
        ((3, 4, 5, 3), "the lowest since October 2020"),
        ((3, 3), "not the lowest"),
        ((1, *[9] * 40, 2), "the lowest in over three years"),
        ((9, *[9] * 120, 2), "the lowest in at least ten years"),
        ((7,), ""),
    ],
)
def test_lowest_since_when(values: tuple[int, ...], words: str) -> None:
    assert extreme(series(*values), "lowest") == words


def test_highest_looks_the_other_way() -> None:
    assert extreme(series(5, 1, 4), "highest") == "the highest since November 2020"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ((5, 4, 3), "the lowest in at least 2 months"),
        ((5, 1, 4), "the highest since November 2020"),
        ((3, 3), "as the month before"),
        ((7,), ""),
    ],
)
def test_lowest_or_highest_whichever_it_is(values: tuple[int, ...], words: str) -> None:
    assert whichever(series(*values)) == words


def test_rank_among_the_months_on_record() -> None:
    assert ranked(series(1, 9, 5)) == "the second highest month on record"


def test_names_are_listed_as_people_say_them() -> None:
    assert listed(["Fenland", "Huntingdonshire", "Peterborough"]) == (
        "Fenland, Huntingdonshire and Peterborough"
    )
