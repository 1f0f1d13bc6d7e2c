"""What a cell may hold. A type reads a whole column at once and says which cells it cannot read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

import polars as pl

from core.columns import UNUSABLE, UNUSABLE_PROBLEM
from core.imports.times import days, moments

YES = ("y", "yes", "true")
NO = ("n", "no", "false")


@dataclass(frozen=True)
class Fault:
    """Cells that cannot be taken: a mask over the rows, what is wrong and what to do."""

    bad: pl.Series
    problem: str


@dataclass(frozen=True)
class Read:
    """A column as its type reads it. What is at fault is null or is not to be used."""

    values: pl.Series
    faults: list[Fault] = field(default_factory=list)
    taken_as_summer_time: int = 0


class ColumnType(Protocol):
    @property
    def described(self) -> str:
        """What people may write, for the page of record files."""

    def read(self, cells: pl.Series, now: datetime) -> Read:
        """`cells` is text without outer spaces, blank as null; or already of the type's own kind."""


def unread(cells: pl.Series, values: pl.Series, problem: str) -> list[Fault]:
    bad = cells.is_not_null() & values.is_null()
    return [Fault(bad, problem)]


@dataclass(frozen=True)
class Text:
    longest: int = 200

    @property
    def described(self) -> str:
        return f"Text of at most {self.longest} characters"

    def read(self, cells: pl.Series, now: datetime) -> Read:
        cells = cells.cast(pl.String)
        return Read(cells, [
            Fault(
                cells.str.len_chars() > self.longest,
                f"is longer than {self.longest} characters. Shorten it.",
            ),
            Fault(
                cells.str.contains("\0", literal=True),
                "holds a NUL character, which no text has. Remove it.",
            ),
        ])  # fmt: skip


@dataclass(frozen=True)
class Reference:
    """As `core.columns.ReferenceField` takes it."""

    longest: int = 40

    @property
    def described(self) -> str:
        return f"Reference of at most {self.longest} characters; small letters become capitals"

    def read(self, cells: pl.Series, now: datetime) -> Read:
        read = Text(self.longest).read(cells, now)
        unusable = Fault(read.values.str.contains(UNUSABLE), f"{UNUSABLE_PROBLEM} Correct it.")
        return Read(read.values.str.to_uppercase(), [*read.faults, unusable])


@dataclass(frozen=True)
class Code:
    """A code of a list; letters are taken in the case that the list is written in."""

    described: str
    lower: bool = False
    longest: int = 80

    def read(self, cells: pl.Series, now: datetime) -> Read:
        read = Text(self.longest).read(cells, now)
        values = read.values.str
        return Read(values.to_lowercase() if self.lower else values.to_uppercase(), read.faults)


@dataclass(frozen=True)
class Choice:
    """One of a few words; with a `noun`, one of too many to list."""

    values: tuple[str, ...]
    noun: str = ""
    upper: bool = False  # written in capitals

    @property
    def described(self) -> str:
        if self.noun:
            return f"Slug of an {self.noun}, such as `{self.values[0]}`"
        return "One of " + ", ".join(f"`{value}`" for value in self.values)

    def read(self, cells: pl.Series, now: datetime) -> Read:
        text = cells.cast(pl.String).str
        cells = text.to_uppercase() if self.upper else text.to_lowercase()
        return Read(cells, [Fault(~cells.is_in(self.values), self._problem)])

    @property
    def _problem(self) -> str:
        if self.noun:
            return f"is not a known {self.noun}. Use a slug of the catalogue."
        return f"is not known. Write {', '.join(self.values[:-1])} or {self.values[-1]}."


@dataclass(frozen=True)
class Flag:
    described: str = "`Y` or `N`"

    def read(self, cells: pl.Series, now: datetime) -> Read:
        if cells.dtype == pl.Boolean:
            return Read(cells)
        known = dict.fromkeys(YES, True) | dict.fromkeys(NO, False)
        values = cells.cast(pl.String).str.to_lowercase()
        values = values.replace_strict(known, default=None, return_dtype=pl.Boolean)
        return Read(values, unread(cells, values, "is neither Y nor N. Write Y, N or nothing."))


@dataclass(frozen=True)
class LocalTime:
    may_be_ahead: bool = False
    described: str = "Local time, such as `2021-01-31T10:00` or `31/01/2021 10:00`"

    def read(self, cells: pl.Series, now: datetime) -> Read:
        found = moments(cells)
        unknown = cells.is_not_null() & found.values.is_null() & ~found.skipped
        faults = [
            Fault(
                unknown,
                "is not a day and time. Write it like 2021-01-31T10:00 or 31/01/2021 10:00.",
            ),
            Fault(
                found.skipped,
                "does not exist: the clocks go forward in that hour. Correct the time, "
                "or write its offset, such as 2021-03-28T01:30+00:00.",
            ),
        ]
        if not self.may_be_ahead:
            faults.append(Fault(found.values > now, "is in the future. Correct the time."))
        return Read(found.values, faults, int(found.repeated.sum() or 0))


@dataclass(frozen=True)
class Day:
    may_be_ahead: bool = False
    described: str = "Day, such as `2021-01-31` or `31/01/2021`"

    def read(self, cells: pl.Series, now: datetime) -> Read:
        values = days(cells)
        faults = unread(cells, values, "is not a day. Write it like 2021-01-31 or 31/01/2021.")
        if not self.may_be_ahead:
            faults.append(Fault(values > _today(now), "is in the future. Correct the day."))
        return Read(values, faults)


@dataclass(frozen=True)
class Month:
    described: str = "Month, such as `2021-01`"

    def read(self, cells: pl.Series, now: datetime) -> Read:
        if cells.dtype == pl.String:
            # A day stands for its month: spreadsheets turn `2021-01` into 1 January.
            cells = cells.str.replace(r"^(\d{4}-\d\d)$", "${1}-01")
        values = days(cells).dt.month_start()
        faults = unread(cells, values, "is not a month. Write it like 2021-01.")
        return Read(
            values, [*faults, Fault(values > _today(now), "is in the future. Correct the month.")]
        )


@dataclass(frozen=True)
class Number:
    """A number between two bounds, both included; `whole` refuses a fraction."""

    lowest: float
    highest: float
    whole: bool = False

    @property
    def described(self) -> str:
        kind = "Whole number" if self.whole else "Number"
        return f"{kind} from {self.lowest:,} to {self.highest:,}"

    def read(self, cells: pl.Series, now: datetime) -> Read:
        dtype = pl.Int64 if self.whole else pl.Float64
        values = cells.cast(dtype, strict=False)
        bounds = f"Write a {'whole ' * self.whole}number from {self.lowest:,} to {self.highest:,}."
        faults = unread(cells, values, f"is not a {'whole ' * self.whole}number. {bounds}")
        outside = ~values.is_between(self.lowest, self.highest)
        return Read(values, [*faults, Fault(outside, f"is out of range. {bounds}")])


def _today(now: datetime) -> date:
    return now.date()
