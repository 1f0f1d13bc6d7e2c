"""How far the figures can be trusted right now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Min

from core.changes import FORCE
from core.dates import months_between, today
from core.models import Change
from performance.bases import all_of
from performance.indicators import INDICATORS
from performance.measures import Indicator
from performance.models import Figure, FigureState
from performance.selectors.reach import reach_of


@dataclass(frozen=True)
class Freshness:
    """`oldest_pending`: when the oldest change was made that the figures have not taken in."""

    folded_at: datetime | None
    rebuilt_at: datetime | None
    verified_at: datetime | None
    differences: int
    pending: int
    oldest_pending: datetime | None


def freshness() -> Freshness:
    state = FigureState.objects.first() or FigureState()
    waiting = Change.objects.aggregate(pending=Count("pk"), oldest=Min("at"))
    return Freshness(
        state.folded_at,
        state.rebuilt_at,
        state.verified_at,
        state.differences,
        waiting["pending"],
        waiting["oldest"],
    )


@dataclass(frozen=True)
class Coverage:
    """Which months the records of a source reach. `thin`: those that hold none, or next to none;
    no figure is made of them."""

    source: str
    first: date | None
    last: date | None
    thin: tuple[date, ...]
    rows: int


# Sources as people name them, by the basis that counts all their rows.
SOURCES = {
    "recorded": "Crimes",
    "outcome": "Outcomes",
    "referred": "Hub referrals",
    "incident": "Incidents",
    "call": "Calls",
    "survey": "Survey answers",
    "contracts-opened": "Victim care contracts",
    "reviews-opened": "Supervisory reviews",
    "integrity-required": "Crimes required by integrity audits",
    "arrest": "Arrests",
    "detention": "Detentions",
    "disposal": "Disposals",
    "tag-fitted": "Tags fitted",
    "cohort-opened": "Cohort reviews",
    "action-done": "Actions done",
    "scan-finished": "Daily scans",
}


def coverage() -> list[Coverage]:
    """By source, from the figures that count all their rows."""
    names = {all_of(basis): basis for basis in SOURCES}
    counts: dict[str, dict[date, int]] = {basis: {} for basis in SOURCES}
    rows = Figure.objects.filter(unit=FORCE, indicator__in=names, numerator__gt=0)
    for name, month, number in rows.values_list("indicator", "month", "numerator"):
        counts[names[name]][month] = number or 0
    return [_coverage(SOURCES[basis], months) for basis, months in counts.items()]


def _coverage(source: str, months: dict[date, int]) -> Coverage:
    reach = reach_of(months)
    empty = set(months_between(min(months), max(months))) - set(months) if months else set()
    thin = tuple(sorted(reach.thin | empty))
    return Coverage(source, reach.first, reach.last, thin, sum(months.values()))


def past_review(on: date | None = None) -> list[Indicator]:
    """Definitions that should have been looked at again, longest overdue first."""
    day = on or today()
    overdue = (each for each in INDICATORS.values() if each.next_review < day)
    return sorted(overdue, key=lambda each: each.next_review)
