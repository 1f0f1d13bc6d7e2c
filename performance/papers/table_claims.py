"""Claims of a table that was written elsewhere: verdicts on few cases, and baselines told twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from performance.comparisons import significance
from performance.comparisons.opinions import LEVEL
from performance.papers.claims import Claim, Finding, Passage
from performance.papers.plain import PlainRow
from performance.papers.topics import about
from performance.selectors.values import half_up

JUDGING = {"improved", "deteriorated", "higher", "lower"}
BASELINE = re.compile(
    r"\b(?:baseline|benchmark)\s*(?:of|is|was|at|:)?\s*\(?(\d+(?:\.\d+)?)%", re.IGNORECASE
)
CURRENT, ROLLING = "current month", "rolling 12 months"


def check_table(rows: Sequence[PlainRow]) -> list[Finding]:
    """A rate's n is the recorded crime of its own group, which stands in the row above it."""
    return [finding for row in rows for finding in _verdicts(row, _recorded(rows, row.group))]


def _recorded(rows: Sequence[PlainRow], group: str) -> PlainRow | None:
    wanted = (row for row in rows if row.group == group and "recorded" in row.label.lower())
    return next(wanted, None) if group else None


@dataclass(frozen=True)
class Shares:
    """Events and exposure of the month, and of the rest of the twelve months."""

    k1: int
    n1: int
    k2: int
    n2: int

    @property
    def p(self) -> float:
        if min(self.k1 + self.k2, self.n1 + self.n2 - self.k1 - self.k2) <= 0:
            return 1.0
        return significance.fisher(self.k1, self.n1, self.k2, self.n2)


def _verdicts(row: PlainRow, recorded: PlainRow | None) -> Iterator[Finding]:
    words = {cell for cell in row.cells.values() if cell.lower() in JUDGING}
    if recorded is None or recorded is row or not words or "outcome" not in row.label.lower():
        return
    shares = _shares(row, recorded)
    if shares is None or shares.p < LEVEL:
        return
    said = " and ".join(sorted(words & {row.cells.get(name, "") for name in row.cells}))
    message = (
        f"“{said}” rests on {shares.k1} of {shares.n1}, against {shares.k2} of {shares.n2} in the"
        f" eleven months before: chance alone would explain it (p = {shares.p:.2f})."
    )
    yield Finding(Claim.CHANCE, f"{row.group}: {row.label}", said, message)


def _shares(row: PlainRow, recorded: PlainRow) -> Shares | None:
    rates = [_number(row.cells.get(name, "")) for name in (CURRENT, ROLLING)]
    counts = [_number(recorded.cells.get(name, "")) for name in (CURRENT, ROLLING)]
    if None in rates or None in counts:
        return None
    month, year = (
        int(half_up(rate * n / 100, Decimal(1)))
        for rate, n in zip(rates, counts, strict=True)
        if rate is not None and n is not None
    )
    n1, n = (int(count) for count in counts if count is not None)
    return Shares(month, n1, max(0, year - month), n - n1)


def _number(text: str) -> Fraction | None:
    found = re.fullmatch(r"([\d,]+(?:\.\d+)?)%?", text.strip())
    return Fraction(found[1].replace(",", "")) if found else None


def check_baselines(passages: Sequence[Passage], rows: Sequence[PlainRow]) -> list[Finding]:
    return [finding for passage in passages for row in rows for finding in _two(passage, row)]


def _two(passage: Passage, row: PlainRow) -> Iterator[Finding]:
    stands = _number(row.cells.get("baseline", ""))
    if stands is None or not about(f"{row.group} {row.label}", passage.subject):
        return
    for found in BASELINE.finditer(passage.text):
        if Fraction(found[1]) != stands:
            message = (
                f"The baseline of {row.label} is {found[1]}% here and {row.cells['baseline']} in"
                " the table."
            )
            yield Finding(Claim.BASELINES, passage.number, found[0], message)
