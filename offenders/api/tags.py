"""Tags by the same services as the pages, with the same refusals."""

from collections.abc import Callable
from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.status import HTTP_201_CREATED

from core import audit
from core.access.permissions import Permission
from core.access.person import person
from core.api.base import Api
from core.api.filters import FilteredApi, parameters_of
from core.api.values import StrictInput
from offenders.filters import WornTagFilter
from offenders.models import TagAlert, TagCheck, TagDeployment, TagUnit
from offenders.models.scope import open_rows
from offenders.models.tag import Basis, DeviceStatus, EndReason
from offenders.models.tag_log import AlertKind, AlertResult, CheckResult
from offenders.selectors.nominals import nominal_for
from offenders.selectors.tags import deployments
from offenders.services import tag_watch, tags


class TagInput(StrictInput):
    nominal = serializers.IntegerField(min_value=1)
    basis = serializers.ChoiceField(Basis.choices)
    basis_note = serializers.CharField(max_length=500, required=False)
    why = serializers.CharField(max_length=500)
    ends_on = serializers.DateField(required=False)


class TagStepInput(StrictInput):
    """`device` for a fitting; `reason` and `unit_becomes` for an end."""

    at = serializers.DateTimeField()
    note = serializers.CharField(max_length=500, required=False)
    device = serializers.SlugRelatedField(
        slug_field="serial", queryset=TagUnit.objects.all(), required=False
    )
    reason = serializers.ChoiceField(EndReason.choices, required=False)
    unit_becomes = serializers.ChoiceField(DeviceStatus.choices, required=False)


class TagCheckInput(StrictInput):
    at = serializers.DateTimeField()
    result = serializers.ChoiceField(CheckResult.choices)
    battery = serializers.IntegerField(min_value=0, max_value=100, required=False)
    note = serializers.CharField(max_length=300, required=False)


class TagAlertInput(StrictInput):
    at = serializers.DateTimeField()
    kind = serializers.ChoiceField(AlertKind.choices)
    text = serializers.CharField(max_length=300, required=False)


class TagAlertCloseInput(StrictInput):
    result = serializers.ChoiceField(AlertResult.choices)
    reason = serializers.CharField(max_length=500)


class TagCheckSerializer(serializers.ModelSerializer[TagCheck]):
    class Meta:
        model = TagCheck
        fields = ["id", "at", "result", "battery", "note"]


class TagAlertSerializer(serializers.ModelSerializer[TagAlert]):
    class Meta:
        model = TagAlert
        fields = ["id", "kind", "at", "due_at", "text", "result", "reason", "closed_at"]


class TagSerializer(serializers.ModelSerializer[TagDeployment]):
    device = serializers.CharField(source="device.serial", default=None)

    class Meta:
        model = TagDeployment
        fields = [
            "id",
            "nominal",
            "state",
            "basis",
            "basis_note",
            "why",
            "area",
            "device",
            "requested_at",
            "consented_at",
            "withdrawn_at",
            "ordered_at",
            "fit_booked_for",
            "fitted_at",
            "ends_on",
            "ended_at",
            "end_reason",
            "version",
        ]


class TagDetailSerializer(TagSerializer):
    checks = TagCheckSerializer(many=True)
    alerts = TagAlertSerializer(many=True)

    class Meta(TagSerializer.Meta):
        fields = [*TagSerializer.Meta.fields, "checks", "alerts"]


class TagUnitSerializer(serializers.ModelSerializer[TagUnit]):
    class Meta:
        model = TagUnit
        fields = ["id", "serial", "status", "area", "since", "until", "note", "version"]


class TagListApi(FilteredApi):
    """Every tag that is asked for or worn; those that are over where `over=true` asks for them."""

    filterset_class = WornTagFilter

    access = {"GET": Permission.NOMINAL_VIEW, "POST": Permission.NOMINAL_CHANGE}

    @extend_schema(parameters=parameters_of(WornTagFilter), responses=TagSerializer(many=True))
    def get(self, request: Request) -> Response:
        rows = list(self.narrowed(open_rows(deployments())))
        seen = {"tags": [row.nominal_id for row in rows]}
        audit.record(by=person(request), action=audit.Action.NOMINAL_VIEWED, detail=seen)
        return Response(TagSerializer(rows, many=True).data)

    @extend_schema(request=TagInput, responses={201: TagSerializer})
    def post(self, request: Request) -> Response:
        by, said = person(request), _checked(TagInput, request)
        said["nominal"] = nominal_for(by, said["nominal"], why="tag")
        return Response(TagSerializer(tags.request_tag(by=by, **said)).data, HTTP_201_CREATED)


class TagDetailApi(Api):
    access = {"GET": Permission.NOMINAL_VIEW}

    @extend_schema(responses=TagDetailSerializer)
    def get(self, request: Request, pk: int) -> Response:
        return Response(TagDetailSerializer(_tag(request, pk)).data)


STEPS: dict[str, Callable[..., TagDeployment]] = {
    "consent": tags.record_consent,
    "order": tags.record_order,
    "withdraw": tags.withdraw_consent,
    "book": tags.book_fit,
    "fit": tags.fit,
    "suspend": tags.suspend,
    "fault": tags.report_fault,
    "not-complied": tags.report_not_complied,
    "resume": tags.resume,
    "ask-removal": tags.ask_for_removal,
    "remove": tags.remove,
    "close": tags.close_request,
}
NEEDED = {"fit": {"device"}, "remove": {"reason"}, "close": {"reason"}}
TAKEN = {"remove": {"unit_becomes"}}


class TagStepApi(Api):
    """One step of the life of a tag. What is not open is answered 400 with its sentence."""

    access = {"POST": Permission.NOMINAL_CHANGE}

    @extend_schema(request=TagStepInput, responses=TagSerializer)
    def post(self, request: Request, pk: int, step: str) -> Response:
        tag = _tag(request, pk)
        if step not in STEPS:
            raise Http404("A tag has no such step.")
        said = {"note": ""} | _checked(TagStepInput, request)
        _fitting(step, set(said) - {"at", "note"})
        return Response(TagSerializer(STEPS[step](by=person(request), tag=tag, **said)).data)


def _fitting(step: str, given: set[str]) -> None:
    needed = NEEDED.get(step, set())
    wrong = {name: ["This step needs it."] for name in needed - given}
    extra = given - needed - TAKEN.get(step, set())
    wrong |= {name: ["This step does not take it."] for name in extra}
    if wrong:
        raise serializers.ValidationError(wrong)


class TagChecksApi(Api):
    access = {"POST": Permission.NOMINAL_CHANGE}

    @extend_schema(request=TagCheckInput, responses={201: TagCheckSerializer})
    def post(self, request: Request, pk: int) -> Response:
        tag = _tag(request, pk)
        made = tag_watch.check(by=person(request), tag=tag, **_checked(TagCheckInput, request))
        return Response(TagCheckSerializer(made).data, HTTP_201_CREATED)


class TagAlertsApi(Api):
    access = {"POST": Permission.NOMINAL_CHANGE}

    @extend_schema(request=TagAlertInput, responses={201: TagAlertSerializer})
    def post(self, request: Request, pk: int) -> Response:
        tag = _tag(request, pk)
        said = _checked(TagAlertInput, request)
        made = tag_watch.raise_alert(by=person(request), tag=tag, **said)
        return Response(TagAlertSerializer(made).data, HTTP_201_CREATED)


class TagAlertCloseApi(Api):
    access = {"POST": Permission.NOMINAL_CHANGE}

    @extend_schema(request=TagAlertCloseInput, responses=TagAlertSerializer)
    def post(self, request: Request, pk: int, alert: int) -> Response:
        found = _tag(request, pk).alerts.filter(pk=alert).first()
        if found is None:
            raise Http404(f"The tag {pk} has no alert {alert}.")
        said = _checked(TagAlertCloseInput, request)
        made = tag_watch.close_alert(by=person(request), alert=found, **said)
        return Response(TagAlertSerializer(made).data)


class TagUnitListApi(Api):
    """The stock."""

    access = Permission.NOMINAL_VIEW

    @extend_schema(responses=TagUnitSerializer(many=True))
    def get(self, request: Request) -> Response:
        return Response(TagUnitSerializer(TagUnit.objects.all(), many=True).data)


def _checked(input_class: Any, request: Request) -> dict[str, Any]:
    said = input_class(data=request.data)
    said.is_valid(raise_exception=True)
    return dict(said.validated_data)


def _tag(request: Request, pk: int) -> TagDeployment:
    """After one look at its nominal in the log."""
    found = deployments().filter(pk=pk).first()
    if found is None:
        raise Http404(f"There is no tag {pk}.")
    nominal_for(person(request), found.nominal_id, why="tag")
    return found
