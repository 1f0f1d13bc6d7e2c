"""A board paper as a document, from the records or from what was frozen at its release."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from performance.models import BlockKind, Paper, PaperBlock, PaperSection, PaperState
from performance.papers.document import (
    Block,
    Dates,
    Document,
    FigureRun,
    ListBlock,
    Paragraph,
    Run,
    Section,
    Text,
)
from performance.papers.figures import Told
from performance.papers.references import FigureRef, Kind, Mark, Span, figures_in, parts_of
from performance.papers.stored import from_json
from performance.papers.suppression import suppressed
from performance.selectors.paper_blocks import blocks_of
from performance.selectors.paper_figures import ledger
from performance.selectors.paper_lists import OPERATIONAL, runs_of
from performance.selectors.paper_words import told

WRONG = "[unknown reference]"


@dataclass(frozen=True)
class Change:
    """What a figure said when the author last saw the paragraph, and what it says now."""

    reference: str
    origin: str
    before: str
    now: str


@dataclass(frozen=True)
class ReadBlock:
    """A block with all that its page needs: what it says, and what has changed beneath it."""

    block: PaperBlock
    number: str
    parts: tuple[Block, ...]
    told: tuple[Told, ...] = ()
    changes: tuple[Change, ...] = ()

    @property
    def place(self) -> str:
        """As a finding names it."""
        return self.number or next((getattr(part, "caption", "") for part in self.parts), "")

    @property
    def runs(self) -> tuple[Run, ...]:
        (paragraph,) = self.parts
        return paragraph.runs if isinstance(paragraph, Paragraph) else ()


@dataclass(frozen=True)
class ReadSection:
    section: PaperSection
    number: str
    blocks: tuple[ReadBlock, ...]


@dataclass(frozen=True)
class ReadPaper:
    paper: Paper
    sections: tuple[ReadSection, ...]
    told: Mapping[str, Told] = field(default_factory=dict)

    @property
    def blocks(self) -> Iterator[ReadBlock]:
        for section in self.sections:
            yield from section.blocks

    @property
    def changes(self) -> list[Change]:
        return [change for block in self.blocks for change in block.changes]


def papers() -> QuerySet[Paper]:
    return Paper.objects.select_related("author", "checker").defer("frozen", "marks")


def latest_paper() -> Paper | None:
    """The newest that stands: what the next is made from."""
    standing = papers().exclude(state=PaperState.SUPERSEDED)
    return standing.order_by("-month", "-pk").first()


def document_of(paper: Paper, public: bool = False) -> Document:
    """`public`: without the blocks that are marked as operational detail, and without small numbers."""
    if paper.frozen is None:
        return document_from(read_paper(paper), public=public)
    found = from_json(paper.frozen["public" if public else "full"])
    return suppressed(found) if public else found  # those of old releases were kept as they were


def document_from(read: ReadPaper, *, public: bool = False) -> Document:
    made = _document(read, public=public)
    return suppressed(made) if public else made


def _document(read: ReadPaper, *, public: bool) -> Document:
    paper = read.paper
    sections = tuple(
        Section(
            each.number,
            each.section.title,
            tuple(
                part
                for block in each.blocks
                if block.block.is_public or not public
                for part in block.parts
                if not (public and _is_operational(part))
            ),
        )
        for each in read.sections
    )
    return Document(
        title=paper.title,
        marking="" if public else paper.marking,
        dates=Dates(paper.period_end, paper.meeting_on, paper.board_on),
        sections=tuple(section for section in sections if section.blocks or not public),
        status="" if paper.is_told else paper.get_state_display(),
        facts=tuple(_facts(paper)),
        public=public,
        reference=paper.reference,
    )


def _is_operational(part: Block) -> bool:
    """What the thematic review tells of operations, trials and people stays in the force."""
    return isinstance(part, ListBlock) and part.caption in OPERATIONAL


def _facts(paper: Paper) -> Iterator[tuple[str, str]]:
    yield "To", paper.to
    yield "From", paper.sender
    yield "Figures to", in_day(paper.period_end)
    yield "Force performance meeting", in_day(paper.meeting_on)
    yield "Board", in_day(paper.board_on)
    if paper.priorities:
        yield "Priorities", ", ".join(paper.priorities)


def in_day(day: date) -> str:
    return f"{day:%-d %B %Y}"


def sections_of(paper: Paper) -> list[PaperSection]:
    return list(paper.sections.prefetch_related("blocks"))


def numbered(sections: Iterable[PaperSection]) -> Iterator[tuple[str, PaperSection]]:
    """5, 5.1, 5.2, 6: a part without a section before it is a section."""
    top, below = 0, 0
    for section in sections:
        if section.depth == 1 or top == 0:
            top, below = top + 1, 0
            yield str(top), section
        else:
            below += 1
            yield f"{top}.{below}", section


def read_paper(paper: Paper) -> ReadPaper:
    """In a number of queries that does not grow with the paragraphs."""
    sections = sections_of(paper)
    blocks = [block for section in sections for block in section.blocks.all()]
    refs = {ref for block in blocks for ref in figures_in(block.text)}
    book = ledger(month=paper.month, refs=refs)
    found = {str(ref): told(book, ref) for ref in refs}
    reader = Reader(paper, found, dict(_numbers(sections)))
    return ReadPaper(paper, tuple(reader.sections(sections)), found)


def _numbers(sections: Sequence[PaperSection]) -> Iterator[tuple[PaperBlock, str]]:
    """Numbers are made, never typed; tables and charts have none."""
    for number, section in numbered(sections):
        counted = 0
        for block in section.blocks.all():
            if block.kind == BlockKind.PARAGRAPH:
                counted += 1
                yield block, f"{number}.{counted}"


@dataclass
class Reader:
    paper: Paper
    told: Mapping[str, Told]
    numbers: Mapping[PaperBlock, str]
    lists: dict[str, tuple[Run, ...]] = field(default_factory=dict)

    def sections(self, sections: Sequence[PaperSection]) -> Iterator[ReadSection]:
        for number, section in numbered(sections):
            blocks = tuple(self.block(block) for block in section.blocks.all())
            yield ReadSection(section, number, blocks)

    def block(self, block: PaperBlock) -> ReadBlock:
        if block.kind != BlockKind.PARAGRAPH:
            return ReadBlock(block, "", tuple(blocks_of(self.paper, block, self._list)))
        runs = tuple(run for part in parts_of(block.text) for run in self._runs(part))
        number = self.numbers[block]
        refs = dict.fromkeys(str(ref) for ref in figures_in(block.text))
        found = tuple(self.told[ref] for ref in refs)
        part = Paragraph(number, runs, block.key or f"p{block.pk}")
        return ReadBlock(block, number, (part,), found, tuple(_changes(block, found)))

    def _runs(self, part: str | Mark) -> tuple[Run, ...]:
        if isinstance(part, str):
            return (Text(part),)
        match part.kind:
            case Kind.FIGURE:
                ref = FigureRef.parse(part.body)
                return (run_of(self.told[str(ref)]),) if ref else (Text(WRONG),)
            case Kind.DATE:
                return (Text(date_words(self.paper, part.body) or WRONG),)
            case Kind.PARAGRAPH:
                return (Text(self._number(part.body) or WRONG),)
            case Kind.LIST:
                return self._list(part.body)
        return (Text(WRONG),)

    def _number(self, key: str) -> str:
        return next((number for block, number in self.numbers.items() if block.key == key), "")

    def _list(self, name: str) -> tuple[Run, ...]:
        if name not in self.lists:
            self.lists[name] = runs_of(name, self.paper)
        return self.lists[name]


def run_of(found: Told) -> FigureRun:
    return FigureRun(
        found.words,
        found.reference,
        found.origin,
        found.numerator,
        found.n if found.denominator is None else found.denominator,
    )


def _changes(block: PaperBlock, found: Iterable[Told]) -> Iterator[Change]:
    for each in found:
        before = block.seen.get(each.reference)
        if before is not None and before != each.words:
            yield Change(each.reference, each.origin, before, each.words)


def date_words(paper: Paper, text: str) -> str:
    """Blank where the text names no date of the paper."""
    if span := Span.parse(text):
        return span.in_words(paper.month)
    days = {"meeting": paper.meeting_on, "board": paper.board_on, "period-end": paper.period_end}
    if text in days:
        return in_day(days[text])
    return ", ".join(paper.priorities) or "none" if text == "priorities" else ""
