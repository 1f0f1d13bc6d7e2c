"""A whole board's verdicts at once: the house rule's word, and beside it what chance would give."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from performance.comparisons import intervals
from performance.comparisons.opinions import Comparison, Nature, Opinion, Reading, second_opinions
from performance.comparisons.rules import Better, RuleKind, Word, beyond_tolerance, word


@dataclass(frozen=True)
class Verdict:
    """`interval` is of the current value at 95%: of a rate as a share, of a count as a count.

    `word` is None where the rule says that no verdict is given; `beyond_chance` is None where
    there is nothing to test.
    """

    word: Word | None
    rule: str
    n: str
    interval: tuple[float, float] | None
    p: float | None
    beyond_chance: bool | None
    explanation: str
    reference: Fraction  # what it was compared with, in the unit that is shown


def verdicts(comparisons: Sequence[Comparison]) -> list[Verdict]:
    """One verdict for each comparison, in order."""
    spans = interval_of([(each.nature, each.current) for each in comparisons])
    return [
        _verdict(comparison, opinion, span)
        for comparison, opinion, span in zip(
            comparisons, second_opinions(comparisons), spans, strict=True
        )
    ]


def interval_of(readings: Sequence[tuple[Nature, Reading]]) -> list[tuple[float, float] | None]:
    """95% intervals in order: Wilson of a rate, exact or Byar's of a count, None of the rest."""
    found: list[tuple[float, float] | None] = [None] * len(readings)
    rates = [index for index, (nature, each) in enumerate(readings) if _is_share(nature, each)]
    shares = intervals.wilson(
        [readings[index][1].events or 0 for index in rates],
        [readings[index][1].exposure or 0 for index in rates],
    )
    for index, lower, upper in zip(rates, *(end.tolist() for end in shares), strict=True):
        found[index] = lower, upper
    counted = [index for index, reading in enumerate(readings) if _is_counted(*reading)]
    spans = intervals.count([readings[index][1].events or 0 for index in counted])
    for index, lower, upper in zip(counted, *(end.tolist() for end in spans), strict=True):
        found[index] = lower, upper
    return found


def _is_share(nature: Nature, reading: Reading) -> bool:
    return nature is Nature.RATE and 0 <= (reading.events or 0) <= (reading.exposure or -1)


def _is_counted(nature: Nature, reading: Reading) -> bool:
    return nature is Nature.COUNT and reading.events is not None


def _verdict(
    comparison: Comparison, opinion: Opinion | None, interval: tuple[float, float] | None
) -> Verdict:
    direction = _direction(comparison, opinion)
    better = Better.NONE if comparison.nature is Nature.COUNT else comparison.better
    said = None if direction is None else word(direction, better)
    return Verdict(
        word=said,
        rule=str(comparison.rule),
        n=n_shown(comparison.nature, comparison.current),
        interval=interval,
        p=opinion.p if opinion else None,
        beyond_chance=opinion.direction != 0 if opinion else None,
        explanation=" ".join(_sentences(comparison, said, opinion)),
        reference=comparison.reference.value,
    )


def _direction(comparison: Comparison, opinion: Opinion | None) -> int | None:
    match comparison.rule.kind:
        case RuleKind.NONE:
            return None
        case RuleKind.RELATIVE | RuleKind.ABSOLUTE:
            current, reference = comparison.current.value, comparison.reference.value
            return beyond_tolerance(comparison.rule, current, reference)
        case _:
            return opinion.direction if opinion else None


def n_shown(nature: Nature, reading: Reading) -> str:
    """What a figure rests on: `3 of 56` for a rate, `77` for a count, `n=107` for a median."""
    if nature is Nature.RATE and reading.events is not None and reading.exposure is not None:
        return f"{reading.events:,} of {reading.exposure:,}"
    if nature is Nature.COUNT and reading.events is not None:
        return f"{reading.events:,}"
    return "" if reading.n is None else f"n={reading.n:,}"


def _sentences(comparison: Comparison, said: Word | None, opinion: Opinion | None) -> Iterator[str]:
    change = change_shown(comparison.current.value, comparison.reference.value)
    figures = "{} against {}, ".format(*comparison.shown) if comparison.shown else ""
    yield f"{said or 'No verdict'}: {figures}{change} {comparison.against}. Rule: {comparison.rule}."
    if opinion:
        chance = "beyond" if opinion.direction else "within"
        p = "" if opinion.p is None else f", {p_shown(opinion.p)}"
        yield f"The difference is {chance} what chance would give ({opinion.method}{p})."


def change_shown(current: Fraction, reference: Fraction) -> str:
    """`4.2% above`, `65.8% below`, `equal to`; without a share where the reference is 0."""
    if current == reference:
        return "equal to"
    direction = "above" if current > reference else "below"
    if reference == 0:
        return direction
    return f"{float(abs(current / reference - 1)):.1%} {direction}"


def p_shown(p: float) -> str:
    return "p < 0.001" if p < 0.001 else f"p = {p:.3f}"  # noqa: PLR2004  # three decimals are shown
