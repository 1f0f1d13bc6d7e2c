"""Rows to CSV and XLSX, one after another: a million rows need no more memory than one."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from core.exports.cells import cell
from core.exports.watermark import COLUMN, LONGEST, Watermark

Rows = Iterable[Sequence[Any]]


def csv_lines(header: Sequence[str], rows: Rows, mark: Watermark | None = None) -> Iterator[str]:
    """Lines of a CSV file, CRLF, times as `2021-01-31 23:59:00` in Europe/London.

    The watermark is a column, so a row that is copied elsewhere takes it along.
    """
    if mark is not None:
        line = mark.line
        header, rows = [*header, COLUMN], ([*row, line] for row in rows)
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for row in _with_header(header, rows):
        writer.writerow([_as_text(cell(value)) for value in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def write_csv(
    file: IO[bytes], header: Sequence[str], rows: Rows, mark: Watermark | None = None
) -> None:
    for line in csv_lines(header, rows, mark):
        file.write(line.encode())


def write_xlsx(
    file: IO[bytes], header: Sequence[str], rows: Rows, mark: Watermark | None = None
) -> None:
    """The watermark stands at the top and foot of each printed page, in the properties, and on a
    sheet behind the rows, since an import reads the first one."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Rows")
    if mark is not None:
        _print(sheet, mark)
    sheet.freeze_panes = "A2"
    sheet.append([_bold(sheet, title) for title in header])
    for row in rows:
        sheet.append([cell(value) for value in row])
    if mark is not None:
        _tell(book, mark)
    book.save(file)


def _print(sheet: Any, mark: Watermark) -> None:
    text = mark.line.replace("&", "&&")[:LONGEST]  # a single & begins a code of Excel
    sheet.oddHeader.center.text = text
    sheet.oddFooter.center.text = text


def _tell(book: Any, mark: Watermark) -> None:
    book.properties.creator = cell(mark.name)
    book.properties.title = cell(mark.title)
    book.properties.description = cell(mark.line)
    about = book.create_sheet("About")
    for key, value in mark.facts():
        about.append([_bold(about, key), cell(value)])


WRITERS = {"csv": write_csv, "xlsx": write_xlsx}
CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def _with_header(header: Sequence[str], rows: Rows) -> Iterator[Sequence[Any]]:
    yield header
    yield from rows


def _as_text(value: Any) -> Any:
    return value.isoformat(sep=" ", timespec="seconds") if isinstance(value, datetime) else value


def _bold(sheet: Any, title: str) -> WriteOnlyCell:
    heading = WriteOnlyCell(sheet, value=cell(title))
    heading.font = Font(bold=True)
    return heading
