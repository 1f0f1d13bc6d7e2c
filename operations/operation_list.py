"""The list of operations: how it is narrowed and what its columns are."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django_tables2 import A, Column

from core.filters import FromDay, OneOf, RecordFilter, Rows, Sort, ToDay, UnitFilter
from core.models import Unit
from core.tables import DateColumn, NumberColumn, Table
from operations.models import Operation, OperationState


class FamilyFilter(OneOf):
    """The operation and all that stand inside it."""

    def filter(self, qs: QuerySet[Any], value: Operation | None) -> QuerySet[Any]:
        return qs if value is None else qs.filter(above__ancestor=value.pk)


class AreaFilter(UnitFilter):
    """Operations that work in the unit, in a part of it, or in the area around it."""

    def filter(self, qs: Rows, value: Unit | None) -> Rows:
        if value is None:
            return qs
        near = Unit.objects.within(value) | Unit.objects.filter(below__descendant=value)
        return qs.filter(area_links__unit__in=near.values("pk")).distinct()


class OperationFilter(RecordFilter):
    name = django_filters.CharFilter(lookup_expr="icontains", label="Name contains")
    family = FamilyFilter(queryset=Operation.objects.all(), label="Family of")
    state = django_filters.ChoiceFilter(choices=OperationState, label="State")
    unit = AreaFilter()
    started_from = FromDay("starts_on", label="Started from")
    started_to = ToDay("starts_on", label="Started to")
    sort = Sort({"name": ("name",), "starts_on": ("starts_on",), "state": ("state",)})

    class Meta:
        model = Operation
        fields: list[str] = []


class OperationTable(Table):
    caption = "Operations"
    noun = "operations"

    name = Column("Operation", linkify=("operations:operation-detail", {"slug": A("pk")}))
    parent = Column("Inside", orderable=False)
    state = Column("State", accessor="get_state_display", order_by="state")
    starts_on = DateColumn(verbose_name="First day")
    ends_on = DateColumn(verbose_name="Last day", orderable=False)
    areas = Column("Areas", orderable=False, accessor="areas", empty_values=())
    inside = NumberColumn(verbose_name="Operations inside", orderable=False)

    class Meta(Table.Meta):
        empty_text = "No operation matches this filter."

    def render_areas(self, record: Operation) -> str:
        return ", ".join(str(area) for area in record.areas.all()) or "-"
