from typing import Any

import django_filters

from core.filters import (
    FromDay,
    IsSet,
    MonthFilter,
    OneOf,
    RecordFilter,
    Rows,
    Sort,
    ToDay,
    UnitFilter,
    YesNo,
)
from offenders.models import (
    Arrest,
    CohortReview,
    Crime,
    Detention,
    Disposal,
    HubReferral,
    OffenceCode,
    OffenceGroup,
    Outcome,
    OutcomeCode,
    TagDeployment,
)
from offenders.models.crime import CrimeQuerySet
from offenders.models.detention import Result
from offenders.models.disposal import Tier
from offenders.models.scope import open_rows
from offenders.models.tag import OVER, Basis, TagState
from offenders.selectors.crimes import crimes_of_group


class NamesPeople(RecordFilter):
    """For lists with names. What is asked of somebody's facts, or put in their order, would tell of
    them through a mask: then the masked leave."""

    asks_nothing = frozenset[str]()  # of its fields, those that a mask stands up to

    def filter_queryset(self, queryset: Any) -> Any:
        given = self.form.cleaned_data.items()
        asked = {name for name, value in given if value not in (None, "")}
        rows = open_rows(queryset) if asked - self.asks_nothing else queryset
        return super().filter_queryset(rows)


class OffenceGroupFilter(OneOf):
    def filter(self, qs: CrimeQuerySet, value: OffenceGroup | None) -> CrimeQuerySet:
        return qs if value is None else crimes_of_group(qs, value)


class CrimeFilter(RecordFilter):
    ref = django_filters.CharFilter(
        "crime_ref", lookup_expr="startswith", label="Reference starts with"
    )
    month = MonthFilter("recorded_month", label="Month recorded")
    recorded_from = FromDay("recorded_at", month="recorded_month", label="Recorded from")
    recorded_to = ToDay("recorded_at", month="recorded_month", label="Recorded to")
    group = OffenceGroupFilter(queryset=OffenceGroup.objects.all(), label="Offence group")
    offence = django_filters.ModelChoiceFilter(
        queryset=OffenceCode.objects.all(), label="Offence class"
    )
    outcome = django_filters.ModelChoiceFilter(queryset=OutcomeCode.objects.all(), label="Outcome")
    unit = UnitFilter(department="department")
    dwelling = YesNo("is_dwelling", label="Dwelling")
    cancelled = IsSet("cancelled_at", label="Cancelled")
    sort = Sort(
        {
            "crime_ref": ("crime_ref",),
            "recorded_at": ("recorded_month", "recorded_at"),
            "offence": ("offence_id",),
            "district": ("district_id",),
            "outcome_at": ("outcome_month", "outcome_at"),
        }
    )

    class Meta:
        model = Crime
        fields: list[str] = []


class OutcomeFilter(RecordFilter):
    crime_ref = django_filters.CharFilter("crime_id", label="Crime reference")
    code = django_filters.ModelChoiceFilter(queryset=OutcomeCode.objects.all(), label="Outcome")
    given_from = FromDay("outcome_at", is_time=True, label="Given from")
    given_to = ToDay("outcome_at", is_time=True, label="Given to")
    withdrawn = IsSet("cancelled_at", label="Withdrawn")
    sort = Sort({"outcome_at": ("outcome_at",), "code": ("code_id",), "crime_ref": ("crime_id",)})

    class Meta:
        model = Outcome
        fields: list[str] = []


class HubReferralFilter(RecordFilter):
    crime_ref = django_filters.CharFilter("crime_id", label="Crime reference")
    referred_from = FromDay("referred_on", label="Referred from")
    referred_to = ToDay("referred_on", label="Referred to")
    sort = Sort({"referred_on": ("referred_on",), "crime_ref": ("crime_id",)})

    class Meta:
        model = HubReferral
        fields: list[str] = []


class ArrestFilter(RecordFilter):
    month = MonthFilter("arrested_month", label="Month of the arrest")
    arrested_from = FromDay("arrested_at", month="arrested_month", label="Arrested from")
    arrested_to = ToDay("arrested_at", month="arrested_month", label="Arrested to")
    unit = UnitFilter()
    operation = django_filters.CharFilter(lookup_expr="icontains", label="Operation contains")
    sort = Sort({"arrested_at": ("arrested_month", "arrested_at")})

    class Meta:
        model = Arrest
        fields: list[str] = []


class DetentionFilter(RecordFilter):
    month = MonthFilter("ended_month", label="Month of the end")
    unit = UnitFilter()
    result = django_filters.ChoiceFilter(choices=Result, label="Result")
    sort = Sort({"ended_at": ("ended_month", "ended_at"), "hours_used": ("hours_used",)})

    class Meta:
        model = Detention
        fields: list[str] = []


class CohortReviewFilter(RecordFilter):
    unit = UnitFilter(district="unit")
    sort = Sort({"opened_on": ("opened_on",), "due_on": ("due_on",)})

    class Meta:
        model = CohortReview
        fields: list[str] = []


class DisposalFilter(RecordFilter):
    month = MonthFilter("given_month", label="Month it was given")
    unit = UnitFilter()
    tier = django_filters.ChoiceFilter(choices=Tier, label="Tier")
    sort = Sort({"given_at": ("given_month", "given_at")})

    class Meta:
        model = Disposal
        fields: list[str] = []


class TagFilter(RecordFilter):
    fitted = MonthFilter("fitted_month", label="Month of the fitting")
    month = MonthFilter("ended_month", label="Month it came off")
    unit = UnitFilter(district="area")
    basis = django_filters.ChoiceFilter(choices=Basis, label="Legal basis")
    sort = Sort(
        {
            "fitted_at": ("fitted_month", "fitted_at"),
            "ended_at": ("ended_month", "ended_at"),
            "days_worn": ("days_worn",),
        }
    )

    class Meta:
        model = TagDeployment
        fields: list[str] = []


class OverFilter(YesNo):
    """Left out, only what is not over."""

    def filter(self, qs: Rows, value: bool | None) -> Rows:
        return qs.filter(state__in=OVER) if value else qs.exclude(state__in=OVER)


class WornTagFilter(RecordFilter):
    """For those who may see the wearers."""

    nominal = django_filters.NumberFilter("nominal", label="Nominal")
    state = django_filters.ChoiceFilter(choices=TagState, label="State")
    basis = django_filters.ChoiceFilter(choices=Basis, label="Legal basis")
    unit = UnitFilter(district="area")
    over = OverFilter("state", label="Over")

    class Meta:
        model = TagDeployment
        fields: list[str] = []


class LoggedArrestFilter(ArrestFilter):
    """For those who may see who was arrested."""

    nominal = django_filters.NumberFilter("nominal", label="Nominal")
