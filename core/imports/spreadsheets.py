"""Excel workbooks, streamed cell by cell: typed cells become the text that a CSV would hold."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import polars as pl
from django.conf import settings
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from core.imports.receipt import FileRefused
from core.imports.validation import ERRORS, ROW, Block

BLOCK_ROWS = 50_000
BROKEN = (InvalidFileException, KeyError, ValueError, ParseError, zipfile.BadZipFile)
RATIO = 100  # the XML of real records packs to a tenth
RATIO_FROM = 50 * 2**20
WIDEST = 500
EXACT = 10**15  # Excel keeps fifteen figures
FORMULA = "holds a formula, whose result is not trusted. Copy the column and paste it as values."
LOST = "has lost figures: Excel keeps fifteen. Format the column as text and enter it again."
CELL_ERROR = "holds an error of Excel. Correct the cell."


def header(path: Path) -> tuple[list[str], list[str]]:
    """The first row, and what the person should know about the workbook."""
    _refuse_bomb(path)
    with _first_sheet(path) as (sheet, others):
        first = next(sheet.iter_rows(max_row=1, max_col=WIDEST, values_only=True), ())
    names = ["" if value is None else str(value).strip() for value in first]
    while names and not names[-1]:
        names.pop()
    if not names:
        raise FileRefused("The first sheet is empty. Put the records on the first sheet.")
    warnings = [f"Only the first sheet was read; not {', '.join(others)}."] if others else []
    return names, warnings


def blocks(path: Path, width: int) -> Iterator[Block]:
    with _first_sheet(path) as (sheet, _):
        rows: list[list[str | None]] = []
        faults: list[tuple[int, str, str, str]] = []
        numbers: list[int] = []
        for number, cells in enumerate(sheet.iter_rows(min_row=2, max_col=width), start=2):
            row = [_text(cell, number, faults) for cell in cells]
            if any(row):
                numbers.append(number)
                rows.append(row + [None] * (width - len(row)))
            if len(rows) == BLOCK_ROWS:
                yield _block(numbers, rows, faults, width)
                numbers, rows, faults = [], [], []
        yield _block(numbers, rows, faults, width)


def _block(
    numbers: list[int],
    rows: list[list[str | None]],
    faults: list[tuple[int, str, str, str]],
    width: int,
) -> Block:
    schema = {str(place): pl.String for place in range(width)}
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    frame = frame.insert_column(0, pl.Series(ROW, numbers, dtype=pl.Int64))
    return Block(frame, pl.DataFrame(faults, schema=ERRORS, orient="row"))


def _text(cell: Any, row: int, faults: list[tuple[int, str, str, str]]) -> str | None:
    value = cell.value
    if value is None:
        return None
    text = _written(value)
    problem = {"f": FORMULA, "e": CELL_ERROR}.get(cell.data_type)
    if isinstance(value, int | float) and abs(value) >= EXACT:
        problem = LOST
    if problem:
        faults.append((row, str(cell.column - 1), text, problem))
    return text


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "Y" if value else "N"
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _refuse_bomb(path: Path) -> None:
    """By the sizes in the archive's own list: unpacking stops at them, so they cannot lie."""
    with zipfile.ZipFile(path) as archive:
        unpacked = sum(entry.file_size for entry in archive.infolist())
    if unpacked > settings.IMPORT_MAX_BYTES:
        raise FileRefused("Unpacked, the workbook is too large. Save it as CSV and send that.")
    if unpacked > RATIO_FROM and unpacked > RATIO * path.stat().st_size:
        raise FileRefused("The workbook unpacks to far more than records do. Save it as CSV.")


@contextmanager
def _first_sheet(path: Path) -> Iterator[tuple[Any, list[str]]]:
    with path.open("rb") as file:
        try:
            book = load_workbook(file, read_only=True)
            sheet = book.worksheets[0]
            # What the file says of its own size may be wrong in both directions.
            sheet.reset_dimensions()
            yield sheet, [other.title for other in book.worksheets[1:]]
        except (*BROKEN, IndexError) as error:
            raise FileRefused(
                "The workbook is damaged. Open it in Excel, save it again and send that."
            ) from error
