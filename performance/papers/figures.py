"""A figure as a paper tells it: what a reference became, and what a claim is held against."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction


@dataclass(frozen=True)
class Told:
    """`words` is what is read. `value` is in the unit that is shown (39, not 0.39).

    `beyond_chance` is of the verdict or test that the words rest on; None: there was none.
    """

    reference: str
    words: str
    indicator: str
    title: str
    unit: str
    unit_name: str
    period: str
    shape: str = "value"
    percent: bool = False
    value: Fraction | None = None
    numerator: int | None = None
    denominator: int | None = None
    n: int | None = None
    first: date | None = None
    last: date | None = None
    rule: str = ""
    beyond_chance: bool | None = None
    note: str = ""

    @property
    def origin(self) -> str:
        """`Dwelling burglary: recorded crime, North, January 2021 (23 of 41)`."""
        where = "" if self.unit == "force" else f", {self.unit_name}"
        return f"{self.title}{where}, {self.period}{self.beneath}{self.note}"

    @property
    def beneath(self) -> str:
        if self.numerator is not None and self.denominator is not None:
            return f" ({self.numerator:,} of {self.denominator:,})"
        return f" (n={self.n:,})" if self.n is not None and self.numerator is None else ""
