"""Which months the records reach: from the figures that count all rows of a basis."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median

from core.changes import FORCE
from core.dates import months_between
from performance.bases import all_of
from performance.models import Figure

LARGE = 100  # rows in a middle month; in a smaller source an empty month may well be the truth
THIN = (
    10  # a month with less than a tenth of the middle one is not held: a stray date, a half import
)


@dataclass(frozen=True)
class Reach:
    """The first and last month that are held, and the thin months, between them or outside."""

    first: date | None = None
    last: date | None = None
    thin: frozenset[date] = frozenset()

    def covers(self, first: date, last: date) -> bool:
        if self.first is None or self.last is None:
            return False
        within = self.first <= first and last <= self.last
        return within and self.thin.isdisjoint(months_between(first, last))


def reach_of(rows: Mapping[date, int]) -> Reach:
    """`rows`: how many stand in each month that has any."""
    if not rows:
        return Reach()
    middle = median(rows.values())
    months = months_between(min(rows), max(rows))
    thin = [month for month in months if middle >= LARGE and rows.get(month, 0) * THIN < middle]
    held = [month for month in rows if month not in thin]
    return Reach(min(held), max(held), frozenset(thin))


def reach_of_basis(basis: str) -> Reach:
    counts = Figure.objects.filter(indicator=all_of(basis), unit=FORCE, numerator__gt=0)
    return reach_of({month: rows or 0 for month, rows in counts.values_list("month", "numerator")})
