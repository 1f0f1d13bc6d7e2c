"""The list of crime series: what may be filtered, and what is shown."""

from typing import Any

import django_filters
from django.db.models import Q
from django_tables2 import A, Column

from core.filters import FromDay, OneOf, RecordFilter, Sort, ToDay, UnitFilter
from core.models import User
from core.tables import DateColumn, NumberColumn, Table
from offenders.models import CrimeSeries
from offenders.models.series import SeriesQuerySet, SeriesState
from offenders.selectors.officers import officers


class WordsFilter(django_filters.CharFilter):
    def filter(self, qs: SeriesQuerySet, value: str) -> SeriesQuerySet:
        said = Q(ref__icontains=value) | Q(name__icontains=value) | Q(method__icontains=value)
        return qs.filter(said) if value else qs


class OwnerFilter(OneOf):
    def filter(self, qs: SeriesQuerySet, value: User | None) -> SeriesQuerySet:
        return qs if value is None else qs.filter(owner=value)


class HoldsCrime(django_filters.CharFilter):
    def filter(self, qs: SeriesQuerySet, value: str) -> SeriesQuerySet:
        if not value:
            return qs
        held = qs.model._default_manager.filter(
            links__crime_id=value.strip().upper(), links__unlinked_at__isnull=True
        )
        return qs.filter(pk__in=held.values("pk"))


class SeriesFilter(RecordFilter):
    q = WordsFilter(label="Words", help_text="In the name, the reference or how it is done")
    state = django_filters.ChoiceFilter(choices=SeriesState.choices, label="State")
    owner = OwnerFilter(queryset=lambda _: officers(), label="Owner")
    unit = UnitFilter(district="unit")
    crime_ref = HoldsCrime(label="Holds the crime")
    opened_from = FromDay("opened_on", label="Opened from")
    opened_to = ToDay("opened_on", label="Opened to")
    sort = Sort(
        {
            "name": ("name",),
            "ref": ("ref",),
            "crimes": ("crimes",),
            "suspected": ("suspected",),
            "opened_on": ("opened_on",),
        }
    )

    class Meta:
        model = CrimeSeries
        fields: list[str] = []


class SeriesTable(Table):
    caption = "Crime series"
    noun = "series"

    name = Column("Name", linkify=("offenders:series-detail", {"pk": A("pk")}))
    ref = Column("Reference")
    state = Column("State", orderable=False)
    unit = Column("Area", orderable=False)
    crimes = NumberColumn("Crimes")
    suspected = NumberColumn("Suspects")
    opened_on = DateColumn(verbose_name="Opened")
    owner = Column("Owner", orderable=False)

    class Meta(Table.Meta):
        empty_text = "No series matches this filter."

    def render_state(self, record: Any) -> str:
        return str(record.get_state_display())
