"""No small number of the public version can be read, nor worked out from what is left."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.optimize import linprog

from performance.papers.document import Cell, FigureRun, Paragraph, Section, Table, Text
from performance.papers.suppression import (
    HIDDEN,
    Grid,
    grid_of,
    hidden_places,
    is_small,
    suppress_table,
    suppressed,
)
from tests.unit.performance.papers.sample import chart, document

inner = st.integers(1, 5).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 30), min_size=width, max_size=width), min_size=1, max_size=5
    )
)


def with_totals(counts: list[list[int]], *, row: bool, column: bool) -> list[list[int]]:
    wide = [[*line, sum(line)] if column else list(line) for line in counts]
    return [*wide, [sum(each) for each in zip(*wide, strict=True)]] if row else wide


def primary_of(counts: list[list[int]]) -> set[tuple[int, int]]:
    return {
        (at, across)
        for at, row in enumerate(counts)
        for across, count in enumerate(row)
        if is_small(count)
    }


def span(grid: Grid, hidden: set[tuple[int, int]], place: tuple[int, int]) -> tuple[int, int]:
    """The least and the most that a reader who adds up can find for a hidden cell.

    Sums of a table have whole numbers at their ends, so the ends of a linear programme are exact.
    """
    places = sorted(hidden)
    lines, sums = [], []
    height, width = len(grid.counts), len(grid.counts[0])
    rules = []
    if grid.row is not None:
        columns = [[(at, across) for at in range(height)] for across in range(width)]
        rules += [(rule, (grid.row, rule[0][1])) for rule in columns]
    if grid.column is not None:
        rows = [[(at, across) for across in range(width)] for at in range(height)]
        rules += [(rule, (rule[0][0], grid.column)) for rule in rows]
    for rule, total in rules:
        sign = {each: -1 if each == total else 1 for each in rule}
        lines.append([sign.get(each, 0) for each in places])
        sums.append(-sum(sign[each] * grid.at(each) for each in rule if each not in hidden))
    aim = np.array([float(each == place) for each in places])
    found = [
        linprog(way * aim, A_eq=lines or None, b_eq=sums or None, bounds=(0, 10_000)).fun
        for way in (1, -1)
    ]
    return round(found[0]), round(-found[1])


@given(inner, st.booleans(), st.booleans())
def test_no_hidden_cell_can_be_worked_out(counts, row, column):
    whole = with_totals(counts, row=row, column=column)
    grid = Grid(whole, len(whole) - 1 if row else None, len(whole[0]) - 1 if column else None)
    primary = primary_of(whole)
    hidden = hidden_places(grid, primary)
    assert primary <= hidden
    for place in primary:
        least, most = span(grid, hidden, place)
        assert least < most


@given(inner)
def test_totals_are_found(counts):
    assume(len(counts) > 1 and len(counts[0]) > 1)
    assume(all(any(line) for line in counts) and all(map(any, zip(*counts, strict=True))))
    whole = with_totals(counts, row=True, column=True)
    grid = grid_of(whole)
    assert grid.row is not None
    assert [2 * n for n in whole[grid.row]] == [sum(each) for each in zip(*whole, strict=True)]
    assert grid.column is not None


@pytest.mark.parametrize(
    ("count", "of", "small"),
    [
        (0, None, False), (1, None, True), (4, None, True), (5, None, False),
        (3, 56, True), (53, 56, True), (0, 3, True), (0, 56, False), (56, 56, False),
        (30, 77, False), (None, None, False), (None, 4, True),
    ],
)  # fmt: skip
def test_part_rest_and_whole_of_a_share_are_looked_at(count, of, small):
    assert is_small(count, of) is small


def table(*rows: tuple[str, int], notes: tuple[str, ...] = ()) -> Table:
    return Table(
        "Crimes", ("Area", "Crimes"),
        tuple((Cell(name), Cell(f"{count:,}", count)) for name, count in rows), notes,
    )  # fmt: skip


def words(made: Table) -> list[str]:
    return [row[1].words for row in made.rows]


def test_cell_beside_a_total_takes_another_with_it():
    made = suppress_table(table(("North", 3), ("East", 40), ("South", 20), ("Force", 63)))
    assert words(made) == [HIDDEN, "40", HIDDEN, "63"]
    assert "fewer than 5" in made.notes[-1]


def test_cell_without_a_total_is_hidden_alone():
    assert words(suppress_table(table(("North", 3), ("South", 20)))) == [HIDDEN, "20"]


def test_table_without_small_numbers_stays():
    plain = table(("North", 30), ("South", 20), ("Force", 50))
    assert suppress_table(plain) is plain


def test_note_does_not_tell_what_its_table_hides():
    made = suppress_table(table(("North", 3), notes=("Chance would do it (3 of 56).", "12 of 90.")))
    assert made.notes[:2] == (f"Chance would do it ({HIDDEN}).", "12 of 90.")


def test_chart_of_a_hidden_number_gives_way_to_its_table():
    drawn = chart()
    rows = (*drawn.table.rows[:-1], (Cell("January 2021"), Cell("3", 3)))
    paper = document(
        sections=(Section("1", "One", (replace(drawn, table=replace(drawn.table, rows=rows)),)),)
    )
    (block,) = suppressed(paper).sections[0].blocks
    assert isinstance(block, Table)
    assert block.rows[-1][1].words == HIDDEN


def test_what_protects_a_number_is_hidden_in_the_prose_too():
    told = Paragraph("1.1", (Text("South had "), FigureRun("20", "x", count=20), Text(".")))
    crimes = table(("North", 3), ("East", 40), ("South", 20), ("Force", 63))
    made = suppressed(document(sections=(Section("1", "One", (told, crimes)),)))
    assert [each.text for each in made.paragraphs()] == [f"South had {HIDDEN}."]


def test_hiding_twice_changes_nothing():
    once = suppressed(document())
    assert once != document()
    assert suppressed(once) == once
