"""The claim check of a paper, with every figure of its month to hold the words against."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
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
    Shape.OTHER_BASELINE,
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
        if indicator.adds_up and indicator.denominator:
            yield FigureRef(slug, span=ROLLING, shape=Shape.POINTS_MONTH)


def known_figures(month: date) -> list[Told]:
    """In as many queries as one paper; what is not known is left out."""
    refs = list(known_refs())
    book = ledger(month=month, refs=refs)
    found = (told(book, ref) for ref in refs if ref.unit in book.units)
    return [each for each in found if each.words not in {"not known", "-"}]


def check_paper(read: ReadPaper) -> Check:
    known = known_figures(read.paper.month)
    return check_document(document_from(read), read.told, known)


@dataclass(frozen=True)
class Remark:
    """What stands beside a block, with the way to it: a finding, or a figure that has changed."""

    block: int
    place: str
    label: str
    message: str
    is_fault: bool


def remarks_of(read: ReadPaper, check: Check) -> list[Remark]:
    """What keeps the paper from review first, each in reading order."""
    return sorted(_remarks(read, check), key=lambda remark: not remark.is_fault)


def _remarks(read: ReadPaper, check: Check) -> Iterator[Remark]:
    found = check.by_place()
    for block in read.blocks:
        for change in block.changes:
            message = f"{change.origin} said “{change.before}”, and says “{change.now}” now."
            yield Remark(block.block.pk, block.place, "Changed", message, is_fault=True)
        for each in found.get(block.place, []):
            label = each.kind.label
            yield Remark(block.block.pk, block.place, label, each.message, each.is_fault)


def check_elsewhere(text: str, month: date) -> Check:
    return check_text(text, known_figures(month))
