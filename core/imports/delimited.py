"""CSV as it comes: in blocks of whole records, quickly where it is tidy, patiently where it is not."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import zip_longest

import polars as pl

from core.imports.receipt import FileRefused
from core.imports.validation import ERRORS, ROW, no_errors

BLOCK_BYTES = 16 * 2**20
EXTRA = "values beyond the header"


def record_blocks(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces that end where a record ends."""
    held = b""
    for chunk in chunks:
        held += chunk
        if len(held) < BLOCK_BYTES:
            continue
        cut = _end_of_last_record(held)
        if not cut and len(held) < 4 * BLOCK_BYTES:
            continue
        # Without an end in four blocks a quotation mark is astray: the row is found when it is read.
        cut = cut or held.rfind(b"\n") + 1 or len(held)
        yield held[:cut]
        held = held[cut:]
    if held.strip():
        yield held


def _end_of_last_record(data: bytes) -> int:
    """A line break ends a record where the quotation marks before it pair up."""
    end = len(data)
    odd = data.count(b'"') % 2
    while (end := data.rfind(b"\n", 0, end)) >= 0:
        if (odd + data.count(b'"', end)) % 2 == 0:
            return end + 1
    return 0


def read_header(first: bytes) -> list[str]:
    reader = csv.reader(io.StringIO(first.decode(), newline=""))
    try:
        return [name.strip() for name in next(reader, [])]
    except csv.Error as error:
        raise FileRefused(f"The first row cannot be read as CSV ({error}).") from error


def read_rows(data: bytes, width: int, first_row: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Columns "0", "1", ... as text with their row numbers, and the rows that are out of shape."""
    data = data.rstrip(b"\r\n")
    frame = _tidy(data, width)
    faults = no_errors()
    if frame is None:
        frame, faults = _untidy(data, width, first_row)
    else:
        frame = frame.with_row_index(ROW, first_row).cast({ROW: pl.Int64})
    return frame, faults


def _tidy(data: bytes, width: int) -> pl.DataFrame | None:
    """None where a row has too few or too many values, or quotation marks are astray."""
    names = [str(place) for place in range(width)]
    try:
        frame = pl.read_csv(
            data,
            has_header=False,
            schema=dict.fromkeys([*names, EXTRA], pl.String),
            missing_columns="insert",
            extra_columns="ignore",
        )
    except pl.exceptions.PolarsError:
        return None
    commas = frame.height * (width - 1)
    if b'"' in data:
        within = frame.select(pl.all().str.count_matches(",", literal=True).sum())
        commas += sum(within.row(0))
    return frame.drop(EXTRA) if data.count(b",") == commas else None


def _untidy(data: bytes, width: int, first_row: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    rows = _records(data, first_row)
    faults = [
        (first_row + place, "", "", _misshapen(len(row), width))
        for place, row in enumerate(rows)
        if row and len(row) != width and (len(row) < width or any(row[width:]))
    ]
    columns = list(zip_longest(*rows, [""] * width, fillvalue=None))[:width]
    frame = pl.DataFrame(
        [
            pl.Series(str(place), values[: len(rows)], dtype=pl.String)
            for place, values in enumerate(columns)
        ]
    ).with_row_index(ROW, first_row)
    return frame.cast({ROW: pl.Int64}), pl.DataFrame(faults, schema=ERRORS, orient="row")


def _records(data: bytes, first_row: int) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        rows.extend(csv.reader(io.StringIO(data.decode(), newline="")))
    except csv.Error as error:
        raise FileRefused(
            f"Row {first_row + len(rows)} cannot be read ({error}): a quotation mark that opens "
            "there may never close. Save the file again as CSV UTF-8."
        ) from error
    return rows


def _misshapen(values: int, width: int) -> str:
    return (
        f"has {values} values where the header has {width} columns. "
        "Look for a missing or an extra comma."
    )
