"""Rows that were not taken, as a file that can be mended and sent again."""

from __future__ import annotations

import os
from pathlib import Path

import polars as pl

from core.exports.cells import FORMULA_START as STARTS
from core.imports.validation import ROW, Block

FORMULA_START = "[" + "".join(STARTS).replace("-", r"\-") + "]"


class Rejects:
    """The file's own columns and one more, `error`. Grows block by block.

    A second worker on the same import writes the same bytes to the same place: no harm.
    """

    def __init__(self, path: Path, *, size: int = 0) -> None:
        """`size`: what an interrupted import had safely written; anything beyond it is dropped."""
        self.path, self.size = path, size
        path.parent.mkdir(parents=True, exist_ok=True)
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


def _in_words(errors: pl.DataFrame) -> pl.DataFrame:
    said = pl.concat_str("column", "message", separator=" ").str.strip_chars_start()
    return errors.group_by(ROW, maintain_order=True).agg(said.str.join("; ").alias("error"))
