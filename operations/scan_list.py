"""Finished scans as a list: the rows behind their figures."""

import django_filters
from django_tables2 import Column

from core.filters import FromDay, RecordFilter, Sort, ToDay, UnitFilter
from core.models import Unit, UnitKind
from core.tables import DateColumn, DateTimeColumn, Table
from operations.models import Scan


class ScanFilter(RecordFilter):
    area = django_filters.ModelChoiceFilter(
        queryset=lambda _: Unit.objects.filter(kind=UnitKind.AREA), label="Area"
    )
    unit = UnitFilter(district="area")
    finished_from = FromDay("finished_at", month="finished_month", label="Finished from")
    finished_to = ToDay("finished_at", month="finished_month", label="Finished to")
    sort = Sort({"finished_at": ("finished_at",), "area": ("area", "finished_at")})

    class Meta:
        model = Scan
        fields: list[str] = []


class ScanTable(Table):
    caption = "Daily scans"
    noun = "scans"

    finished_at = DateTimeColumn(verbose_name="Finished")
    area = Column("Area")
    covers = DateColumn(verbose_name="Covers", orderable=False)
    started_at = DateTimeColumn(verbose_name="Started", orderable=False)
    finished_by = Column("By", orderable=False)

    class Meta(Table.Meta):
        empty_text = "No scan matches this filter."
