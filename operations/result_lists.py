"""The rows behind figures of operations and trials: filters and tables, without people."""

from typing import Any

import django_filters
from django_tables2 import A, Column

from core.filters import FromDay, MonthFilter, RecordFilter, Sort, ToDay, UnitFilter
from core.tables import DateColumn, DateTimeColumn, NumberColumn, Table
from operations.models import (
    FootwearMatch,
    FootwearScan,
    Operation,
    OperationArrest,
    OperationConviction,
    OperationVehicle,
)
from operations.models.footwear import MatchState
from operations.operation_list import FamilyFilter

OPERATION_LINK = ("operations:operation-detail", {"slug": A("operation_id")})


class OfFamilyFilter(FamilyFilter):
    """Rows of the operation and of all that stand inside it."""

    def filter(self, qs: Any, value: Operation | None) -> Any:
        return qs if value is None else qs.filter(operation__above__ancestor=value.pk)


class OfOperation(RecordFilter):
    operation = OfFamilyFilter(queryset=Operation.objects.all(), label="Family of")


class OperationVehicleFilter(OfOperation):
    mark = django_filters.CharFilter(
        "registration", lookup_expr="istartswith", label="Mark starts with"
    )
    recovered_from = FromDay("recovered_on", label="Recovered from")
    recovered_to = ToDay("recovered_on", label="Recovered to")
    unit = UnitFilter(district="area")
    sort = Sort({"recovered_on": ("recovered_on",), "value": ("value",)})

    class Meta:
        model = OperationVehicle
        fields: list[str] = []


class OperationArrestFilter(OfOperation):
    month = MonthFilter("arrested_month", label="Month of the arrest")
    unit = UnitFilter()
    sort = Sort({"arrested_on": ("arrested_on",), "charged_on": ("charged_on",)})

    class Meta:
        model = OperationArrest
        fields: list[str] = []


class OperationConvictionFilter(OfOperation):
    month = MonthFilter("convicted_month", label="Month of the conviction")
    unit = UnitFilter(district="area")
    sort = Sort({"convicted_on": ("convicted_on",)})

    class Meta:
        model = OperationConviction
        fields: list[str] = []


class FootwearScanFilter(RecordFilter):
    month = MonthFilter("scanned_month", label="Month of the scan")
    unit = UnitFilter()
    sort = Sort({"scanned_at": ("scanned_at",)})

    class Meta:
        model = FootwearScan
        fields: list[str] = []


class FootwearMatchFilter(RecordFilter):
    month = MonthFilter("decided_month", label="Month of the decision")
    state = django_filters.ChoiceFilter(choices=MatchState, label="State")
    unit = UnitFilter()
    sort = Sort({"decided_at": ("decided_at",)})

    class Meta:
        model = FootwearMatch
        fields: list[str] = []


class OperationVehicleTable(Table):
    caption = "Vehicles"
    noun = "vehicles"

    registration = Column("Mark", orderable=False)
    description = Column("Make and model", orderable=False)
    value = NumberColumn(verbose_name="Value in pounds")
    stolen_on = DateColumn(verbose_name="Stolen", orderable=False)
    recovered_on = DateColumn(verbose_name="Recovered")
    area = Column("Area", orderable=False)
    operation = Column("Operation", orderable=False, linkify=OPERATION_LINK)

    class Meta(Table.Meta):
        empty_text = "No vehicle matches this filter."


class OperationArrestTable(Table):
    caption = "Arrests of operations"
    noun = "arrests"

    arrested_on = DateColumn(verbose_name="Arrested")
    charged_on = DateColumn(verbose_name="Charged")
    district = Column("District", orderable=False)
    operation = Column("Operation", orderable=False, linkify=OPERATION_LINK)

    class Meta(Table.Meta):
        empty_text = "No arrest matches this filter."


class OperationConvictionTable(Table):
    caption = "Convictions of operations"
    noun = "convictions"

    convicted_on = DateColumn(verbose_name="Convicted")
    area = Column("Area", orderable=False)
    operation = Column("Operation", orderable=False, linkify=OPERATION_LINK)

    class Meta(Table.Meta):
        empty_text = "No conviction matches this filter."


class FootwearScanTable(Table):
    caption = "Footwear scans"
    noun = "scans"

    scanned_at = DateTimeColumn(verbose_name="Scanned")
    pattern = Column("Sole pattern", orderable=False)
    district = Column("District", orderable=False)
    trial = Column("Trial", orderable=False)

    class Meta(Table.Meta):
        empty_text = "No scan matches this filter."


class FootwearMatchTable(Table):
    caption = "Footwear matches"
    noun = "matches"

    decided_at = DateTimeColumn(verbose_name="Decided")
    state = Column("State", orderable=False, accessor="get_state_display")
    crime = Column(
        "Crime", orderable=False, linkify=("offenders:crime-detail", {"ref": A("crime_id")})
    )
    district = Column("District", orderable=False)
    came_of = Column("What came of it", orderable=False, accessor="get_came_of_display")

    class Meta(Table.Meta):
        empty_text = "No match matches this filter."
