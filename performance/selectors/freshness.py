"""How far the figures can be trusted right now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import Count, Max, Min
from django.db.models.functions import TruncMonth

from core.dates import today
from core.models import Change
from performance.bases import FEEDS, SNAPSHOTS
from performance.indicators import INDICATORS
from performance.measures import Indicator
from performance.models import FigureState


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
    "integrity-required": "Crime data integrity audits",
}


MONTH = TruncMonth("opened_on")
OPENED = {
    "first": Min(MONTH),
    "last": Max(MONTH),
    "months": Count(MONTH, distinct=True),
    "rows": Count("pk"),
}


def coverage() -> list[Coverage]:
    """By source, from the cells; contracts and reviews by the month that they were opened."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT basis, min(month), max(month), count(DISTINCT month), sum(n)"
            " FROM performance_cell WHERE n <> 0 AND basis = ANY(%s) GROUP BY basis",
            [list(SOURCES)],
        )
        counted = {basis: found for basis, *found in cursor.fetchall()}
    for basis, snapshot in SNAPSHOTS.items():
        counted[basis] = list(snapshot.feed.table._default_manager.aggregate(**OPENED).values())
    names = SOURCES | {
        basis: str(FEEDS[basis].table._meta.verbose_name_plural).capitalize() for basis in SNAPSHOTS
    }
    return [
        Coverage(name, *counted.get(basis, (None, None, 0, 0))) for basis, name in names.items()
    ]


def past_review(on: date | None = None) -> list[Indicator]:
    """Definitions that should have been looked at again, longest overdue first."""
    day = on or today()
    overdue = (each for each in INDICATORS.values() if each.next_review < day)
    return sorted(overdue, key=lambda each: each.next_review)
