"""Which comparison rule holds for an indicator in a month."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from performance.comparisons.rules import Rule, RuleKind, rule_on
from performance.models import ComparisonRule


def rules_for(slugs: Iterable[str], month: date) -> dict[str, Rule]:
    """By slug: its own rule, else the one for all, else the house rule of the code."""
    slugs = list(slugs)
    kept: dict[str, list[Rule]] = {}
    for row in ComparisonRule.objects.filter(indicator__in=["", *slugs]):
        if row.valid_to is None or row.valid_to >= month:
            kept.setdefault(row.indicator, []).append(_rule(row))
    begun = {
        name: [rule for rule in rules if rule.valid_from <= month] for name, rules in kept.items()
    }
    return {slug: rule_on(begun.get(slug) or begun.get("", []), month) for slug in slugs}


def _rule(row: ComparisonRule) -> Rule:
    return Rule(RuleKind(row.kind), Fraction(row.tolerance), row.valid_from or date.min)
