"""What a paragraph names instead of typing it: figures, dates, other paragraphs, lists.

`{{figure:dwelling-burglary-recorded|force|month-12|value}}` is chosen from lists, kept in the text,
and becomes words when the paragraph is read. Months are counted from the month of the paper, so the
paragraphs of one paper are those of the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum

from core.dates import add_months, financial_year_start

MARK = re.compile(r"\{\{\s*([a-z]+):([^{}]*?)\s*\}\}")
PERIOD = re.compile(r"(month|rolling|fytd)(?:-(\d{1,2}))?$")


class Kind(StrEnum):
    FIGURE = "figure"
    DATE = "date"
    PARAGRAPH = "paragraph"
    LIST = "list"


class Shape(Enum):
    """What a figure is told as: its slug in the reference, and its name in the list to choose from."""

    VALUE = "value", "The figure"
    N = "n", "How many it rests on (n)"
    NUMERATOR = "numerator", "Its numerator"
    DENOMINATOR = "denominator", "Its denominator"
    CHANGE_YEAR = "change-year", "Change on a year before, in percent"
    CHANGE_MONTH = "change-month", "Change on a month before, in percent"
    CHANGE_BASELINE = "change-baseline", "Change on the baseline, in percent"
    POINTS_MONTH = "points-month", "Change on a month before, in percentage points"
    TREND_MONTH = "trend-month", "Improved, stable or worse than a month before"
    LOWEST = "lowest", "The lowest since when"
    HIGHEST = "highest", "The highest since when"
    EXTREME = "extreme", "The lowest or the highest since when, whichever it is"
    RANKED = "ranked", "Which highest month on record it is"
    VERDICT_1YR = "verdict-1yr", "Verdict against the 1 year average"
    VERDICT_3YR = "verdict-3yr", "Verdict against the 3 year average"
    VERDICT_BENCHMARK = "verdict-benchmark", "Verdict against the benchmark"
    SIGNIFICANCE = "significance", "Significantly above or below the baseline, or not"
    BASELINE = "baseline", "The baseline"
    BASELINE_N = "baseline-n", "How many the baseline rests on (n)"
    OTHER_BASELINE = "other-baseline", "The baseline that was told and is not in use"
    OTHER_BASELINE_N = "other-baseline-n", "How many that other baseline rests on (n)"
    OTHER_SIGNIFICANCE = "other-significance", "Significance against that other baseline"
    DISTRICTS_BETTER = "districts-better", "Districts better than a month before"
    DISTRICTS_SAME = "districts-same", "Districts as a month before"
    DISTRICTS_WORSE = "districts-worse", "Districts worse than a month before"
    DISTRICTS_ABOVE = "districts-above", "Districts significantly above their baseline"

    def __init__(self, slug: str, label: str) -> None:
        self.slug = slug
        self.label = label


SHAPES = {shape.slug: shape for shape in Shape}
OF_DISTRICTS = {
    Shape.DISTRICTS_BETTER,
    Shape.DISTRICTS_SAME,
    Shape.DISTRICTS_WORSE,
    Shape.DISTRICTS_ABOVE,
}
JUDGED = {Shape.VERDICT_1YR, Shape.VERDICT_3YR, Shape.VERDICT_BENCHMARK}


@dataclass(frozen=True)
class Span:
    """A month, the 12 months or the financial year that end with it; `back`: months before."""

    name: str = "month"
    back: int = 0

    def __str__(self) -> str:
        return f"{self.name}-{self.back}" if self.back else self.name

    @classmethod
    def parse(cls, text: str) -> Span | None:
        found = PERIOD.fullmatch(text)
        return cls(found[1], int(found[2] or 0)) if found else None

    def months(self, month: date) -> tuple[date, date]:
        """First and last month."""
        last = add_months(month, -self.back)
        if self.name == "month":
            return last, last
        if self.name == "fytd":
            return financial_year_start(last), last
        return add_months(last, -11), last

    def in_words(self, month: date) -> str:
        first, last = self.months(month)
        if self.name == "month":
            return f"{last:%B %Y}"
        if self.name == "rolling":
            return f"the 12 months to {last:%B %Y}"
        return f"{first:%B %Y} to {last:%B %Y}"


@dataclass(frozen=True)
class FigureRef:
    indicator: str
    unit: str = "force"
    span: Span = Span()
    shape: Shape = Shape.VALUE

    def __str__(self) -> str:
        parts = [self.indicator, self.unit, str(self.span), self.shape.slug]
        return "|".join(parts if self.shape is not Shape.VALUE else parts[:3])

    @property
    def mark(self) -> str:
        """As it stands in the text of a paragraph."""
        return f"{{{{figure:{self}}}}}"

    @classmethod
    def parse(cls, text: str) -> FigureRef | None:
        """None where the text names no figure."""
        parts = [part.strip() for part in text.split("|")]
        slug, unit, span, shape, *more = [*parts, *("", "force", "month", "value")[len(parts) :]]
        found, told = Span.parse(span), SHAPES.get(shape)
        return cls(slug, unit, found, told) if slug and found and told and not more else None


@dataclass(frozen=True)
class Mark:
    """A reference in a text: of a kind, with what stands behind the colon."""

    kind: str
    body: str

    def __str__(self) -> str:
        return f"{{{{{self.kind}:{self.body}}}}}"


def parts_of(text: str) -> Iterator[str | Mark]:
    """The words of the text and the marks between them, in order."""
    at = 0
    for found in MARK.finditer(text):
        if found.start() > at:
            yield text[at : found.start()]
        yield Mark(found[1], found[2])
        at = found.end()
    if at < len(text):
        yield text[at:]


def figures_in(text: str) -> Iterator[FigureRef]:
    for part in parts_of(text):
        if isinstance(part, Mark) and part.kind == Kind.FIGURE:
            ref = FigureRef.parse(part.body)
            if ref is not None:
                yield ref
