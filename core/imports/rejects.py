"""Rows that were not taken, as a file that can be mended and sent again."""

from __future__ import annotations

import os
from pathlib import Path

import polars as pl

from core.exports.cells import FORMULA_START as STARTS
from core.imports.receipt import sentence
from core.imports.validation import ROW, Block

ERROR = "error"  # the column that a rejects file adds
SHAPE = r"(?s)The row (has \d+ values? where .*? comma\.)(?: Left over: (.*)\.)? Empty this cell"
MENDED = " Empty this cell once every value stands in its column."
FORMULA_START = "[" + "".join(STARTS).replace("-", r"\-") + "]"


class Rejects:
    """The file's own columns, known or not, and one more, `error`. Grows block by block.

    A second worker on the same import writes the same bytes to the same place: no harm.
    """

    def __init__(self, path: Path, *, size: int = 0) -> None:
        """`size`: what an interrupted import had safely written; anything beyond it is dropped."""
        self.path, self.size = path, size
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
        os.truncate(path, size)

    def add(self, block: Block, errors: pl.DataFrame) -> int:
        """The size of the file once the rows are safely in it."""
        if len(errors):
            rows = block.rows.join(_in_words(errors), on=ROW, how="inner", maintain_order="left")
            names = [name for name in rows.columns if name != ROW]
            safe = rows.select(
                _harmless(pl.col(name).cast(pl.String)).alias(name) for name in names
            )
            self._write(safe)
        return self.size

    def _write(self, rows: pl.DataFrame) -> None:
        with self.path.open("r+b") as file:
            file.seek(self.size)
            rows.write_csv(file, include_header=self.size == 0)
            self.size = file.tell()
            file.flush()
            os.fsync(file.fileno())


def restored(column: pl.Expr) -> pl.Expr:
    """The text as it was before `Rejects` made it harmless."""
    return column.str.replace(f"^'({FORMULA_START})", "${1}")


def _harmless(column: pl.Expr) -> pl.Expr:
    """No spreadsheet takes the text for a formula; a number stays as it is."""
    risky = (
        column.str.contains(f"^({FORMULA_START})") & column.cast(pl.Float64, strict=False).is_null()
    )
    return pl.when(risky).then(pl.concat_str(pl.lit("'"), column)).otherwise(column)


def still_misshapen(rows: pl.DataFrame, errors: str) -> pl.DataFrame:
    """Faults of rows that came back as they were sent: their cells are filled up or cut to size, so
    that only `errors`, the name of the column that says so, still shows what is wrong."""
    cells = pl.col(errors)
    return rows.filter(cells.str.contains(SHAPE)).select(
        ROW,
        pl.lit("").alias("column"),
        cells.str.extract(SHAPE, 2).fill_null("").alias("value"),
        cells.str.extract(SHAPE, 1).alias("message"),
    )


def _in_words(errors: pl.DataFrame) -> pl.DataFrame:
    """A sentence for every fault, after the number that the row had in the file."""
    said = [
        sentence(column, value, message) + ("" if column else MENDED)
        for column, value, message in errors.select("column", "value", "message").iter_rows()
    ]
    told = errors.select(ROW, pl.Series(ERROR, said, dtype=pl.String))
    return told.group_by(ROW, maintain_order=True).agg(
        pl.format("Row {}. {}", pl.col(ROW).first(), pl.col(ERROR).str.join(" ")).alias(ERROR)
    )
