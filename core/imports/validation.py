"""Rows of text become typed rows of the model, a column at a time; what cannot is set aside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

import polars as pl

from core.imports.constraints import Rule, rules_of
from core.imports.kinds import Derive, Kind
from core.imports.references import CodeList, code_lists
from core.imports.types import Fault

ROW = " row number"  # names of a file's columns are stripped: none begins with a space
ERRORS = {ROW: pl.Int64, "column": pl.String, "value": pl.String, "message": pl.String}


def no_errors() -> pl.DataFrame:
    return pl.DataFrame(schema=ERRORS)


@dataclass(frozen=True)
class Block:
    """Rows as they stand in the file, under the kind's column names, with their row numbers."""

    rows: pl.DataFrame
    faults: pl.DataFrame = field(default_factory=no_errors)  # found while reading


@dataclass(frozen=True)
class Checked:
    block: Block
    good: pl.DataFrame  # typed, under the kind's column names
    errors: pl.DataFrame
    taken_as_summer_time: int = 0


@dataclass(frozen=True)
class Validator:
    """Holds what the checks need, so that it works away from the database, in another thread."""

    kind: Kind
    now: datetime
    codes: list[CodeList]
    rules: list[Rule]
    derive: Derive | None

    @classmethod
    def of(cls, kind: Kind, now: datetime) -> Validator:
        derive = kind.derive() if kind.derive else None
        return cls(kind, now, code_lists(kind), rules_of(kind), derive)

    def check(self, block: Block) -> Checked:
        found = _Found(block.rows)
        typed = self._typed(found)
        self._codes(found, typed)
        self._rules(found, typed)
        misshapen = block.faults.filter(pl.col("column") == "")[ROW]  # its values stand elsewhere
        within = [part.filter(~pl.col(ROW).is_in(misshapen.implode())) for part in found.errors]
        errors = pl.concat([block.faults, *within]).sort(ROW, maintain_order=True)
        good = typed
        if len(errors):
            good = typed.filter(~pl.col(ROW).is_in(errors[ROW].unique().implode()))
        if self.derive:
            good = self.derive(good)
        return Checked(block, good, errors, found.taken_as_summer_time)

    def _typed(self, found: _Found) -> pl.DataFrame:
        columns = [found.rows[ROW]]
        for column in self.kind.columns:
            if column.name not in found.rows.columns:
                continue
            cells = blank_as_null(found.rows[column.name])
            read = column.type.read(cells, self.now)
            found.add(column.name, read.faults)
            if column.required:
                found.add(column.name, [Fault(cells.is_null(), "is missing. Fill it in.")])
            found.taken_as_summer_time += read.taken_as_summer_time
            columns.append(read.values)
        return pl.DataFrame(columns)

    def _codes(self, found: _Found, typed: pl.DataFrame) -> None:
        for codes in self.codes:
            if codes.column.name in typed.columns:
                found.add(codes.column.name, codes.faults(typed))

    def _rules(self, found: _Found, typed: pl.DataFrame) -> None:
        rules = [rule for rule in self.rules if set(rule.columns) <= set(typed.columns)]
        broken = typed.select(
            ~rule.holds.fill_null(value=True).alias(str(place)) for place, rule in enumerate(rules)
        )
        for place, rule in enumerate(rules):
            # What failed a check of its own says nothing beside another column.
            bad = broken[str(place)] & ~found.at_fault(rule.columns)
            found.add(rule.blamed, [Fault(bad, f"{rule.problem} Correct it.")])


@dataclass
class _Found:
    rows: pl.DataFrame
    errors: list[pl.DataFrame] = field(default_factory=list)
    taken_as_summer_time: int = 0

    def add(self, column: str, faults: Iterable[Fault]) -> None:
        for fault in faults:
            if fault.bad.any():
                self.errors.append(errors_in(self.rows, column, fault))

    def at_fault(self, columns: Iterable[str]) -> pl.Series:
        wrong = [part.filter(pl.col("column").is_in(list(columns)))[ROW] for part in self.errors]
        return self.rows[ROW].is_in(pl.concat([no_errors()[ROW], *wrong]).implode())


def errors_in(rows: pl.DataFrame, column: str, fault: Fault) -> pl.DataFrame:
    """One error for every row at fault; nothing is done for the others."""
    value = pl.col(column).cast(pl.String) if column in rows.columns else pl.lit("")
    return rows.filter(fault.bad).select(
        pl.col(ROW),
        pl.lit(column).alias("column"),
        value.fill_null("").alias("value"),
        pl.lit(fault.problem).alias("message"),
    )


def blank_as_null(cells: pl.Series) -> pl.Series:
    if cells.dtype != pl.String:
        return cells
    cells = cells.str.strip_chars()
    blank = cells == ""
    return cells.set(blank, None) if blank.any() else cells
