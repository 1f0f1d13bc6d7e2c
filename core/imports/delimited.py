"""CSV as it comes: in blocks of whole records, by columns wherever quotation marks allow it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

import polars as pl

from core.imports.receipt import FileRefused
from core.imports.validation import ROW, no_errors

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
    quoted = b'"' in data
    frame = _parsed(data, width)
    sizes: pl.Series | None = None
    if frame is None or (quoted and not _has_shape(frame, data, width)):
        frame, sizes = _patiently(data, width, first_row)
    elif not quoted:
        sizes = _sizes(frame, data, width)
    frame = frame.with_row_index(ROW, first_row).cast({ROW: pl.Int64})
    return frame, no_errors() if sizes is None else _misshapen(sizes, width, first_row)


def _parsed(data: bytes, width: int) -> pl.DataFrame | None:
    """None where quotation marks are astray."""
    names = [str(place) for place in range(width)]
    try:
        return pl.read_csv(
            data,
            has_header=False,
            schema=dict.fromkeys([*names, EXTRA], pl.String),
            missing_columns="insert",
            extra_columns="ignore",
        ).drop(EXTRA)
    except pl.exceptions.PolarsError:
        return None


def _has_shape(frame: pl.DataFrame, data: bytes, width: int) -> bool:
    """Whether the commas are those between the values and those within them, and no more."""
    within = sum(frame.select(pl.all().str.count_matches(",", literal=True).sum()).row(0))
    return data.count(b",") == frame.height * (width - 1) + int(within)


def _sizes(frame: pl.DataFrame, data: bytes, width: int) -> pl.Series | None:
    """Values in every row of a text without quotation marks; None where all have their width."""
    if data.count(b",") == frame.height * (width - 1):
        return None
    lines = pl.Series(
        data.removesuffix(b"\n").decode().split("\n"), dtype=pl.String
    ).str.strip_chars("\r")
    # Commas after the last value make no row too long; a blank line is no row.
    ends = lines.str.count_matches(",", literal=True) >= width
    lines = pl.select(
        pl.when(ends).then(lines.str.strip_chars_end(",")).otherwise(lines)
    ).to_series()
    sizes = lines.str.count_matches(",", literal=True) + 1
    return sizes.set((lines == "") | (ends & (sizes < width)), width)


def _patiently(data: bytes, width: int, first_row: int) -> tuple[pl.DataFrame, pl.Series]:
    rows = _records(data, first_row)
    sizes = [len(row) if row and (len(row) < width or any(row[width:])) else width for row in rows]
    columns = [
        pl.Series(
            str(place), [row[place] if place < len(row) else None for row in rows], dtype=pl.String
        )
        for place in range(width)
    ]
    return pl.DataFrame(columns), pl.Series(sizes, dtype=pl.Int64)


def _misshapen(sizes: pl.Series, width: int, first_row: int) -> pl.DataFrame:
    wrong = pl.DataFrame({"n": sizes}).with_row_index(ROW, first_row).filter(pl.col("n") != width)
    return wrong.select(
        pl.col(ROW).cast(pl.Int64),
        pl.lit("").alias("column"),
        pl.lit("").alias("value"),
        pl.format(
            f"has {{}} values where the header has {width} columns. "
            "Look for a missing or an extra comma.",
            "n",
        ).alias("message"),
    )


def _records(data: bytes, first_row: int) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        rows.extend(csv.reader(io.StringIO(data.decode(), newline=""), strict=True))
    except csv.Error as error:
        raise FileRefused(
            f"Row {first_row + len(rows)} cannot be read: a quotation mark is astray, or one that "
            f"opens there never closes ({error}). Save the file again as CSV UTF-8."
        ) from error
    return rows
