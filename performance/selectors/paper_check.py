"""The claim check of a paper, with every figure of its month to hold the words against."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from performance.indicators import INDICATORS
from performance.papers.check import Check, check_document, check_text
from performance.papers.figures import Told
from performance.papers.references import FigureRef, Shape, Span
from performance.selectors.paper_figures import ledger
from performance.selectors.paper_words import told
from performance.selectors.papers import ReadPaper, document_from

UNITS = ("force", "north", "south", "local-north", "local-south")
SPANS = (Span("month"), Span("month", 1), Span("month", 12), Span("rolling"), Span("rolling", 1))
OF_FORCE = (
    Shape.BASELINE,
    Shape.CHANGE_YEAR,
    Shape.LOWEST,
    Shape.HIGHEST,
)
OF_YEAR = (Shape.SIGNIFICANCE, Shape.OTHER_SIGNIFICANCE, Shape.CHANGE_BASELINE)
ROLLING = Span("rolling")


def known_refs() -> Iterator[FigureRef]:
    """What a sentence about a month may tell of any indicator."""
    for slug, indicator in INDICATORS.items():
        for unit in UNITS:
            for span in SPANS:
                yield FigureRef(slug, unit, span)
        for shape in OF_FORCE:
            yield FigureRef(slug, shape=shape)
        if indicator.adds_up:
            yield from (FigureRef(slug, span=ROLLING, shape=shape) for shape in OF_YEAR)


def known_figures(month: date) -> list[Told]:
    """In as many queries as one paper; what is not known is left out."""
    refs = list(known_refs())
    book = ledger(month=month, refs=refs)
    found = (told(book, ref) for ref in refs if ref.unit in book.units)
    return [each for each in found if each.words not in {"not known", "-"}]


def check_paper(read: ReadPaper) -> Check:
    known = known_figures(read.paper.month)
    return check_document(document_from(read), read.told, known)


def check_elsewhere(text: str, month: date) -> Check:
    return check_text(text, known_figures(month))
