"""What indicators count over: every feed, and the positions at a month's end."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.db.models import F, Q

from core.changes import Feed
from offenders.models import feeds as offenders
from operations.models import feeds as operations
from operations.models import prevention_feeds as prevention
from performance.models import feeds as performance

FEEDS = {
    feed.name: feed
    for feed in (*offenders.FEEDS, *operations.FEEDS, *prevention.FEEDS, *performance.FEEDS)
}
ADDITIVE = {name: feed for name, feed in FEEDS.items() if not feed.marks}


@dataclass(frozen=True)
class Snapshot:
    """Rows live on the last day of a month, and which of them are overdue then.

    `month_end` is annotated on the rows: the same conditions count them and list them.
    """

    feed: Feed
    closed: str = ""  # blank: what has begun counts for ever after, as entries of a ledger do
    met: str = ""  # what the due day waits for; blank: nothing is due
    opened: str = "opened_on"
    kept: tuple[str, ...] = ()  # columns that conditions may name, beside whether it is overdue

    @property
    def live(self) -> Q:
        begun = Q(**{f"{self.opened}__lte": F("month_end")})
        return begun & self._not_by_then(self.closed) if self.closed else begun

    @property
    def overdue(self) -> Q:
        if not self.met:
            return Q(pk__in=[])
        return Q(due_on__lt=F("month_end")) & self._not_by_then(self.met)

    @staticmethod
    def _not_by_then(field: str) -> Q:
        return Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gt": F("month_end")})


SNAPSHOTS = {
    "victim-care": Snapshot(performance.VICTIM_CARE, closed="closed_on", met="contacted_on"),
    "supervisory-review": Snapshot(performance.SUPERVISORY_REVIEW, closed="done_on", met="done_on"),
    "cohort-review": Snapshot(offenders.COHORT_REVIEW, closed="done_on", met="done_on"),
    "pack-stock": Snapshot(prevention.PACK_STOCK, opened="moved_on", kept=("level",)),
}
MEDIANS = {"response": "response_seconds"}  # basis -> the field whose median is taken

_FIELDS: dict[str, type[models.Field[object, object]]] = {
    "BooleanField": models.BooleanField,
    "FloatField": models.FloatField,
    "DateField": models.DateField,
}


def dims(basis: str) -> dict[str, models.Field[object, object]]:
    """The columns that conditions over the basis may name, with their types; codes are text."""
    feed = FEEDS[basis]
    names = SNAPSHOTS[basis].kept if basis in SNAPSHOTS else feed.dims
    found = {name: _plain(feed.table._meta.get_field(name)) for name in names}
    return found | ({"is_overdue": models.BooleanField()} if basis in SNAPSHOTS else {})


def _plain(field: object) -> models.Field[object, object]:
    if isinstance(field, models.GeneratedField):
        field = field.output_field
    kind = _FIELDS.get(type(field).__name__)
    return kind() if kind else models.CharField()


def all_of(basis: str) -> str:
    """The name under which all rows of a basis are counted: how far the records reach."""
    return f"basis:{basis}"
