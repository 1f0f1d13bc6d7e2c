"""Rows and files of crimes for these tests."""

import gzip
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import polars as pl
from openpyxl import Workbook

HEADER = ("crime_ref", "recorded_at", "offence_code", "dwelling", "district")


def crime(ref: str = "A1", **changes: Any) -> dict[str, Any]:
    """A dwelling burglary in Fenland as a row of a file."""
    row = {
        "crime_ref": ref,
        "recorded_at": "2021-01-15T10:00",
        "offence_code": "28E",
        "dwelling": "Y",
        "district": "fenland",
    }
    return row | changes


def frame(*rows: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame(rows, infer_schema_length=None)


def text(*rows: dict[str, Any], header: Iterable[str] = HEADER) -> str:
    return frame(*rows).select(header).write_csv()


def csv_file(folder: Path, content: str | bytes, name: str = "crimes.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def gz_file(folder: Path, content: bytes, name: str = "crimes.csv.gz") -> Path:
    return csv_file(folder, gzip.compress(content), name)


def workbook(folder: Path, *rows: Iterable[Any], name: str = "crimes.xlsx") -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(list(row))  # type: ignore[union-attr]  # a new workbook has a sheet
    path = folder / name
    book.save(path)
    return path
