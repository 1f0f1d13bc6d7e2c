"""Crime prevention and planning, as a paper tells of them on the day of its board."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from core.dates import add_months
from operations.selectors.prevention import (
    PackSummary,
    PreventionSummary,
    planning_summary,
    prevention_summary,
)
from performance.models import Paper
from performance.papers.document import Run, Text
from performance.selectors.paper_operations import counted

PLANNED = 3  # months that the planning answers are told of


def packs(paper: Paper) -> Sequence[Run]:
    """Told on the day of the board; a review without a paper ends with its month."""
    found = prevention_summary(paper.board_on or paper.period_end)
    return list(_packs(found)) if found.packs else []


def _packs(found: PreventionSummary) -> Iterator[Run]:
    for level, pack in found.packs.items():
        yield from _pack(level, pack)
    yield counted(found.gold_properties, "packs|gold-properties", "Gold properties identified")
    yield Text(" gold properties have been identified. About ")
    yield counted(found.consulted, "packs|consulted", "Members of the community consulted")
    yield Text(" members of the community were consulted.")


def _pack(level: str, pack: PackSummary) -> Iterator[Run]:
    if not (pack.given or pack.received or pack.target):
        return
    yield counted(pack.given, f"packs|{level}", f"{level.capitalize()} packs given out")
    if pack.received:
        yield Text(" of ")
        yield counted(pack.received, f"packs|{level}|received", f"{level.capitalize()} packs")
    yield Text(f" {level} packs have been given out")
    if pack.target:
        yield Text(", against a target of ")
        yield counted(pack.target, f"packs|{level}|target", f"Target of {level} packs")
    yield Text(". ")


def planning(paper: Paper) -> Sequence[Run]:
    """The three months that end with the period."""
    since = add_months(paper.month, 1 - PLANNED)
    found = planning_summary(since, paper.period_end)
    if not found.answered:
        return []
    return [
        Text(
            f"Between {since:%B %Y} and {paper.month:%B %Y} Designing Out Crime Officers answered "
        ),
        counted(found.answered, "planning|answered", "Planning applications answered"),
        Text(" planning applications."),
    ]
