import django_filters

from core.filters import FromDay, MonthFilter, RecordFilter, Sort, ToDay, UnitFilter, YesNo
from operations.models import Grade, Incident


class IncidentFilter(RecordFilter):
    ref = django_filters.CharFilter(
        "incident_ref", lookup_expr="startswith", label="Reference starts with"
    )
    month = MonthFilter("opened_month", label="Month opened")
    opened_from = FromDay("opened_at", month="opened_month", label="Opened from")
    opened_to = ToDay("opened_at", month="opened_month", label="Opened to")
    grade = django_filters.ChoiceFilter(choices=Grade, label="Grade")
    category = django_filters.CharFilter(lookup_expr="iexact", label="Category")
    unit = UnitFilter()
    domestic = YesNo("is_domestic", label="Domestic")
    covid = YesNo("is_covid", label="Covid-19 breach report")
    crime_ref = django_filters.CharFilter("crime_ref", label="Crime reference")
    sort = Sort(
        {
            "incident_ref": ("incident_ref",),
            "opened_at": ("opened_month", "opened_at"),
            "grade": ("grade",),
            "category": ("category",),
            "response": ("response_seconds",),
        }
    )

    class Meta:
        model = Incident
        fields: list[str] = []
