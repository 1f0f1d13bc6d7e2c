"""Rows of one file that speak of the same record: harmless when alike, refused when not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import polars as pl

from core.imports.kinds import Kind
from core.imports.validation import ROW, Block, blank_as_null, no_errors

KEY, VALUES = "key hash", "values hash"


@dataclass(frozen=True)
class Repeats:
    """`alike`: rows that repeat an earlier one; `contradictions`: errors for rows that differ."""

    rows: int
    alike: pl.Series
    contradictions: pl.DataFrame


def survey(kind: Kind, blocks: Iterable[Block], now: datetime) -> Repeats:
    """Reads everything once, keeping eight bytes a row; a second time only where keys repeat."""
    rows = 0
    hashes: list[pl.Series] = []
    for block in blocks:
        rows += block.rows.height
        if kind.keyed_by_file:
            hashes.append(_keys(kind, block.rows, now)[KEY])
    repeated = _repeated(hashes)
    if repeated.is_empty():
        return Repeats(rows, pl.Series(dtype=pl.Int64), no_errors())
    found = [_candidates(kind, block.rows, repeated, now) for block in blocks]
    return _told_apart(kind, pl.concat(found), rows)


def _keys(kind: Kind, rows: pl.DataFrame, now: datetime) -> pl.DataFrame:
    """Row numbers and hashes of the keys as they are read: two spellings of a time are one."""
    keys = [
        kind.by_name[name].type.read(blank_as_null(rows[name]), now).values for name in kind.key
    ]
    frame = pl.DataFrame(keys)
    hashed = frame.hash_rows().alias(KEY)
    return pl.DataFrame([rows[ROW], hashed]).filter(
        ~frame.select(pl.any_horizontal(pl.all().is_null())).to_series()
    )


def _repeated(hashes: list[pl.Series]) -> pl.Series:
    if not hashes:
        return pl.Series(KEY, dtype=pl.UInt64)
    ordered = pl.concat(hashes).sort()
    return ordered.filter((ordered == ordered.shift(1)).fill_null(value=False)).unique()


def _candidates(kind: Kind, rows: pl.DataFrame, repeated: pl.Series, now: datetime) -> pl.DataFrame:
    keys = _keys(kind, rows, now).filter(pl.col(KEY).is_in(repeated.implode()))
    rows = rows.filter(pl.col(ROW).is_in(keys[ROW].implode()))
    written = rows[kind.key[0]].cast(pl.String).fill_null("").alias("value")
    return keys.with_columns(_values(kind, rows, now).hash_rows().alias(VALUES), written)


def _values(kind: Kind, rows: pl.DataFrame, now: datetime) -> pl.DataFrame:
    """Every cell as it is read, or as it is written where it cannot be."""
    columns = []
    for column in kind.columns:
        if column.name in rows.columns:
            cells = blank_as_null(rows[column.name])
            values = column.type.read(cells, now).values
            unread = cells.cast(pl.String).set(values.is_not_null(), None)
            columns += [values, unread.alias(f"{column.name} as written")]
    return pl.DataFrame(columns)


def _told_apart(kind: Kind, rows: pl.DataFrame, read: int) -> Repeats:
    rows = rows.sort(ROW).with_columns(
        pl.col(VALUES).n_unique().over(KEY).alias("sorts"),
        pl.col(ROW).first().over(KEY).alias("first"),
        pl.col(ROW).get(1, null_on_oob=True).over(KEY).alias("second"),
    )
    alike = rows.filter((pl.col("sorts") == 1) & (pl.col(ROW) != pl.col("first")))[ROW]
    other = pl.when(pl.col(ROW) == pl.col("first")).then("second").otherwise("first")
    contradictions = rows.filter(pl.col("sorts") > 1).select(
        ROW,
        pl.lit(kind.key[0]).alias("column"),
        "value",
        pl.format(
            "stands on row {} too, with other values. Keep the row that is right.", other
        ).alias("message"),
    )
    return Repeats(read, alike, contradictions)
