import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from openpyxl import load_workbook

from core.exports.writers import csv_lines, write_csv, write_xlsx

HEADER = ["crime_ref", "recorded_at", "n"]
ROWS: list[list[Any]] = [
    ["=evil()", datetime(2021, 1, 1, 9, 5, tzinfo=UTC), -3],
    ['a,"b"\nc', None, 4],
]


def test_csv_reads_back_as_written() -> None:
    file = io.BytesIO()
    write_csv(file, HEADER, ROWS)
    rows = list(csv.reader(io.StringIO(file.getvalue().decode(), newline="")))
    assert rows == [HEADER, ["'=evil()", "2021-01-01 09:05:00", "-3"], ['a,"b"\nc', "", "4"]]


def test_csv_lines_come_one_at_a_time() -> None:
    asked = []

    def rows() -> Iterator[list[Any]]:
        for n in range(3):
            asked.append(n)
            yield [n]

    lines = csv_lines(["n"], rows())
    assert (next(lines), next(lines)) == ("n\r\n", "0\r\n")
    assert asked == [0]


def test_xlsx_holds_no_formula_and_keeps_numbers() -> None:
    file = io.BytesIO()
    write_xlsx(file, HEADER, ROWS)
    sheet = load_workbook(file).active
    assert sheet["A2"].value == "'=evil()"
    assert sheet["A2"].data_type == "s"
    assert sheet["C2"].value == -3
    assert sheet["A1"].font.bold
