"""The files of the boards of January 2021: what the paper's tables say, in each form."""

import csv
from datetime import date

import pytest

from core.models import Unit
from performance.papers.document import Document
from performance.papers.writers import form
from performance.selectors.board_columns import COLUMNS, HEADER
from performance.selectors.board_documents import board_document
from performance.selectors.boards import board_for
from tests.shared import shared
from tests.unit.performance.papers.reading import READERS

BOARDS = ("combat-acquisitive-crime", "increase-public-satisfaction")


def document(slug: str, force: Unit) -> Document:
    return board_document(board_for(slug=slug, month=date(2021, 1, 1), unit=force))


def told(slug: str) -> list[dict[str, str]]:
    with shared("paper/board_tables_2021-01.csv").open() as file:
        return [row for row in csv.DictReader(file) if row["table"] == slug]


@pytest.mark.parametrize("slug", BOARDS)
@pytest.mark.parametrize("made", READERS)
def test_table_of_the_file_is_that_of_the_paper(made: str, slug: str, force: Unit) -> None:
    _, *rows = READERS[made](form(made).write(document(slug, force))).tables[0]
    group, found = "", []
    for row in rows:
        if len(row) == 1:
            group = row[0]
            continue
        # A file writes 39.0% and 1,393 where the table of the paper has 39.0 and 1393.
        cells = [cell.replace(",", "").removesuffix("%") for cell in row[1:]]
        found.append([group, row[0].removesuffix(" (minutes)"), *cells])
    columns = ("group", "indicator", *COLUMNS)
    assert set(columns) < set(HEADER)
    expected = [[row[name] for name in columns] for row in told(slug)]
    assert found == expected


def test_public_version_hides_three_of_fifty_six(force: Unit) -> None:
    paper = document(BOARDS[0], force)
    read = READERS["html"](form("public-html").write(paper))
    (row,) = [
        row
        for row in read.tables[0]
        if row[0].startswith("Prosecution possible") and row[4] == "7.4%"
    ]
    assert row[1] == "[c]"
    assert not any("3 of 56" in words for words in read.prose)
