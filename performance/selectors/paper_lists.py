"""Lists that a paragraph names: what other parts of the force's records have to say in a paper.

Each is a function of the paper that gives sentences, or nothing where there are no records.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from offenders.models import OffenceGroup
from performance.models import Paper
from performance.papers.document import FigureRun, Run, Text
from performance.selectors import national

NOTHING = "No record of this is held: write it in the place of this list, or take it out."


@dataclass(frozen=True)
class Listed:
    title: str
    runs: Callable[[Paper], Sequence[Run]]


def runs_of(name: str, paper: Paper) -> tuple[Run, ...]:
    """Never empty: a list without records says so."""
    found = tuple(LISTS[name].runs(paper)) if name in LISTS else ()
    return found or (Text(NOTHING),)


def _national(slug: str, title: str) -> Callable[[Paper], Sequence[Run]]:
    def runs(paper: Paper) -> Sequence[Run]:
        group = OffenceGroup.objects.filter(slug=slug).first()
        years = national.financial_years()
        if group is None or not years:
            return ()
        found = national.position(financial_year=years[0], group=group)
        return tuple(_ranked(found, title, slug)) if found and found.ours else ()

    return runs


def _ranked(found: national.Position, title: str, slug: str) -> Iterator[Run]:
    ours = found.ours
    if ours is None or ours.rank is None:
        return
    ranked = sum(force.rank is not None for force in found.forces)
    yield Text(f"In {found.financial_year} the outcome rate of {title} was number ")
    yield FigureRun(
        str(ours.rank),
        f"national|{slug}|{found.financial_year}",
        f"National position, {found.financial_year}",
        ours.outcomes,
        ours.recorded,
    )
    yield Text(f" of {ranked} forces; chance leaves it between {ours.best} and {ours.worst}.")


LISTS: dict[str, Listed] = {
    "national-burglary": Listed(
        "National position: burglary", _national("residential-burglary", "residential burglary")
    ),
    "national-vehicle-theft": Listed(
        "National position: theft of a motor vehicle",
        _national("theft-of-motor-vehicle", "theft of a motor vehicle"),
    ),
}
