"""The list of actions: what may be filtered, and what is shown."""

from typing import Any

import django_filters
from django.utils import timezone
from django.utils.html import format_html
from django_tables2 import A, Column

from core.filters import OneOf, RecordFilter, Sort, ToDay, UnitFilter, YesNo
from core.models import User
from core.tables import DateTimeColumn, Table, WordsColumn
from operations.models import Action, ActionKind, ActionState, Aim
from operations.models.action import RUNNING, ActionQuerySet
from operations.selectors.actions import workers


class OwnerFilter(OneOf):
    def filter(self, qs: ActionQuerySet, value: User | None) -> ActionQuerySet:
        return qs if value is None else qs.filter(owner=value)


class OverdueFilter(YesNo):
    """Not closed, and past its time."""

    def filter(self, qs: Any, value: bool | None) -> Any:
        if value is None:
            return qs
        late = {"state__in": RUNNING, "due_at__lt": timezone.now()}
        return qs.filter(**late) if value else qs.exclude(**late)


class RunningFilter(YesNo):
    def filter(self, qs: Any, value: bool | None) -> Any:
        if value is None:
            return qs
        return qs.filter(state__in=RUNNING) if value else qs.exclude(state__in=RUNNING)


class ActionFilter(RecordFilter):
    running = RunningFilter("state", label="Still to be done")
    overdue = OverdueFilter("due_at", label="Overdue")
    kind = django_filters.ChoiceFilter(choices=ActionKind, label="Kind")
    aim = django_filters.ChoiceFilter(choices=Aim, label="Aim")
    state = django_filters.ChoiceFilter(choices=ActionState, label="State")
    owner = OwnerFilter(queryset=lambda _: workers(), label="Owner")
    unit = UnitFilter(district="unit")
    due_to = ToDay("due_at", is_time=True, label="Due up to")
    sort = Sort({"due": ("due_at",), "raised": ("raised_at",), "kind": ("kind", "due_at")})

    class Meta:
        model = Action
        fields: list[str] = []


class ActionTable(Table):
    caption = "Actions, by when they are due"
    noun = "actions"

    task = WordsColumn(
        "What", linkify=("operations:action-detail", {"pk": A("pk")}), orderable=False
    )
    due = DateTimeColumn(verbose_name="Due", accessor=A("due_at"))
    state = Column(accessor=A("get_state_display"), orderable=False)
    owner = Column(orderable=False)
    subject = Column("About", orderable=False, empty_values=())
    kind = Column(accessor=A("get_kind_display"))
    aim = Column(accessor=A("get_aim_display"), orderable=False)

    class Meta(Table.Meta):
        empty_text = "No action matches this filter."

    def render_subject(self, record: Action) -> str:
        if record.nominal_id:
            return str(record.nominal)
        return str(record.crime_id or record.incident_id or record.place or record.about)

    def render_state(self, record: Action, value: str) -> str:
        if not record.is_overdue:
            return value
        return format_html('{} <strong class="govuk-tag govuk-tag--red">Overdue</strong>', value)


class DoneActionTable(Table):
    """Of the rows behind a figure: whoever may read those need not read who it was about."""

    caption = "Actions"
    noun = "actions"

    closed_at = DateTimeColumn(verbose_name="Done")
    due_at = DateTimeColumn(verbose_name="Due")
    kind = Column("Kind", accessor="get_kind_display", orderable=False)
    aim = Column("Aim", accessor="get_aim_display", orderable=False)
    unit = Column("Area", orderable=False)

    class Meta(Table.Meta):
        empty_text = "No action matches this filter."
