from decimal import Decimal
from fractions import Fraction

import pytest

from performance.measures import Shown
from performance.selectors.values import Value, half_up


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [
        (30, 77, "39.0"),
        (3, 56, "5.4"),
        (1, 3, "33.3"),
        (1, 16, "6.3"),
        (1, 1, "100.0"),
        (0, 9, "0.0"),
    ],
)
def test_percentage_has_one_decimal_half_up(part, whole, shown):
    assert Value(part, whole, Fraction(part, whole)).shown(Shown.PERCENT) == shown


@pytest.mark.parametrize(
    ("seconds", "shown"), [(17 * 60 + 29.5, "17"), (17 * 60 + 30, "18"), (18.5 * 60, "19")]
)
def test_minutes_are_whole_half_up(seconds, shown):
    assert Value(value=Fraction(seconds) / 60).shown(Shown.MINUTES) == shown


def test_unknown_is_a_dash():
    assert Value().shown(Shown.PERCENT) == "-"


def test_count_is_plain():
    assert Value(1393, None, Fraction(1393)).shown(Shown.COUNT) == "1393"


def test_negative_halves_go_away_from_zero():
    assert half_up(Fraction(-5, 2), Decimal(1)) == Decimal(-3)
