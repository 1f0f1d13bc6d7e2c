"""A paper that was written elsewhere, as plain text or Markdown: its paragraphs and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

TAG = re.compile(r"<[^>]+>")
NUMBERED = re.compile(r"(?:-\s*)?(\d{1,2}(?:\.\d{1,2})+)\s+(\S.*)")
HEADING = re.compile(
    r"(?:#+\s*)?(?:\*\*)?(\d{1,2}(?:\.\d{1,2})?)\.?\s+([A-Z][^.]{2,80}?)(?:\*\*)?$"
)
LEAST_CELLS = 4


@dataclass(frozen=True)
class PlainParagraph:
    number: str
    text: str
    heading: str = ""


@dataclass(frozen=True)
class PlainRow:
    """`group` is the heading above the row, `cells` its values by the words above each column."""

    group: str
    label: str
    cells: dict[str, str]


@dataclass(frozen=True)
class PlainPaper:
    paragraphs: tuple[PlainParagraph, ...] = ()
    rows: tuple[PlainRow, ...] = ()


@dataclass
class _Reading:
    heading: str = ""
    number: str = ""
    lines: list[str] = field(default_factory=list)
    header: list[str] = field(default_factory=list)
    group: str = ""
    paragraphs: list[PlainParagraph] = field(default_factory=list)
    rows: list[PlainRow] = field(default_factory=list)

    def end_paragraph(self) -> None:
        if self.number:
            text = " ".join(self.lines)
            self.paragraphs.append(PlainParagraph(self.number, text, self.heading))
        self.number, self.lines = "", []


def read_plain(text: str) -> PlainPaper:
    reading = _Reading()
    for line in text.splitlines():
        _line(reading, line)
    reading.end_paragraph()
    return PlainPaper(tuple(reading.paragraphs), tuple(reading.rows))


def _line(reading: _Reading, line: str) -> None:
    cells = list(_cells(line))
    plain = cells[0] if cells else ""
    if len(cells) >= LEAST_CELLS:
        _row(reading, cells)
    elif not plain and line.strip().startswith("|"):
        return  # the rule beneath the head of a table
    elif not plain:
        reading.end_paragraph()
        reading.header, reading.group = [], ""
    elif reading.header:
        reading.group = plain
    elif heading := HEADING.fullmatch(plain):
        reading.end_paragraph()
        reading.heading = heading[2]
    elif numbered := NUMBERED.match(plain):
        reading.end_paragraph()
        reading.number, reading.lines = numbered[1], [numbered[2]]
    elif reading.number:
        reading.lines.append(plain)


def _cells(line: str) -> Iterator[str]:
    """Of a row between bars or tabs; the line itself where it is no row."""
    clean = TAG.sub("", line).replace("**", "").strip()
    if clean.startswith("|"):
        inner = clean.strip("|").split("|")
        if any(set(cell.strip()) - set("-: ") for cell in inner):
            yield from (cell.strip() for cell in inner)
    elif clean:
        yield from (cell.strip() for cell in re.sub(r"^#+\s*", "", clean).split("\t"))


def _row(reading: _Reading, cells: list[str]) -> None:
    reading.end_paragraph()
    if not reading.header:
        reading.header = [cell.lower() for cell in cells]
        return
    named = dict(zip(reading.header[1:], cells[1:], strict=False))
    reading.rows.append(PlainRow(reading.group, cells[0], named))
