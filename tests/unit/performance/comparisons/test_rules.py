from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.comparisons.rules import (
    HOUSE_RULE,
    Better,
    Rule,
    RuleKind,
    Word,
    beyond_tolerance,
    rule_on,
    word,
)

values = st.fractions(0, 1000, max_denominator=10_000)


@pytest.mark.parametrize(
    ("current", "direction"), [(105, 0), (106, 1), (95, 0), (94, -1), (100, 0)]
)
def test_relative_tolerance_is_five_percent_of_the_reference(current, direction):
    assert beyond_tolerance(HOUSE_RULE, Fraction(current), Fraction(100)) == direction


def test_relative_tolerance_is_exact_at_its_edge():
    # In floats 0.1 * 1.05 is a little more than 0.105.
    assert beyond_tolerance(HOUSE_RULE, Fraction(105, 1000), Fraction(1, 10)) == 0


@pytest.mark.parametrize(("current", "direction"), [(0, 0), (1, 1)])
def test_relative_tolerance_of_nothing_is_nothing(current, direction):
    assert beyond_tolerance(HOUSE_RULE, Fraction(current), Fraction(0)) == direction


@pytest.mark.parametrize(("current", "direction"), [(12, 0), (13, 1), (8, 0), (7, -1)])
def test_absolute_tolerance_is_a_distance(current, direction):
    rule = Rule(RuleKind.ABSOLUTE, Fraction(2))
    assert beyond_tolerance(rule, Fraction(current), Fraction(10)) == direction


@given(current=values, reference=values)
def test_tolerance_mirrors_with_the_sign(current, reference):
    there = beyond_tolerance(HOUSE_RULE, current, reference)
    assert beyond_tolerance(HOUSE_RULE, -current, -reference) == -there


@pytest.mark.parametrize(
    ("direction", "better", "expected"),
    [
        (1, Better.HIGHER, Word.IMPROVED),
        (-1, Better.HIGHER, Word.DETERIORATED),
        (1, Better.LOWER, Word.DETERIORATED),
        (-1, Better.LOWER, Word.IMPROVED),
        (1, Better.NONE, Word.HIGHER),
        (-1, Better.NONE, Word.LOWER),
        *[(0, better, Word.COMPARABLE) for better in Better],
    ],
)
def test_word_follows_the_polarity(direction, better, expected):
    assert word(direction, better) is expected


def test_rule_is_the_one_in_force_in_the_month():
    old = Rule(RuleKind.ABSOLUTE, Fraction(1), date(2019, 4, 1))
    new = Rule(RuleKind.XMR, valid_from=date(2020, 4, 1))
    assert rule_on([new, old], date(2020, 3, 1)) is old
    assert rule_on([new, old], date(2020, 4, 1)) is new
    assert rule_on([new, old], date(2018, 1, 1)) is HOUSE_RULE


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (HOUSE_RULE, "relative tolerance 5%"),
        (Rule(RuleKind.RELATIVE, Fraction(1, 8)), "relative tolerance 12.5%"),
        (Rule(RuleKind.ABSOLUTE, Fraction(2)), "absolute tolerance 2"),
    ],
)
def test_rule_says_itself(rule, said):
    assert str(rule) == said


@pytest.mark.parametrize("kind", RuleKind)
def test_every_kind_of_rule_has_a_description(kind):
    assert str(Rule(kind))
