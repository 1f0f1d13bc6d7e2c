"""Ready-made sentences for an indicator: plain English with references in it, to be edited."""

from __future__ import annotations

from collections.abc import Iterator

from performance.measures import Indicator
from performance.papers.references import FigureRef, Shape, Span

MONTH, ROLLING = Span("month"), Span("rolling")


def figure(slug: str, shape: str = "value", span: str = "month", unit: str = "force") -> str:
    """The mark of a figure, from the words that stand in it."""
    ref = FigureRef.parse(f"{slug}|{unit}|{span}|{shape}")
    if ref is None:
        raise ValueError(f"There is no figure {slug}, {unit}, {span}, {shape}.")
    return ref.mark


def sentences(indicator: Indicator, unit: str = "force", where: str = "") -> list[str]:
    """`where` is the unit's name in the prose, blank for the force."""
    return list(_sentences(indicator, unit, f" in {where}" if where else ""))


def _sentences(indicator: Indicator, unit: str, where: str) -> Iterator[str]:
    def told(shape: str = "value", span: str = "month") -> str:
        return figure(indicator.slug, shape, span, unit)

    name = indicator.title[:1].lower() + indicator.title[1:]
    if indicator.median:
        yield (
            f"The median of “{name}”{where} was {told()} minutes in {{{{date:month}}}}, against"
            f" {told(span='month-1')} minutes a month before; it {told(Shape.TREND_MONTH.slug)}."
        )
        return
    if indicator.denominator:
        yield (
            f"“{indicator.title}”{where} was {told()} in {{{{date:month}}}}"
            f" ({told('numerator')} of {told('denominator')}), against {told(span='month-12')} a"
            " year before."
        )
        if indicator.adds_up:
            yield (
                f"The 12-month rate was {told(span='rolling')} (n={told('n', 'rolling')}), against"
                f" {told(span='rolling-1')} a month before and a baseline of {told('baseline')}."
            )
        return
    yield (
        f"{{{{date:month}}}} saw {told()} {_counted(name)}{where}, {told('change-year')} than"
        f" {told(span='month-12')} in {{{{date:month-12}}}} and {told('extreme')}."
    )
    if indicator.adds_up:
        yield (
            f"The 12-month total was {told(span='rolling')}, against {told(span='rolling-1')} a"
            f" month before and a baseline of {told('baseline')}."
        )


def _counted(name: str) -> str:
    """`dwelling burglary offences`; what has no noun of its own keeps its name in brackets."""
    group, is_crime, _ = name.partition(": recorded crime")
    if is_crime:
        return f"{group} offences"
    return "crimes" if name == "all recorded crime" else f"({name})"
