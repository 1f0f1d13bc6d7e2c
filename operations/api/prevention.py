"""Properties, works and planning applications, by the services of the pages."""

from collections.abc import Callable
from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.status import HTTP_201_CREATED

from core.access.permissions import Permission
from core.access.person import person
from core.api.base import Api
from core.api.values import StrictInput, ValuesList, record_of
from operations import prevention_filters as filters
from operations.api.changes import Changing, DetailAndChange
from operations.api.packs import checked, district, shown
from operations.models import (
    Assessment,
    PlanningApplication,
    Property,
    WorksOrder,
)
from operations.models.planning import Advice, TakenUp
from operations.models.property import PackLevel, PropertyKind, Weakness, WorksKind
from operations.selectors.properties import properties, works_orders
from operations.services import planning
from operations.services import properties as homes

READ, WRITE = Permission.PREVENTION_VIEW, Permission.PREVENTION_CHANGE


def some_people() -> serializers.IntegerField:
    return serializers.IntegerField(min_value=1, max_value=100_000)


def made(record: Any, serializer_class: Any, status: int = HTTP_201_CREATED) -> Response:
    rows = type(record)._default_manager.filter(pk=record.pk)
    return Response(shown(rows, serializer_class), status)


class ListAndNew(ValuesList):
    """`input_class` is checked, then `record` is the service that makes it."""

    access: Any = {"GET": READ, "POST": WRITE}
    input_class: type[StrictInput]
    record: Callable[..., Any]

    def post(self, request: Request) -> Response:
        said = checked(self.input_class, request)
        return made(type(self).record(by=person(request), **said), self.serializer_class)


class PropertySerializer(serializers.ModelSerializer[Property]):
    class Meta:
        model = Property
        fields = ["property_ref", "address", "postcode", "kind", "district", "latitude",
                  "longitude", "version"]  # fmt: skip


class PropertyInput(StrictInput):
    address = serializers.CharField(max_length=200)
    postcode = serializers.CharField(max_length=8)
    kind = serializers.ChoiceField(PropertyKind.choices, required=False)
    district = district()
    latitude = serializers.FloatField(required=False)
    longitude = serializers.FloatField(required=False)


@extend_schema_view(post=extend_schema(request=PropertyInput, responses={201: PropertySerializer}))
class PropertyListApi(ListAndNew):
    queryset = properties()
    serializer_class = PropertySerializer
    filterset_class = filters.PropertyFilter
    input_class = PropertyInput
    record = staticmethod(homes.add_property)


class PropertyChange(Changing, PropertyInput):
    clearable = ("latitude", "longitude")


@extend_schema_view(patch=extend_schema(request=PropertyChange, responses=PropertySerializer))
class PropertyDetailApi(DetailAndChange):
    queryset = Property.objects.all()
    serializer_class = PropertySerializer
    change_class = PropertyChange
    amend = staticmethod(homes.amend_property)
    named = "home"


class AssessmentSerializer(serializers.ModelSerializer[Assessment]):
    property_ref = serializers.CharField(source="home_id")

    class Meta:
        model = Assessment
        fields = ["id", "property_ref", "assessed_on", "asked_for", "weak", "result", "why",
                  "version"]  # fmt: skip


class AssessmentInput(StrictInput):
    assessed_on = serializers.DateField()
    asked_for = serializers.ChoiceField(PackLevel.choices)
    weak = serializers.ListField(child=serializers.ChoiceField(Weakness.choices), required=False)
    result = serializers.ChoiceField(PackLevel.choices)
    why = serializers.CharField(max_length=500, required=False)


class AssessmentListApi(ValuesList):
    access = READ
    queryset = Assessment.objects.all()
    serializer_class = AssessmentSerializer
    filterset_class = filters.AssessmentFilter


class AssessmentChange(Changing, AssessmentInput):
    clearable = ("why",)


@extend_schema_view(patch=extend_schema(request=AssessmentChange, responses=AssessmentSerializer))
class AssessmentDetailApi(DetailAndChange):
    """Until works are ordered on it; then the property is assessed anew."""

    queryset = Assessment.objects.all()
    serializer_class = AssessmentSerializer
    change_class = AssessmentChange
    amend = staticmethod(homes.amend_assessment)
    named = "assessment"


class PropertyAssessApi(Api):
    access = {"POST": WRITE}

    @extend_schema(request=AssessmentInput, responses={201: AssessmentSerializer})
    def post(self, request: Request, ref: str) -> Response:
        home, said = record_of(Property, ref), checked(AssessmentInput, request)
        found = homes.assess(by=person(request), home=home, **said)
        return made(found, AssessmentSerializer)


class WorksSerializer(serializers.ModelSerializer[WorksOrder]):
    property_ref = serializers.CharField(source="assessment.home_id")

    class Meta:
        model = WorksOrder
        fields = ["id", "assessment", "property_ref", "kind", "what", "state", "quoted_on",
                  "quoted", "ordered_on", "done_on", "cost", "why_cancelled", "version"]  # fmt: skip


class QuoteInput(StrictInput):
    kind = serializers.ChoiceField(WorksKind.choices)
    what = serializers.CharField(max_length=200, required=False)
    quoted_on = serializers.DateField()
    quoted = serializers.DecimalField(max_digits=9, decimal_places=2, min_value=0)


class WorksListRow(serializers.ModelSerializer[WorksOrder]):
    property_ref = serializers.CharField(source="assessment__home_id")

    class Meta(WorksSerializer.Meta):
        pass


class WorksListApi(ValuesList):
    access = READ
    queryset = works_orders()
    serializer_class = WorksListRow
    filterset_class = filters.WorksOrderFilter


class QuoteApi(Api):
    """A price for works, on a gold assessment."""

    access = {"POST": WRITE}

    @extend_schema(request=QuoteInput, responses={201: WorksSerializer})
    def post(self, request: Request, pk: int) -> Response:
        about, said = record_of(Assessment, pk), checked(QuoteInput, request)
        found = homes.quote_works(by=person(request), assessment=about, **said)
        return made(found, WorksSerializer)


class WorksStepInput(StrictInput):
    """`on` to order and to finish, `cost` to finish, `why` to cancel."""

    on = serializers.DateField(required=False)
    cost = serializers.DecimalField(max_digits=9, decimal_places=2, min_value=0, required=False)
    why = serializers.CharField(max_length=300, required=False)


STEPS: dict[str, tuple[set[str], Callable[..., WorksOrder]]] = {
    "order": ({"on"}, homes.order_works),
    "done": ({"on", "cost"}, homes.finish_works),
    "cancel": ({"why"}, homes.cancel_works),
}


class WorksStepApi(Api):
    access = {"POST": WRITE}

    @extend_schema(request=WorksStepInput, responses=WorksSerializer)
    def post(self, request: Request, pk: int, step: str) -> Response:
        works = record_of(WorksOrder, pk)
        if step not in STEPS:
            raise Http404("Works have no such step.")
        needed, take = STEPS[step]
        said = checked(WorksStepInput, request)
        wrong = {name: ["This step needs it."] for name in needed - set(said)}
        wrong |= {name: ["This step does not take it."] for name in set(said) - needed}
        if wrong:
            raise serializers.ValidationError(wrong)
        return made(take(by=person(request), works=works, **said), WorksSerializer, 200)


class PlanningSerializer(serializers.ModelSerializer[PlanningApplication]):
    class Meta:
        model = PlanningApplication
        fields = ["application_ref", "authority", "district", "about", "received_on", "due_on",
                  "answered_on", "in_time", "days_taken", "advice", "advice_text", "taken_up",
                  "version"]  # fmt: skip


class PlanningInput(StrictInput):
    application_ref = serializers.CharField(max_length=40)
    authority = serializers.CharField(max_length=80)
    district = district()
    about = serializers.CharField(max_length=200, required=False)
    received_on = serializers.DateField()
    due_on = serializers.DateField(required=False)


@extend_schema_view(post=extend_schema(request=PlanningInput, responses={201: PlanningSerializer}))
class PlanningListApi(ListAndNew):
    queryset = PlanningApplication.objects.all()
    serializer_class = PlanningSerializer
    filterset_class = filters.PlanningFilter
    input_class = PlanningInput
    record = staticmethod(planning.receive_application)


class AnswerInput(StrictInput):
    answered_on = serializers.DateField()
    advice = serializers.ChoiceField(Advice.choices)
    advice_text = serializers.CharField(max_length=2000, required=False)
    taken_up = serializers.ChoiceField(TakenUp.choices, required=False, allow_blank=True)


class PlanningChange(Changing, AnswerInput, PlanningInput):
    """The application and its answer."""

    clearable = ("district", "about", "answered_on", "advice_text")
    advice = serializers.ChoiceField(Advice.choices, allow_blank=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("application_ref")


@extend_schema_view(patch=extend_schema(request=PlanningChange, responses=PlanningSerializer))
class PlanningDetailApi(DetailAndChange):
    queryset = PlanningApplication.objects.all()
    serializer_class = PlanningSerializer
    change_class = PlanningChange
    amend = staticmethod(planning.amend_application)
    named = "application"


class PlanningAnswerApi(Api):
    access = {"POST": WRITE}

    @extend_schema(request=AnswerInput, responses=PlanningSerializer)
    def post(self, request: Request, ref: str) -> Response:
        about, said = record_of(PlanningApplication, ref), checked(AnswerInput, request)
        found = planning.answer_application(by=person(request), application=about, **said)
        return made(found, PlanningSerializer, 200)
