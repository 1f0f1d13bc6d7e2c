"""A paper as it reads: the one thing that pages and files are made of.

Nothing here asks a database. `performance.selectors.papers.document_of` makes a document, and every
form of it (page, PDF, DOCX, HTML, public version) says what stands in it and nothing else, so no
two forms can differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Text:
    """Words that stand for themselves."""

    words: str


@dataclass(frozen=True)
class FigureRun:
    """A figure in the prose: `words` is what is read, the rest is where it comes from.

    `count` and `of` are the numbers beneath it (30 of 77), for who hides small ones: of a plain
    count `of` is None, of a median `count` is None and `of` its n. A word such as a verdict has
    the numbers of the figure it judges. `origin` says it in words for a hint or a footnote.
    """

    words: str
    reference: str  # dwelling-burglary-recorded|force|month
    origin: str = ""
    count: int | None = None
    of: int | None = None


Run = Text | FigureRun


@dataclass(frozen=True)
class Cell:
    """A cell of a table: its words, and the numbers beneath them as in FigureRun."""

    words: str
    count: int | None = None
    of: int | None = None


@dataclass(frozen=True)
class Paragraph:
    """`number` is made (5.1.4). `anchor` is its name for links, which stays when numbers move."""

    number: str
    runs: tuple[Run, ...]
    anchor: str = ""

    @property
    def text(self) -> str:
        return "".join(run.words for run in self.runs)


@dataclass(frozen=True)
class Table:
    """The first cell of a row is its header. A row of one cell is the heading of a group."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ChartBlock:
    """A picture, what it says in words, and the same as a table. The SVG is whole and inline."""

    caption: str
    alt: str
    svg: str
    table: Table


@dataclass(frozen=True)
class ListBlock:
    """Short items under a heading of their own (convictions, operations); `number` may be blank."""

    caption: str
    items: tuple[tuple[Run, ...], ...]
    number: str = ""


Block = Paragraph | Table | ChartBlock | ListBlock


@dataclass(frozen=True)
class Section:
    """`number` is 5 or 5.1: a dot makes it a part of the section before it, one heading deeper."""

    number: str
    title: str
    blocks: tuple[Block, ...]

    @property
    def level(self) -> int:
        return self.number.count(".") + 1


@dataclass(frozen=True)
class Dates:
    """The three dates of a paper, which are never one."""

    period_end: date  # the last day that the figures count
    meeting: date  # the force performance meeting
    board: date


@dataclass(frozen=True)
class Document:
    """`marking` goes into header and footer. `status` is blank once it is released.

    `facts` are the lines of the title block in order: to whom, from whom, priorities.
    """

    title: str
    marking: str
    dates: Dates
    sections: tuple[Section, ...]
    status: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    public: bool = False
    reference: str = field(default="")  # names the paper in a file name: board-paper-2021-01

    def paragraphs(self) -> Iterator[Paragraph]:
        for section in self.sections:
            for block in section.blocks:
                if isinstance(block, Paragraph):
                    yield block

    @property
    def figures(self) -> Iterator[FigureRun]:
        for paragraph in self.paragraphs():
            for run in paragraph.runs:
                if isinstance(run, FigureRun):
                    yield run
