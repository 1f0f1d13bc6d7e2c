"""Second opinions on a whole board's comparisons: each test runs once for all that need it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from performance.comparisons import significance
from performance.comparisons.rules import Better, Rule, RuleKind, sign
from performance.comparisons.spc import xmr

LEVEL = 0.05
# Below this expected number in any cell the chi-square approximation is poor (Cochran's rule).
FEW_EXPECTED = 5
# Limits from fewer months than this say little.
MONTHS_FOR_LIMITS = 12


class Nature(StrEnum):
    COUNT = "count"
    RATE = "rate"
    MEDIAN = "median"


class Method(StrEnum):
    POISSON = "exact Poisson test"
    CHI_SQUARE = "chi-square test of two proportions"
    FISHER = "Fisher's exact test"
    LIMITS = "XmR limits of the months before"


@dataclass(frozen=True)
class Reading:
    """One side of a comparison.

    `value` is what the rule compares. The tests take `events` over `exposure`: for a rate its
    numerator over its denominator, for a count the records over the number of months. A median
    has neither, only `n`.
    """

    value: Fraction
    events: int | None = None
    exposure: int | None = None
    n: int | None = None


@dataclass(frozen=True)
class Comparison:
    nature: Nature
    better: Better
    rule: Rule
    current: Reading
    reference: Reading
    against: str  # "the mean of the 12 months before"
    history: tuple[Fraction | None, ...] = ()  # monthly values before this one, oldest first
    shown: tuple[str, str] | None = None  # both values as people read them: 39.0%, 13.3%


@dataclass(frozen=True)
class Opinion:
    """`direction`: -1 lower, 0 as chance would give, 1 higher."""

    method: Method
    p: float | None
    direction: int


def second_opinions(comparisons: Sequence[Comparison]) -> list[Opinion | None]:
    """In order; None where there is nothing to test."""
    found: list[Opinion | None] = [None] * len(comparisons)
    for method, indexes in _by_method(comparisons).items():
        chosen = [comparisons[index] for index in indexes]
        for index, opinion in zip(indexes, _OPINIONS[method](chosen), strict=True):
            found[index] = opinion
    return found


def _by_method(comparisons: Sequence[Comparison]) -> dict[Method, list[int]]:
    groups: dict[Method, list[int]] = {}
    for index, comparison in enumerate(comparisons):
        if method := method_for(comparison):
            groups.setdefault(method, []).append(index)
    return groups


def method_for(comparison: Comparison) -> Method | None:
    kind, nature = comparison.rule.kind, comparison.nature
    if kind is RuleKind.XMR or nature is Nature.MEDIAN:
        known = sum(value is not None for value in comparison.history)
        return Method.LIMITS if known >= MONTHS_FOR_LIMITS else None
    k1, n1, k2, n2 = counts(comparison)
    if not n1 or not n2:
        return None
    # Outcomes of a month may belong to crimes of earlier months, so a rate can exceed 1.
    if kind is RuleKind.POISSON or nature is Nature.COUNT or k1 > n1 or k2 > n2:
        return Method.POISSON
    return Method.FISHER if _is_sparse(k1, n1, k2, n2) else Method.CHI_SQUARE


def counts(comparison: Comparison) -> tuple[int, int, int, int]:
    """k1, n1, k2, n2: events and exposure now, and of the reference; 0 where not known."""
    current, reference = comparison.current, comparison.reference
    sides = current.events, current.exposure, reference.events, reference.exposure
    k1, n1, k2, n2 = (side or 0 for side in sides)
    return k1, n1, k2, n2


def _is_sparse(k1: int, n1: int, k2: int, n2: int) -> bool:
    hits = k1 + k2
    rarer = min(hits, n1 + n2 - hits)
    return rarer * min(n1, n2) < FEW_EXPECTED * (n1 + n2)


def _poisson(chosen: Sequence[Comparison]) -> list[Opinion]:
    k1, n1, k2, n2 = zip(*map(counts, chosen), strict=True)
    return _tested(chosen, Method.POISSON, significance.two_sample_poisson(k1, k2, n1, n2).tolist())


def _chi_square(chosen: Sequence[Comparison]) -> list[Opinion]:
    k1, n1, k2, n2 = zip(*map(counts, chosen), strict=True)
    return _tested(chosen, Method.CHI_SQUARE, significance.two_proportion(k1, n1, k2, n2).tolist())


def _fisher(chosen: Sequence[Comparison]) -> list[Opinion]:
    return _tested(chosen, Method.FISHER, [significance.fisher(*counts(each)) for each in chosen])


def _tested(
    chosen: Sequence[Comparison], method: Method, p_values: Sequence[float]
) -> list[Opinion]:
    return [
        Opinion(method, p, _direction(each) if p < LEVEL else 0)
        for each, p in zip(chosen, p_values, strict=True)
    ]


def _direction(comparison: Comparison) -> int:
    k1, n1, k2, n2 = counts(comparison)
    return sign(Fraction(k1, n1) - Fraction(k2, n2))


def _limits(chosen: Sequence[Comparison]) -> list[Opinion]:
    return [Opinion(Method.LIMITS, None, _against_limits(each)) for each in chosen]


def _against_limits(comparison: Comparison) -> int:
    chart, value = xmr(comparison.history), comparison.current.value
    if chart is None:
        return 0
    return (value > chart.upper) - (value < chart.lower)


_OPINIONS: dict[Method, Callable[[Sequence[Comparison]], list[Opinion]]] = {
    Method.POISSON: _poisson,
    Method.CHI_SQUARE: _chi_square,
    Method.FISHER: _fisher,
    Method.LIMITS: _limits,
}
