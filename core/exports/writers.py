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

Rows = Iterable[Sequence[Any]]


def csv_lines(header: Sequence[str], rows: Rows) -> Iterator[str]:
    """Lines of a CSV file, CRLF, times as `2021-01-31 23:59:00` in Europe/London."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for row in _with_header(header, rows):
        writer.writerow([_as_text(cell(value)) for value in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def write_csv(file: IO[bytes], header: Sequence[str], rows: Rows) -> None:
    for line in csv_lines(header, rows):
        file.write(line.encode())


def write_xlsx(file: IO[bytes], header: Sequence[str], rows: Rows) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Rows")
    sheet.freeze_panes = "A2"
    sheet.append([_bold(sheet, title) for title in header])
    for row in rows:
        sheet.append([cell(value) for value in row])
    book.save(file)


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
