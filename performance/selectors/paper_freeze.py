"""Everything that a paper tells, as it is frozen at its release."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from performance.boards import BOARDS
from performance.indicators import INDICATORS
from performance.measures import Definitions
from performance.models import BlockKind
from performance.papers.definitions import digest_of
from performance.papers.figures import Told
from performance.papers.references import FigureRef, Shape, Span
from performance.selectors.as_at import marks_now
from performance.selectors.paper_figures import ledger
from performance.selectors.paper_words import told
from performance.selectors.papers import ReadPaper

MONTHS_OF_A_ROW = (0, 12, 24, 36)
WORDS_OF_A_ROW = (
    Shape.VERDICT_1YR,
    Shape.VERDICT_3YR,
    Shape.VERDICT_BENCHMARK,
    Shape.BASELINE,
)


@dataclass(frozen=True)
class Frozen:
    told: tuple[Told, ...]
    definitions: dict[str, str]  # digest by indicator
    marks: dict[str, int]


def frozen(read: ReadPaper) -> Frozen:
    """Prose and tables alike: a cell of a table is a figure too."""
    boards = [block.block.subject for block in read.blocks if block.block.kind == BlockKind.BOARD]
    refs = list(dict.fromkeys(_cells(boards)))
    book = ledger(month=read.paper.month, refs=refs)
    cells = {str(ref): told(book, ref) for ref in refs}
    found = {**cells, **read.told}
    definitions = Definitions.load()
    slugs = {each.indicator for each in found.values()}
    digests = {slug: digest_of(slug, definitions) for slug in sorted(slugs)}
    return Frozen(tuple(found.values()), digests, marks_now())


def _cells(boards: Iterable[str]) -> Iterator[FigureRef]:
    for slug in boards:
        for indicator in BOARDS[slug].indicators if slug in BOARDS else ():
            for back in MONTHS_OF_A_ROW:
                yield FigureRef(indicator, span=Span("month", back))
            yield from (FigureRef(indicator, shape=shape) for shape in WORDS_OF_A_ROW)
            if INDICATORS[indicator].adds_up:
                yield FigureRef(indicator, span=Span("rolling"))
