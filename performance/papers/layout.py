"""How a document falls onto pages: what every form of a file that has pages shares."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count

from performance.papers.document import Block, ChartBlock, Document, Table

# A table of more columns than this stands on a landscape page.
MOST_UPRIGHT = 7
LONGEST = 26
SHORT_HEAD = 10  # a heading that is not broken
NUMBER = re.compile("[-+\N{MINUS SIGN}]?[£\\d]|-$|\\[c\\]$")


@dataclass(frozen=True)
class Heading:
    level: int
    text: str


@dataclass(frozen=True)
class Stretch:
    """Pages of one orientation."""

    landscape: bool
    items: tuple[Heading | Block, ...]


def items_of(document: Document) -> Iterator[Heading | Block]:
    """Headings and blocks in reading order, each table and chart called by its number."""
    tables, charts = count(1), count(1)
    for section in document.sections:
        if section.title:
            yield Heading(section.level, f"{section.number}. {section.title}".lstrip(". "))
        for block in section.blocks:
            if isinstance(block, Table):
                yield _called(block, next(tables))
            elif isinstance(block, ChartBlock):
                caption = f"Chart {next(charts)}: {block.caption}"
                yield replace(block, caption=caption, table=_called(block.table, next(tables)))
            else:
                yield block


def _called(table: Table, number: int) -> Table:
    return replace(table, caption=f"Table {number}: {table.caption}")


def stretches(document: Document) -> Iterator[Stretch]:
    """Wide tables on landscape pages, with the headings right before them."""
    waiting: list[Heading | Block] = []
    landscape = False
    for item, turned in _turned(list(items_of(document))):
        if turned != landscape and waiting:
            yield Stretch(landscape, tuple(waiting))
            waiting = []
        landscape = turned
        waiting.append(item)
    if waiting:
        yield Stretch(landscape, tuple(waiting))


def _turned(items: list[Heading | Block]) -> list[tuple[Heading | Block, bool]]:
    """Each with whether it stands on a landscape page; backwards, since a heading follows its block."""
    found: list[tuple[Heading | Block, bool]] = []
    for item in reversed(items):
        below = bool(found) and found[-1][1]
        turned = is_wide(item) or (isinstance(item, Heading) and below)
        found.append((item, turned))
    return found[::-1]


def is_wide(item: Heading | Block) -> bool:
    return isinstance(item, Table) and len(item.header) > MOST_UPRIGHT


def sides(table: Table) -> list[str]:
    """`right` for a column of numbers, by place."""
    return ["right" if _is_numeric(table, place) else "left" for place in range(len(table.header))]


def _is_numeric(table: Table, place: int) -> bool:
    words = [row[place].words for row in table.rows if len(row) > place and len(row) > 1]
    return place > 0 and bool(words) and all(NUMBER.match(each.strip() or "-") for each in words)


def widths(table: Table) -> list[int]:
    """What each column needs beside the others: by its longest word and its longest cell."""
    found = []
    for place, head in enumerate(table.header):
        cells = [row[place].words for row in table.rows if len(row) > max(place, 1)]
        words = [word for text in (head, *cells) for word in text.split()]
        longest_word = max(map(len, words), default=1)
        longest_cell = max(map(len, (*cells, head if len(head) <= SHORT_HEAD else "")))
        found.append(max(longest_word, min(longest_cell, LONGEST)) + 2)
    return found
