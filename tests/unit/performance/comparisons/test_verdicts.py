from fractions import Fraction

import pytest

from performance.comparisons.opinions import Comparison, Method, Nature, Reading, method_for
from performance.comparisons.rules import HOUSE_RULE, Better, Rule, RuleKind, Word
from performance.comparisons.verdicts import verdicts

STEADY = tuple(Fraction(value) for value in (80, 82, 79, 84, 77, 80, 82, 79, 84, 77, 80, 82))


def reading(events, exposure):
    return Reading(Fraction(events, exposure), events, exposure)


def comparison(current, reference, nature=Nature.RATE, **changes):
    given = {"better": Better.HIGHER, "rule": HOUSE_RULE, "history": (), **changes}
    return Comparison(
        nature=nature,
        current=current,
        reference=reference,
        against="the mean of the 12 months before",
        **given,
    )


def median(value, **changes):
    return comparison(
        Reading(Fraction(value), n=107),
        Reading(Fraction(80), n=1330),
        Nature.MEDIAN,
        **{"better": Better.LOWER, "history": STEADY, **changes},
    )


BURGLARY = comparison(reading(30, 77), reading(171, 1316))
THEFT = comparison(reading(3, 56), reading(71, 925))
CRIMES = comparison(reading(77, 1), reading(1316, 12), Nature.COUNT)


def test_verdict_beyond_chance():
    [verdict] = verdicts([BURGLARY])
    assert verdict.word is Word.IMPROVED
    assert verdict.beyond_chance
    assert verdict.n == "30 of 77"
    assert verdict.interval == pytest.approx((0.28842252906, 0.50128933106))


def test_verdict_that_chance_would_give():
    [verdict] = verdicts([THEFT])
    assert verdict.word is Word.DETERIORATED
    assert verdict.beyond_chance is False
    assert verdict.explanation == (
        "Deteriorated: 30.2% below the mean of the 12 months before. Rule: relative tolerance 5%. "
        "The difference is within what chance would give (Fisher's exact test, p = 0.793)."
    )


def test_verdict_of_a_count_makes_no_judgement():
    [verdict] = verdicts([CRIMES])
    assert verdict.word is Word.LOWER
    assert verdict.p == pytest.approx(0.0018011781444964552)
    assert verdict.interval == pytest.approx((60.76499261091797, 96.23803005040148))


@pytest.mark.parametrize(
    ("value", "said", "beyond"),
    [(69, Word.IMPROVED, True), (77, Word.COMPARABLE, False), (99, Word.DETERIORATED, True)],
)
def test_verdict_of_a_median_is_held_against_its_limits(value, said, beyond):
    [verdict] = verdicts([median(value)])
    assert (verdict.word, verdict.beyond_chance) == (said, beyond)
    assert (verdict.p, verdict.interval, verdict.n) == (None, None, "n=107")


def test_verdict_of_a_short_history_has_no_second_opinion():
    [verdict] = verdicts([median(69, history=STEADY[:11])])
    assert verdict.word is Word.IMPROVED
    assert verdict.beyond_chance is None


@pytest.mark.parametrize("kind", [RuleKind.TWO_PROPORTIONS, RuleKind.POISSON])
def test_verdict_by_a_test_is_comparable_within_chance(kind):
    far = comparison(reading(30, 77), reading(171, 1316), rule=Rule(kind))
    near = comparison(reading(3, 56), reading(71, 925), rule=Rule(kind))
    assert [each.word for each in verdicts([far, near])] == [Word.IMPROVED, Word.COMPARABLE]


def test_verdict_by_limits_without_history_is_none():
    assert verdicts([median(69, rule=Rule(RuleKind.XMR), history=())])[0].word is None


def test_rule_without_verdict_still_has_the_second_opinion():
    [verdict] = verdicts(
        [comparison(reading(30, 77), reading(171, 1316), rule=Rule(RuleKind.NONE))]
    )
    assert verdict.word is None
    assert verdict.beyond_chance
    assert verdict.explanation.startswith("No verdict: ")


@pytest.mark.parametrize(
    ("current", "reference", "expected"),
    [
        (reading(30, 77), reading(171, 1316), Method.CHI_SQUARE),
        (reading(3, 56), reading(71, 925), Method.FISHER),
        (reading(54, 56), reading(900, 925), Method.FISHER),
        # more outcomes in the month than crimes: not a share of them
        (reading(9, 7), reading(71, 925), Method.POISSON),
        (Reading(Fraction(0), 0, 0), reading(71, 925), None),
        (Reading(Fraction(1, 2)), reading(71, 925), None),
    ],
)
def test_method_suits_the_sample(current, reference, expected):
    assert method_for(comparison(current, reference)) is expected


def test_rate_above_one_has_no_interval_of_a_share():
    assert verdicts([comparison(reading(9, 7), reading(71, 925))])[0].interval is None


def test_verdicts_together_are_those_of_each():
    board = [BURGLARY, median(69), THEFT, CRIMES, median(77), BURGLARY]
    assert verdicts(board) == [verdicts([each])[0] for each in board]


def test_verdicts_of_nothing_are_none():
    assert verdicts([]) == []
