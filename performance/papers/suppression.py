"""Small numbers kept out of the public version.

A number from 1 to 4 of people or crimes could point at somebody, and so could a share that rests on
one: both are hidden (primary). Where a table holds totals, a hidden cell could be worked out from
them: each is therefore put on a closed path of hidden cells, all above 0. One case moved along the
path, up here and down there, leaves every total as it was, so no cell of it can be known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import product
from typing import Any

from performance.papers.document import (
    Block,
    Cell,
    ChartBlock,
    Document,
    FigureRun,
    ListBlock,
    Paragraph,
    Run,
    Table,
)

LEAST = 5
HIDDEN = "[c]"
NOTE = f"{HIDDEN}: hidden, because it rests on fewer than {LEAST} cases or would show a number that does."
PART_OF = re.compile(r"\b([\d,]*\d) of ([\d,]*\d)\b")
FEWEST_ROWS = 3  # a total and the two that make it

Counts = Sequence[Sequence[int | None]]
Place = tuple[int, int]
Numbers = tuple[int | None, int | None]
NONE: frozenset[Numbers] = frozenset()


def is_small(count: int | None, of: int | None = None) -> bool:
    """Of a share, the part, the rest and the whole must all be large, or none of them there."""
    rest = of - count if count is not None and of is not None else None
    return any(number is not None and 0 < number < LEAST for number in (count, of, rest))


@dataclass(frozen=True)
class Grid:
    """Counts with their totals: `row` and `column` say where those stand, None where there are none."""

    counts: Counts
    row: int | None = None
    column: int | None = None

    def paths(self, place: Place) -> Iterator[frozenset[Place]]:
        """The closed paths through a cell: pairs in a column or row, or corners of a rectangle."""
        at, across = place
        rows = [row for row in range(len(self.counts)) if row != at]
        columns = [column for column in range(len(self.counts[at])) if column != across]
        if self.row is not None and self.column is not None:
            for row, column in product(rows, columns):
                yield frozenset({place, (at, column), (row, across), (row, column)})
        elif self.row is not None:
            yield from (frozenset({place, (row, across)}) for row in rows)
        elif self.column is not None:
            yield from (frozenset({place, (at, column)}) for column in columns)

    def at(self, place: Place) -> int:
        return self.counts[place[0]][place[1]] or 0

    def cost(self, path: frozenset[Place], hidden: set[Place]) -> tuple[int, int]:
        """Few totals, then few cases, are newly hidden."""
        new = [place for place in path if place not in hidden]
        totals = sum(row == self.row or column == self.column for row, column in new)
        return totals, sum(self.at(place) for place in new)


def hidden_places(grid: Grid, primary: set[Place]) -> set[Place]:
    """The primary cells and those that must be hidden with them.

    Everything is, where a cell has no path.
    """
    hidden = set(primary)
    if grid.row is None and grid.column is None:
        return hidden
    for place in sorted(primary):
        paths = [path for path in grid.paths(place) if all(grid.at(corner) > 0 for corner in path)]
        if not paths:
            return set(product(range(len(grid.counts)), range(len(grid.counts[0]))))
        hidden |= min(paths, key=partial(_preference, grid, hidden))
    return hidden


def _preference(grid: Grid, hidden: set[Place], path: frozenset[Place]) -> Any:
    """Of two paths that cost the same, always the same one."""
    return grid.cost(path, hidden), sorted(path)


def grid_of(counts: Counts) -> Grid:
    """Finds the row and the column that are the sums of all others, where they are known."""
    turned = [list(column) for column in zip(*counts, strict=True)]
    return Grid(counts, _total(counts), _total(turned))


def _total(rows: Counts) -> int | None:
    """The place of the row that the others add up to, column by column."""
    if len(rows) < FEWEST_ROWS:
        return None
    sums = [sum(number or 0 for number in column) for column in zip(*rows, strict=True)]
    places = range(len(rows) - 1, -1, -1)
    return next((at for at in places if any(rows[at]) and _is_total(rows[at], sums)), None)


def _is_total(row: Sequence[int | None], sums: Sequence[int]) -> bool:
    return all(
        number is None or 2 * number == whole for number, whole in zip(row, sums, strict=True)
    )


def suppressed(document: Document) -> Document:
    """The same document without its small numbers; again, it changes nothing.

    What was hidden only to protect another number is hidden wherever the paper says it.
    """
    also: frozenset[Numbers] = NONE
    while True:
        found = also | frozenset(_secondary(document, also))
        if found == also:
            return _without(document, also)
        also = found


def _secondary(document: Document, also: frozenset[Numbers]) -> Iterator[Numbers]:
    for section in document.sections:
        for block in section.blocks:
            table = block.table if isinstance(block, ChartBlock) else block
            if isinstance(table, Table):
                cells = _hidden_cells(table, also)
                yield from ((c.count, c.of) for c in cells.values() if not is_small(c.count, c.of))


def _without(document: Document, also: frozenset[Numbers]) -> Document:
    sections = tuple(
        replace(section, blocks=tuple(_block(block, also) for block in section.blocks))
        for section in document.sections
    )
    return replace(document, sections=sections)


def _block(block: Block, also: frozenset[Numbers]) -> Block:
    match block:
        case Table():
            return suppress_table(block, also)
        case ChartBlock():
            # A picture shows what its table hides: then the table stands alone.
            table = suppress_table(block.table, also)
            return block if table == block.table else table
        case Paragraph():
            return replace(block, runs=_runs(block.runs, also))
        case ListBlock():
            return replace(block, items=tuple(_runs(runs, also) for runs in block.items))


def _runs(runs: tuple[Run, ...], also: frozenset[Numbers]) -> tuple[Run, ...]:
    return tuple(
        FigureRun(HIDDEN, run.reference)
        if isinstance(run, FigureRun) and _is_hidden(run.count, run.of, also)
        else run
        for run in runs
    )


def _is_hidden(count: int | None, of: int | None, also: frozenset[Numbers]) -> bool:
    return is_small(count, of) or (count, of) in also


def suppress_table(table: Table, also: frozenset[Numbers] = NONE) -> Table:
    hidden = _hidden_cells(table, also)
    if not hidden:
        return table
    rows = tuple(
        tuple(Cell(HIDDEN) if (at, across) in hidden else cell for across, cell in enumerate(row))
        for at, row in enumerate(table.rows)
    )
    notes = tuple(PART_OF.sub(_part_of, note) for note in table.notes)
    notes = notes if NOTE in notes else (*notes, NOTE)
    return replace(table, rows=rows, notes=notes)


def _part_of(found: re.Match[str]) -> str:
    """`3 of 56` in a note says what the table hides."""
    count, of = (int(number.replace(",", "")) for number in found.groups())
    return HIDDEN if is_small(count, of) else found.group()


def _hidden_cells(table: Table, also: frozenset[Numbers]) -> Mapping[Place, Cell]:
    """By their place; a cell without numbers has nothing to hide."""
    cells = {
        (at, across): cell
        for at, row in enumerate(table.rows)
        for across, cell in enumerate(row)
        if cell.count is not None or cell.of is not None
    }
    primary = {place for place, cell in cells.items() if _is_hidden(cell.count, cell.of, also)}
    if not primary:
        return {}
    rows = sorted({at for at, _ in cells})
    columns = sorted({across for _, across in cells})
    counts = [[_count(cells.get((at, across))) for across in columns] for at in rows]
    inner = {(rows.index(at), columns.index(across)) for at, across in primary}
    found = hidden_places(grid_of(counts), inner)
    places = {(rows[at], columns[across]) for at, across in found}
    return {place: cells[place] for place in places if place in cells}


def _count(cell: Cell | None) -> int | None:
    return None if cell is None else cell.count
