from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.text import slugify

from core.filters import FromDay, MonthFilter, RecordFilter, Sort, ToDay, UnitFilter, YesNo
from operations.models import Grade, Incident


class CategoryFilter(django_filters.CharFilter):
    """Typed as words; a file may hold the words or, as the definitions do, their slug."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        if not value:
            return qs
        return qs.filter(Q(category__iexact=value) | Q(category=slugify(value)))


class IncidentFilter(RecordFilter):
    ref = django_filters.CharFilter(
        "incident_ref", lookup_expr="startswith", label="Reference starts with"
    )
    month = MonthFilter("opened_month", label="Month opened")
    opened_from = FromDay("opened_at", month="opened_month", label="Opened from")
    opened_to = ToDay("opened_at", month="opened_month", label="Opened to")
    grade = django_filters.ChoiceFilter(choices=Grade, label="Grade")
    category = CategoryFilter(label="Category", help_text="For example, domestic abuse")
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
