"""The list of reviews: how it is narrowed, and what its columns are."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django_tables2 import A, Column

from core.dates import today
from core.filters import RecordFilter, Sort, ToDay
from core.tables import DateColumn, Table
from offenders.models import RetentionReview
from offenders.models.retention import OPEN, Group, ReviewState

WAITING = "waiting"
STATES = [(WAITING, "Open"), *ReviewState.choices]


class StateFilter(django_filters.ChoiceFilter):
    """Open ones, where nothing else is asked for."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        return qs.filter(state__in=OPEN) if value in ("", WAITING) else qs.filter(state=value)


class ReviewFilter(RecordFilter):
    state = StateFilter(choices=STATES, label="State", empty_label=None)
    group = django_filters.ChoiceFilter(choices=Group, label="Group")
    due_by = ToDay("due_on", label="Due by")
    sort = Sort({"due": ("due_on",), "group": ("group", "due_on")})

    class Meta:
        model = RetentionReview
        fields: list[str] = []


class ReviewTable(Table):
    caption = "Reviews of records of people, by the day they are due"
    noun = "reviews"

    name = Column(
        "Person", accessor=A("nominal"), orderable=False,
        linkify=("offenders:retention-review", {"pk": A("pk")}),
    )  # fmt: skip
    ref = Column("Reference", accessor=A("nominal__ref"), orderable=False)
    group = Column("Group")
    due = DateColumn(verbose_name="Due", accessor=A("due_on"))
    state = Column("State", orderable=False)
    why = Column("Why", orderable=False)

    class Meta(Table.Meta):
        empty_text = "No review matches this filter."

    def render_group(self, record: RetentionReview) -> str:
        return str(record.group)

    def render_state(self, record: RetentionReview) -> str:
        late = record.is_overdue_on(today())
        return f"{ReviewState(record.state).label}{', overdue' if late else ''}"
