"""How far the figures can be trusted right now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max, Min, Sum

from core.changes import FORCE
from core.dates import today
from core.models import Change
from performance.bases import all_of
from performance.indicators import INDICATORS
from performance.measures import Indicator
from performance.models import Figure, FigureState


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
    """Which months the records of a source reach, and the months between that have none."""

    source: str
    first: date | None
    last: date | None
    months: int
    rows: int

    @property
    def gaps(self) -> int:
        if self.first is None or self.last is None:
            return 0
        span = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        return span - self.months


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
    "cohort-opened": "Cohort reviews",
}


def coverage() -> list[Coverage]:
    """By source, from the figures that count all their rows."""
    counted = (
        Figure.objects.filter(unit=FORCE, numerator__gt=0)
        .values("indicator")
        .annotate(
            first=Min("month"), last=Max("month"), months=Count("month"), rows=Sum("numerator")
        )
    )
    found = {row["indicator"]: row for row in counted}
    return [_coverage(name, found.get(all_of(basis))) for basis, name in SOURCES.items()]


def _coverage(source: str, row: Mapping[str, Any] | None) -> Coverage:
    if row is None:
        return Coverage(source, None, None, 0, 0)
    return Coverage(source, row["first"], row["last"], row["months"], row["rows"])


def past_review(on: date | None = None) -> list[Indicator]:
    """Definitions that should have been looked at again, longest overdue first."""
    day = on or today()
    overdue = (each for each in INDICATORS.values() if each.next_review < day)
    return sorted(overdue, key=lambda each: each.next_review)
