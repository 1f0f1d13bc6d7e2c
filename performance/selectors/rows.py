"""The rows that a figure counts: the same conditions, asked of the records."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet, Value

from core.changes import FORCE
from core.dates import last_day, month_of
from core.models import Unit
from performance.bases import FEEDS, SNAPSHOTS
from performance.measures import Definitions, Indicator, Measure


def rows_behind(
    *, indicator: Indicator, part: str, unit: Unit, first: date, last: date
) -> QuerySet[Any]:
    """Exactly the rows of the part (a key of `indicator.measures`) from month to month.

    Of a position at a month's end: the rows of the last month. Of a sum (crime data integrity):
    the audits that are summed. KeyError if the indicator has no such part.
    """
    measure = indicator.measures[part]
    if measure.basis in SNAPSHOTS:
        return _live_rows(measure, unit, month_of(last))
    feed = FEEDS[measure.basis]
    rows: QuerySet[Any] = feed.table._default_manager.filter(
        feed.where,
        _in_unit(feed.unit, unit),
        **{f"{feed.month}__range": (month_of(first), month_of(last))},
    )
    rows = rows.alias(month=F(feed.month))
    return rows.filter(measure.q(Definitions.load()))


def _live_rows(measure: Measure, unit: Unit, month: date) -> QuerySet[Any]:
    snapshot = SNAPSHOTS[measure.basis]
    rows: QuerySet[Any] = snapshot.feed.table._default_manager.alias(
        month=Value(month), month_end=Value(last_day(month))
    )
    rows = rows.filter(snapshot.live, _in_unit(snapshot.feed.unit, unit)).alias(
        is_overdue=ExpressionWrapper(snapshot.overdue, output_field=BooleanField())
    )
    return rows.filter(measure.q(Definitions.load()))


def _in_unit(field: str | None, unit: Unit) -> Q:
    """Rows that name no unit are the force's own."""
    if unit.code == FORCE:
        return Q()
    if field is None:
        return Q(pk__in=[])
    return Q(**{f"{field}__in": Unit.objects.within(unit).values("pk")})
