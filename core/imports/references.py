"""Codes that a record names: known, and in force on the record's own day."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from core.imports.kinds import Column, Kind
from core.imports.times import local_day
from core.imports.types import Fault

SPAN = {"code": pl.String, "first": pl.Date, "last": pl.Date}


@dataclass(frozen=True)
class CodeList:
    """The codes of one column: those always in force, and those with a first or last day."""

    column: Column
    noun: str
    on: str
    always: list[str]
    dated: pl.DataFrame

    def faults(self, typed: pl.DataFrame) -> list[Fault]:
        codes = typed[self.column.name]
        unsure = ~codes.is_in(self.always).fill_null(value=True)
        if not unsure.any():
            return []
        known = codes.is_in(self.dated["code"].to_list()).fill_null(value=True)
        unknown = unsure & ~known
        wanted = f"is not a known {self.noun}. Use a code of the list, or have it added."
        expired = self._out_of_force(typed, unsure & known)
        told = (
            Fault(expired & (codes == code), self._expired(code))
            for code in codes.filter(expired).unique()
        )
        return [Fault(unknown, wanted), *told]

    def _expired(self, code: str) -> str:
        article = "an" if self.noun[0] in "aeiou" else "a"
        _, first, last = self.dated.row(by_predicate=pl.col("code") == code)
        span = " ".join(
            f"{word} {day:%-d %B %Y}" for word, day in (("from", first), ("until", last)) if day
        )
        return (
            f"is not {article} {self.noun} in force on the day of {self.on}: it is in force {span}. "
            "Use the code of that day."
        )

    def _out_of_force(self, typed: pl.DataFrame, dated: pl.Series) -> pl.Series:
        if not self.on or self.on not in typed.columns:
            return dated & False
        asked = pl.DataFrame({
            "code": typed[self.column.name].filter(dated),
            "day": local_day(typed[self.on].filter(dated)),
        })  # fmt: skip
        asked = asked.join(self.dated, on="code", how="left", maintain_order="left")
        out = asked.select(
            ((pl.col("day") < pl.col("first")) | (pl.col("day") > pl.col("last"))).fill_null(
                value=False
            )
        ).to_series()
        return (dated & False).scatter(dated.arg_true(), out)


def code_lists(kind: Kind) -> list[CodeList]:
    """Reads the lists from the database: once for a whole import."""
    return [_code_list(column) for column in kind.columns if column.refers]


def _code_list(column: Column) -> CodeList:
    refers = column.refers
    if refers is None:
        raise TypeError(f"{column.name} refers to no list.")
    if refers.names:
        return CodeList(column, refers.noun, "", refers.names(), pl.DataFrame(schema=SPAN))
    known = refers.model._default_manager.filter(**refers.only)
    if "valid_from" not in {each.name for each in refers.model._meta.fields}:
        codes = list(known.values_list("pk", flat=True))
        return CodeList(column, refers.noun, refers.on, codes, pl.DataFrame(schema=SPAN))
    rows = list(known.values_list("pk", "valid_from", "valid_to"))
    dated = pl.DataFrame([row for row in rows if row[1] or row[2]], schema=SPAN, orient="row")
    always = [code for code, first, last in rows if not (first or last)]
    return CodeList(column, refers.noun, refers.on, always, dated)
