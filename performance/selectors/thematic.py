"""The thematic review of an operational priority: outcomes beside the year before, and what other
records tell of it. A page, and a part of the paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from core.dates import add_months, financial_year_start
from core.models import Unit
from performance.charts.series import Quantity, shown
from performance.comparisons.verdicts import change_shown
from performance.indicators import INDICATORS
from performance.papers.document import Block, Cell, ListBlock, Run, Table, Text
from performance.selectors.paper_figures import in_unit
from performance.selectors.paper_lists import LISTS
from performance.selectors.paper_words import p_of
from performance.selectors.series import Series, read_series
from performance.selectors.values import Value

REVIEWED = (
    "dwelling-burglary-recorded",
    "dwelling-burglary-outcome-rate",
    "theft-of-motor-vehicle-recorded",
    "theft-of-motor-vehicle-outcome-rate",
    "vehicle-crime-recorded",
    "vehicle-crime-outcome-rate",
)
LISTED = (
    "convictions-burglary",
    "convictions-vehicle",
    "operations",
    "trials",
    "packs",
    "planning",
    "national-burglary",
    "national-vehicle-theft",
)
LEVEL = 0.05
END = ". "  # of one of several sentences


@dataclass(frozen=True)
class Compared:
    """An indicator over the financial year to date, and over the same months a year before."""

    series: Series
    now: Value
    before: Value

    @property
    def change(self) -> str:
        if self.now.value is None or self.before.value is None:
            return "-"
        return change_shown(Fraction(self.now.value), Fraction(self.before.value))

    @property
    def chance(self) -> str:
        p = p_of(self.now, self.before)
        if p is None:
            return "-"
        return "beyond chance" if p < LEVEL else "within chance"


def compared(month: date) -> list[Compared]:
    """In one statement."""
    force = Unit.objects.get(parent=None)
    first = financial_year_start(month)
    series = read_series(REVIEWED, [force], add_months(first, -12), month).series
    return [
        Compared(
            series[slug, force.code],
            series[slug, force.code].total(first, month),
            series[slug, force.code].total(add_months(first, -12), add_months(month, -12)),
        )
        for slug in REVIEWED
    ]


def review(month: date, listed: Callable[[str], Sequence[Run]]) -> Iterator[Block]:
    """`listed`: the lists of a paper of that month, by name."""
    yield table(month)
    for name in LISTED:
        if name in LISTS:
            yield ListBlock(LISTS[name].title, tuple(lines_of(listed(name))))


def lines_of(runs: Sequence[Run]) -> Iterator[tuple[Run, ...]]:
    """An item for each operation, trial or level of packs: where a piece ends with its full stop."""
    line: list[Run] = []
    for run in runs:
        if isinstance(run, Text) and run.words.endswith(END):
            yield (*line, Text(run.words.rstrip()))
            line = []
        else:
            line.append(run)
    if line:
        yield tuple(line)


def table(month: date) -> Table:
    first = financial_year_start(month)
    span = f"{first:%b %Y} to {month:%b %Y}"
    before = f"{add_months(first, -12):%b %Y} to {add_months(month, -12):%b %Y}"
    return Table(
        "Acquisitive crime, this financial year beside the last",
        ("Indicator", span, before, "Change", "Second opinion"),
        tuple(_row(each) for each in compared(month)),
    )


def _row(each: Compared) -> tuple[Cell, ...]:
    indicator = each.series.indicator
    values = (
        Cell(
            shown(in_unit(indicator, value.value), Quantity(indicator.unit.value)),
            value.numerator,
            value.n if value.denominator is None else value.denominator,
        )
        for value in (each.now, each.before)
    )
    return (
        Cell(INDICATORS[indicator.slug].title),
        *values,
        Cell(each.change),
        Cell(each.chance),
    )
