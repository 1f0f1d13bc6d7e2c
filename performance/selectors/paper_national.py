"""The national position in a paper: rates and ranks, crimes by population, and each ladder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from performance.charts.ladder import describe, rank_ladder
from performance.charts.series import Quantity, shown
from performance.indicators import INDICATORS
from performance.models import Paper
from performance.papers.document import Block, Cell, ChartBlock, ListBlock, Table, Text
from performance.selectors.national import Place
from performance.selectors.national_months import (
    NationalPosition,
    ladder_of,
    national_position,
    shared_until,
)

COMPARED = ("dwelling-burglary-outcome-rate", "theft-of-motor-vehicle-outcome-rate")
TITLE = "National position"
NOTHING = "No other force has shared figures of these months."
HOW = (
    "The highest outcome rate is first. The interval of a rank is that which chance allows at 95%,"
    " exact from the likely rates of all forces. The figures of this force are those of its records,"
    " those of others as they shared them."
)


def national_blocks(paper: Paper) -> Iterator[Block]:
    until = shared_until(paper.month)
    positions = [
        found
        for slug in COMPARED
        if until and (found := national_position(indicator=INDICATORS[slug], until=until))
    ]
    if not positions or until is None:
        yield ListBlock(TITLE, ((Text(NOTHING),),))
        return
    yield ranks(positions, until)
    yield by_population(positions, until)


def ladder_blocks(paper: Paper, slug: str) -> Iterator[Block]:
    """Every force by the rank of one indicator."""
    until = shared_until(paper.month)
    found = national_position(indicator=INDICATORS[slug], until=until) if until else None
    if found is None:
        yield ListBlock(INDICATORS[slug].title, ((Text(NOTHING),),))
    else:
        yield ladder(found)


def ranks(positions: Sequence[NationalPosition], until: date) -> Table:
    return Table(
        f"Outcome rates and ranks, 12 months to {until:%B %Y}",
        (
            "Indicator",
            "Force",
            "Region",
            "Nation",
            "Rank",
            "Rank a year before",
            "Interval of the rank",
        ),
        tuple(_ranked(found) for found in positions),
        (HOW, *_left_out(positions)),
    )


def _ranked(found: NationalPosition) -> tuple[Cell, ...]:
    ours, before = found.ours, found.before
    rank = f"{ours.rank} of {found.ranked}" if ours and ours.rank else "-"
    interval = f"{ours.best} to {ours.worst}" if ours and ours.rank else "-"
    return (
        Cell(found.indicator.title),
        _rate(ours),
        _rate(found.region),
        _rate(found.nation),
        Cell(rank),
        Cell(str(before.rank) if before and before.rank else "-"),
        Cell(interval),
    )


def _rate(place: Place | None) -> Cell:
    if place is None or place.rate is None:
        return Cell("-")
    return Cell(shown(place.rate * 100, Quantity.PERCENT), place.outcomes, place.recorded)


def _left_out(positions: Sequence[NationalPosition]) -> Iterator[str]:
    for found in positions:
        if found.left_out:
            names = ", ".join(found.left_out)
            yield f"{found.indicator.title}: without a rank, for incomplete data, {names}."


def by_population(positions: Sequence[NationalPosition], until: date) -> Table:
    return Table(
        f"Recorded crimes per 1,000 people, 12 months to {until:%B %Y}",
        ("Offences of", "Force", "Region", "Nation"),
        tuple(
            (
                Cell(found.indicator.title.partition(":")[0]),
                *(_per_thousand(each) for each in (found.ours, found.region, found.nation)),
            )
            for found in positions
        ),
    )


def _per_thousand(place: Place | None) -> Cell:
    if place is None or place.per_thousand is None:
        return Cell("-")
    return Cell(shown(place.per_thousand, Quantity.PER_THOUSAND), place.recorded)


def ladder(found: NationalPosition) -> ChartBlock:
    rungs = ladder_of(found)
    title = f"{found.indicator.title}, forces by rank, 12 months to {found.until:%B %Y}"
    rows = tuple(
        (
            Cell(rung.name),
            Cell(str(rung.rank)),
            Cell(rung.shown),
            Cell(f"{rung.best} to {rung.worst}"),
        )
        for rung in rungs
    )
    table = Table(title, ("Force", "Rank", "Outcome rate", "Interval of the rank"), rows)
    picture = rank_ladder(rungs, key=f"ladder-{found.indicator.slug}", title=title)
    return ChartBlock(title, describe(rungs), str(picture), table)
