"""A figure in the shape that a paragraph asks for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from performance.comparisons import significance
from performance.comparisons.opinions import LEVEL
from performance.comparisons.rules import Better, beyond_tolerance
from performance.comparisons.verdicts import p_shown
from performance.indicators import INDICATORS
from performance.measures import Indicator, Shown
from performance.papers import standing
from performance.papers.figures import Told
from performance.papers.references import FigureRef, Shape, Span
from performance.selectors.paper_figures import (
    Ledger,
    in_unit,
    other_value,
    read_as,
    unknown,
)
from performance.selectors.values import UNKNOWN, Value, half_up

COLUMN = {
    Shape.VERDICT_1YR: "v_1yr",
    Shape.VERDICT_3YR: "v_3yr",
    Shape.VERDICT_BENCHMARK: "v_benchmark",
}
NOT_KNOWN = "not known"


def told(book: Ledger, ref: FigureRef) -> Told:
    """What the reference says now. Never raises: a figure that is not known says so."""
    if ref.indicator not in INDICATORS or ref.unit not in book.units:
        return unknown(ref)
    indicator, value = INDICATORS[ref.indicator], book.value(ref.indicator, ref.unit, ref.span)
    first, last = ref.span.months(book.month)
    plain = Told(
        reference=str(ref),
        words=NOT_KNOWN,
        indicator=ref.indicator,
        title=indicator.title,
        unit=ref.unit,
        unit_name=str(book.units[ref.unit]),
        period=ref.span.in_words(book.month),
        shape=ref.shape.slug,
        percent=indicator.unit is Shown.PERCENT,
        value=in_unit(indicator, value.value),
        numerator=value.numerator,
        denominator=value.denominator,
        n=value.n,
        first=first,
        last=last,
        rule=str(book.rules.get(ref.indicator, "")),
        note=", imported total" if value.historic else "",
    )
    return SHAPED[ref.shape](book, ref, indicator, value, plain)


Shaped = Callable[[Ledger, FigureRef, Indicator, Value, Told], Told]


def _value(book: Ledger, ref: FigureRef, indicator: Indicator, value: Value, plain: Told) -> Told:
    return replace(plain, words=read_as(indicator, value))


def _number(name: str) -> Shaped:
    def shaped(
        book: Ledger, ref: FigureRef, indicator: Indicator, value: Value, plain: Told
    ) -> Told:
        number = getattr(value, name)
        words = NOT_KNOWN if number is None else f"{number:,}"
        known = None if number is None else Fraction(number)
        return replace(plain, words=words, value=known, percent=False)

    return shaped


def _change(back: int) -> Shaped:
    def shaped(
        book: Ledger, ref: FigureRef, indicator: Indicator, value: Value, plain: Told
    ) -> Told:
        before = book.value(ref.indicator, ref.unit, Span(ref.span.name, ref.span.back + back))
        return _changed(plain, value, before)

    return shaped


def _change_baseline(
    book: Ledger, ref: FigureRef, indicator: Indicator, value: Value, plain: Told
) -> Told:
    return _changed(plain, value, book.baseline(ref.indicator, ref.unit)[0])


def _changed(plain: Told, value: Value, before: Value) -> Told:
    """`65.8% lower`, `29.1% higher`, `the same`."""
    if value.value is None or not before.value:
        return plain
    change = (value.value / before.value - 1) * 100
    size = abs(change)
    direction = "higher" if change > 0 else "lower"
    words = f"{_one(size)}% {direction}" if change else "the same"
    return replace(plain, words=words, value=size, percent=True)


def _points(book: Ledger, ref: FigureRef, indicator: Indicator, value: Value, plain: Told) -> Told:
    before = book.value(ref.indicator, ref.unit, Span(ref.span.name, ref.span.back + 1))
    if value.value is None or before.value is None:
        return plain
    change = (value.value - before.value) * 100
    direction = "up" if change > 0 else "down"
    words = f"{_one(abs(change))} percentage points {direction}" if change else "no change"
    return replace(plain, words=words, value=abs(change), percent=True)


def _one(value: Fraction) -> str:
    return str(half_up(value, Decimal("0.1")))


def _direction(book: Ledger, ref: FigureRef, unit: str) -> int | None:
    """-1, 0, 1: worse, stable or better than a month before, by the house rule."""
    indicator = INDICATORS[ref.indicator]
    now = book.value(ref.indicator, unit, ref.span).value
    before = book.value(ref.indicator, unit, Span(ref.span.name, ref.span.back + 1)).value
    if now is None or before is None:
        return None
    moved = beyond_tolerance(book.rules[ref.indicator], now, before)
    return -moved if indicator.better is Better.LOWER else moved


def _trend(book: Ledger, ref: FigureRef, indicator: Indicator, value: Value, plain: Told) -> Told:
    direction = _direction(book, ref, ref.unit)
    if direction is None:
        return plain
    judged = ("rose", "fell") if indicator.better is Better.NONE else ("improved", "worsened")
    words = {1: judged[0], 0: "remained stable", -1: judged[1]}[direction]
    return replace(plain, words=words)


def _extreme(word: str) -> Shaped:
    def shaped(
        book: Ledger, ref: FigureRef, indicator: Indicator, value: Value, plain: Told
    ) -> Told:
        known = book.known(ref.indicator, ref.unit, ref.span)
        words = standing.extreme(known, word) if known and value.value is not None else ""
        return replace(plain, words=words or NOT_KNOWN)

    return shaped


def _whichever(
    book: Ledger, ref: FigureRef, indicator: Indicator, value: Value, plain: Told
) -> Told:
    known = book.known(ref.indicator, ref.unit, ref.span)
    words = standing.whichever(known) if known and value.value is not None else ""
    return replace(plain, words=words or NOT_KNOWN)


def _ranked(book: Ledger, ref: FigureRef, indicator: Indicator, value: Value, plain: Told) -> Told:
    known = book.known(ref.indicator, ref.unit, ref.span)
    return replace(plain, words=standing.ranked(known)) if known else plain


def _verdict(book: Ledger, ref: FigureRef, indicator: Indicator, value: Value, plain: Told) -> Told:
    verdict = book.judged.get((ref.indicator, ref.unit, COLUMN[ref.shape]))
    if verdict is None or verdict.word is None:
        return plain
    return replace(
        plain,
        words=str(verdict.word),
        rule=verdict.rule,
        beyond_chance=verdict.beyond_chance,
        note=f". {verdict.explanation}",
    )


def _baseline(which: str) -> Shaped:
    def shaped(
        book: Ledger, ref: FigureRef, indicator: Indicator, value: Value, plain: Told
    ) -> Told:
        found, note = _reference(book, ref, other=which.startswith("other"))
        if found.value is None:
            return plain
        if which.endswith("-n"):
            words, held = f"{found.n or 0:,}", Fraction(found.n or 0)
        else:
            words, held = read_as(indicator, found), in_unit(indicator, found.value) or Fraction()
        return replace(
            plain,
            words=words,
            value=held,
            numerator=found.numerator,
            denominator=found.denominator,
            n=found.n,
            period="baseline",
            note=f". {note}",
            percent=plain.percent and not which.endswith("-n"),
        )

    return shaped


def _reference(book: Ledger, ref: FigureRef, *, other: bool) -> tuple[Value, str]:
    if not other:
        return book.baseline(ref.indicator, ref.unit)
    row = book.others.get((ref.indicator, ref.unit))
    return (other_value(row), row.provenance) if row else (UNKNOWN, "")


def _significance(*, other: bool) -> Shaped:
    def shaped(
        book: Ledger, ref: FigureRef, indicator: Indicator, value: Value, plain: Told
    ) -> Told:
        found, _ = _reference(book, ref, other=other)
        p = p_of(value, found)
        if p is None or value.value is None or found.value is None:
            return plain
        beyond = p < LEVEL
        direction = "higher than" if value.value > found.value else "lower than"
        words = f"significantly {direction}" if beyond else "not significantly different from"
        return replace(plain, words=words, beyond_chance=beyond, note=f". Test: {p_shown(p)}")

    return shaped


def p_of(now: Value, before: Value) -> float | None:
    """That chance alone made the difference; None where there is nothing to test."""
    if now.value is None or before.value is None or now.numerator is None:
        return None
    if before.numerator is None:
        return None
    if now.denominator and before.denominator and now.numerator <= now.denominator:
        return float(
            significance.two_proportion(
                now.numerator, now.denominator, before.numerator, before.denominator
            )
        )
    return float(significance.two_sample_poisson(now.numerator, before.numerator, 12, 12))


def _districts(wanted: int) -> Shaped:
    def shaped(
        book: Ledger, ref: FigureRef, indicator: Indicator, value: Value, plain: Told
    ) -> Told:
        names = sorted(
            str(unit) for unit in book.districts if _direction(book, ref, unit.code) == wanted
        )
        return replace(plain, words=standing.listed(names, "no district"), value=None)

    return shaped


def _districts_above(
    book: Ledger, ref: FigureRef, indicator: Indicator, value: Value, plain: Told
) -> Told:
    names = sorted(str(unit) for unit in book.districts if _is_above(book, ref, unit.code))
    words = standing.listed(names, "no district")
    return replace(plain, words=words, value=None, beyond_chance=True)


def _is_above(book: Ledger, ref: FigureRef, unit: str) -> bool:
    now = book.value(ref.indicator, unit, ref.span)
    before = book.baseline(ref.indicator, unit)[0]
    p = p_of(now, before)
    return p is not None and p < LEVEL and (now.value or 0) > (before.value or 0)


SHAPED: dict[Shape, Shaped] = {
    Shape.VALUE: _value,
    Shape.N: _number("n"),
    Shape.NUMERATOR: _number("numerator"),
    Shape.DENOMINATOR: _number("denominator"),
    Shape.CHANGE_YEAR: _change(12),
    Shape.CHANGE_MONTH: _change(1),
    Shape.CHANGE_BASELINE: _change_baseline,
    Shape.POINTS_MONTH: _points,
    Shape.TREND_MONTH: _trend,
    Shape.LOWEST: _extreme("lowest"),
    Shape.HIGHEST: _extreme("highest"),
    Shape.EXTREME: _whichever,
    Shape.RANKED: _ranked,
    Shape.VERDICT_1YR: _verdict,
    Shape.VERDICT_3YR: _verdict,
    Shape.VERDICT_BENCHMARK: _verdict,
    Shape.SIGNIFICANCE: _significance(other=False),
    Shape.BASELINE: _baseline("baseline"),
    Shape.BASELINE_N: _baseline("baseline-n"),
    Shape.OTHER_BASELINE: _baseline("other"),
    Shape.OTHER_BASELINE_N: _baseline("other-n"),
    Shape.OTHER_SIGNIFICANCE: _significance(other=True),
    Shape.DISTRICTS_BETTER: _districts(1),
    Shape.DISTRICTS_SAME: _districts(0),
    Shape.DISTRICTS_WORSE: _districts(-1),
    Shape.DISTRICTS_ABOVE: _districts_above,
}
