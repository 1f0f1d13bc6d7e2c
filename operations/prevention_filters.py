import django_filters

from core.filters import FromDay, IsSet, MonthFilter, RecordFilter, Sort, ToDay, UnitFilter
from operations.models import (
    Assessment,
    AwarenessGiven,
    Consultation,
    EstateWorks,
    PackMovement,
    Partner,
    PlanningApplication,
    Property,
    StockPlace,
    WatchScheme,
    WorksOrder,
)
from operations.models.community import Channel, Subject
from operations.models.pack import MovementKind, PartnerKind
from operations.models.planning import Advice
from operations.models.property import PackLevel, PropertyKind, WorksKind, WorksState


class PackMovementFilter(RecordFilter):
    ref = django_filters.CharFilter(
        "movement_ref", lookup_expr="startswith", label="Reference starts with"
    )
    month = MonthFilter("moved_month")
    moved_from = FromDay("moved_on", label="From")
    moved_to = ToDay("moved_on", label="To")
    kind = django_filters.ChoiceFilter(choices=MovementKind, label="Kind")
    level = django_filters.ChoiceFilter(choices=PackLevel, label="Level")
    place = django_filters.ModelChoiceFilter(queryset=StockPlace.objects.all(), label="Place")
    partner = django_filters.ModelChoiceFilter(queryset=Partner.objects.all(), label="Partner")
    home = django_filters.CharFilter("home", label="Property reference")
    unit = UnitFilter()
    withdrawn = IsSet("withdrawn_at", label="Withdrawn")
    sort = Sort(
        {
            "movement_ref": ("movement_ref",),
            "moved_on": ("moved_on",),
            "number": ("number",),
        }
    )

    class Meta:
        model = PackMovement
        fields: list[str] = []


class PartnerFilter(RecordFilter):
    name = django_filters.CharFilter(lookup_expr="icontains", label="Name contains")
    kind = django_filters.ChoiceFilter(choices=PartnerKind, label="Kind")
    unit = UnitFilter()
    sort = Sort({"name": ("name",)})

    class Meta:
        model = Partner
        fields: list[str] = []


class PropertyFilter(RecordFilter):
    """`level`: of the newest assessment."""

    ref = django_filters.CharFilter(
        "property_ref", lookup_expr="startswith", label="Reference starts with"
    )
    address = django_filters.CharFilter(lookup_expr="icontains", label="Address contains")
    postcode = django_filters.CharFilter(lookup_expr="istartswith", label="Postcode starts with")
    kind = django_filters.ChoiceFilter(choices=PropertyKind, label="Kind")
    level = django_filters.ChoiceFilter(choices=PackLevel, label="Assessed as")
    unit = UnitFilter()
    sort = Sort({"address": ("address", "postcode"), "assessed_on": ("assessed_on",)})

    class Meta:
        model = Property
        fields: list[str] = []


class AssessmentFilter(RecordFilter):
    month = MonthFilter("assessed_month")
    assessed_from = FromDay("assessed_on", label="Assessed from")
    assessed_to = ToDay("assessed_on", label="Assessed to")
    result = django_filters.ChoiceFilter(choices=PackLevel, label="Result")
    unit = UnitFilter()
    sort = Sort({"assessed_on": ("assessed_on",)})

    class Meta:
        model = Assessment
        fields: list[str] = []


class WorksOrderFilter(RecordFilter):
    state = django_filters.ChoiceFilter(choices=WorksState, label="State")
    kind = django_filters.ChoiceFilter(choices=WorksKind, label="Works")
    quoted_from = FromDay("quoted_on", label="Quoted from")
    quoted_to = ToDay("quoted_on", label="Quoted to")
    unit = UnitFilter(district="assessment__home__district")
    sort = Sort(
        {"quoted_on": ("quoted_on",), "quoted": ("quoted",), "cost": ("cost",)},
    )

    class Meta:
        model = WorksOrder
        fields: list[str] = []


class PlanningFilter(RecordFilter):
    ref = django_filters.CharFilter(
        "application_ref", lookup_expr="startswith", label="Reference starts with"
    )
    authority = django_filters.CharFilter(lookup_expr="icontains", label="Authority contains")
    month = MonthFilter("answered_month", label="Month answered")
    received_from = FromDay("received_on", label="Received from")
    received_to = ToDay("received_on", label="Received to")
    due_to = ToDay("due_on", label="Due to")
    answered = IsSet("answered_on", label="Answered")
    advice = django_filters.ChoiceFilter(choices=Advice, label="Advice")
    unit = UnitFilter()
    sort = Sort(
        {
            "application_ref": ("application_ref",),
            "received_on": ("received_on",),
            "due_on": ("due_on",),
            "answered_on": ("answered_on",),
            "days_taken": ("days_taken",),
        }
    )

    class Meta:
        model = PlanningApplication
        fields: list[str] = []


class ConsultationFilter(RecordFilter):
    title = django_filters.CharFilter(lookup_expr="icontains", label="About contains")
    held_from = FromDay("held_on", label="From")
    held_to = ToDay("held_on", label="To")
    channel = django_filters.ChoiceFilter(choices=Channel, label="How")
    unit = UnitFilter()
    sort = Sort({"held_on": ("held_on",), "people": ("people",)})

    class Meta:
        model = Consultation
        fields: list[str] = []


class WatchSchemeFilter(RecordFilter):
    name = django_filters.CharFilter(lookup_expr="icontains", label="Name contains")
    started_from = FromDay("started_on", label="Started from")
    started_to = ToDay("started_on", label="Started to")
    ended = IsSet("ended_on", label="Ended")
    unit = UnitFilter()
    sort = Sort({"name": ("name",), "started_on": ("started_on",), "members": ("members",)})

    class Meta:
        model = WatchScheme
        fields: list[str] = []


class EstateWorksFilter(RecordFilter):
    estate = django_filters.CharFilter(lookup_expr="icontains", label="Estate contains")
    done = IsSet("done_on", label="Done")
    unit = UnitFilter()
    sort = Sort({"estate": ("estate",), "started_on": ("started_on",), "homes": ("homes",)})

    class Meta:
        model = EstateWorks
        fields: list[str] = []


class AwarenessFilter(RecordFilter):
    given_from = FromDay("given_on", label="From")
    given_to = ToDay("given_on", label="To")
    subject = django_filters.ChoiceFilter(choices=Subject, label="About")
    unit = UnitFilter()
    sort = Sort({"given_on": ("given_on",), "people": ("people",)})

    class Meta:
        model = AwarenessGiven
        fields: list[str] = []
