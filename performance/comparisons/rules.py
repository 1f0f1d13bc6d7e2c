"""The house rules that turn two figures into a word.

Exact fractions go in, so no word hangs on rounding. A change of exactly the tolerance is Comparable.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction


class Better(StrEnum):
    """Which direction is good."""

    LOWER = "lower"
    HIGHER = "higher"
    NONE = "none"


class Word(StrEnum):
    IMPROVED = "Improved"
    DETERIORATED = "Deteriorated"
    COMPARABLE = "Comparable"
    LOWER = "Lower"
    HIGHER = "Higher"


class RuleKind(StrEnum):
    RELATIVE = "relative"
    ABSOLUTE = "absolute"
    TWO_PROPORTIONS = "two-proportions"
    POISSON = "poisson"
    XMR = "xmr"
    NONE = "none"


@dataclass(frozen=True)
class Rule:
    """A named rule, in force for figures of months from `valid_from` on.

    The tolerance is a share of the reference (relative) or a distance in the unit of the values
    (absolute); the other kinds do not use it.
    """

    kind: RuleKind = RuleKind.RELATIVE
    tolerance: Fraction = Fraction(1, 20)
    valid_from: date = date.min

    def __str__(self) -> str:
        share, distance = f"{float(self.tolerance):.4g}", f"{float(self.tolerance * 100):.4g}%"
        return {
            RuleKind.RELATIVE: f"relative tolerance {distance}",
            RuleKind.ABSOLUTE: f"absolute tolerance {share}",
            RuleKind.TWO_PROPORTIONS: "chi-square test of two proportions, 5% level",
            RuleKind.POISSON: "exact Poisson test, 5% level",
            RuleKind.XMR: "limits of the XmR chart of the months before",
            RuleKind.NONE: "no verdict",
        }[self.kind]


HOUSE_RULE = Rule()


def rule_on(rules: Iterable[Rule], month: date) -> Rule:
    """The rule in force in the month: the latest that has begun, else the house rule."""
    begun = [rule for rule in rules if rule.valid_from <= month]
    return max(begun, key=lambda rule: rule.valid_from, default=HOUSE_RULE)


def sign(difference: Fraction) -> int:
    return (difference > 0) - (difference < 0)


def beyond_tolerance(rule: Rule, current: Fraction, reference: Fraction) -> int:
    """-1, 0 or 1: lower, comparable or higher than the reference by the rule's tolerance."""
    scale = abs(reference) if rule.kind is RuleKind.RELATIVE else Fraction(1)
    difference = current - reference
    return sign(difference) if abs(difference) > rule.tolerance * scale else 0


def word(direction: int, better: Better) -> Word:
    """The word for a direction; without a polarity (counts) the direction itself is the word."""
    if direction == 0:
        return Word.COMPARABLE
    if better is Better.NONE:
        return Word.HIGHER if direction > 0 else Word.LOWER
    return Word.IMPROVED if (direction > 0) == (better is Better.HIGHER) else Word.DETERIORATED
