"""Lists that a paragraph names: what other parts of the force's records have to say in a paper.

Each is a function of the paper that gives sentences, or nothing where there are no records.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from performance.indicators import INDICATORS
from performance.models import Paper
from performance.papers.claims import NO_RECORD
from performance.papers.document import FigureRun, Run, Text
from performance.selectors.national_months import (
    NationalPosition,
    national_position,
    shared_until,
)
from performance.selectors.paper_convictions import BURGLARY, VEHICLE_THEFT, convicted
from performance.selectors.paper_operations import operations, trials
from performance.selectors.paper_prevention import packs, planning

ORDINALS = {1: "st", 2: "nd", 3: "rd"}
TEENS = range(11, 14)


@dataclass(frozen=True)
class Listed:
    title: str
    runs: Callable[[Paper], Sequence[Run]]


def runs_of(name: str, paper: Paper) -> tuple[Run, ...]:
    """Never empty: a list without records says so."""
    found = tuple(LISTS[name].runs(paper)) if name in LISTS else ()
    return found or (Text(NO_RECORD),)


def ordinal(number: int) -> str:
    """1st, 2nd, 11th."""
    suffix = "th" if number % 100 in TEENS else ORDINALS.get(number % 10, "th")
    return f"{number}{suffix}"


def _national(slug: str, title: str) -> Callable[[Paper], Sequence[Run]]:
    def runs(paper: Paper) -> Sequence[Run]:
        until = shared_until(paper.month)
        found = national_position(indicator=INDICATORS[slug], until=until) if until else None
        return tuple(_ranked(found, title, slug)) if found else ()

    return runs


def _ranked(found: NationalPosition, title: str, slug: str) -> Iterator[Run]:
    ours, before = found.ours, found.before
    if ours is None or ours.rank is None:
        return
    origin = f"National position, 12 months to {found.until:%B %Y}"
    yield Text(f"For the 12 months to {found.until:%B %Y} the outcome rate of {title} was ")
    yield FigureRun(ordinal(ours.rank), f"list|national|{slug}", origin)
    yield Text(f" of {found.ranked} forces")
    if before is not None and before.rank is not None:
        yield Text(", after ")
        yield FigureRun(ordinal(before.rank), f"list|national-before|{slug}", origin)
        yield Text(" in the 12 months before")
    yield Text("; chance alone could put it anywhere from ")
    yield FigureRun(ordinal(ours.best or 0), f"list|national-best|{slug}", origin)
    yield Text(" to ")
    yield FigureRun(ordinal(ours.worst or 0), f"list|national-worst|{slug}", origin)
    yield Text(".")


LISTS: dict[str, Listed] = {
    "operations": Listed("Operations", operations),
    "trials": Listed("Trials", trials),
    "convictions-burglary": Listed(
        "Convictions for burglary", convicted(BURGLARY, "burglary", "burglary")
    ),
    "convictions-vehicle": Listed(
        "Convictions for theft of a motor vehicle",
        convicted(VEHICLE_THEFT, "vehicle-theft", "theft of a motor vehicle"),
    ),
    "packs": Listed("Crime prevention packs", packs),
    "planning": Listed("Planning applications", planning),
    "national-burglary": Listed(
        "National position: dwelling burglary",
        _national("dwelling-burglary-outcome-rate", "dwelling burglary"),
    ),
    "national-vehicle-theft": Listed(
        "National position: theft of a motor vehicle",
        _national("theft-of-motor-vehicle-outcome-rate", "theft of a motor vehicle"),
    ),
}
# By their titles: never in a public version.
OPERATIONAL = frozenset(
    LISTS[name].title
    for name in ("operations", "trials", "convictions-burglary", "convictions-vehicle")
)
