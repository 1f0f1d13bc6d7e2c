"""Operations by the same services as the pages. Rows that name people need the right to see people."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.status import HTTP_201_CREATED, HTTP_204_NO_CONTENT

from core import audit
from core.access.permissions import Permission
from core.access.person import person
from core.api.base import Api, ListApi
from core.api.values import StrictInput
from core.models import Unit
from offenders.models import OffenceGroup
from offenders.models.scope import open_rows
from offenders.selectors.nominals import can_see_nominals, nominal_for
from operations.api.operation_parts import PART_SERIALIZERS
from operations.forms.operations import PARTS, PartKind
from operations.models import Operation, OperationNominal, OperationStep
from operations.models.operation import OPERATION
from operations.operation_list import OperationFilter
from operations.selectors.operations import operations
from operations.selectors.results import Results, results_of
from operations.services.operation_parts import add_part, amend_part, remove_part
from operations.services.operations import amend_operation, record_operation, take_step

READ_WRITE = {"GET": Permission.OPERATION_VIEW, "POST": Permission.OPERATION_CHANGE}


class OperationSerializer(serializers.ModelSerializer[Operation]):
    areas: Any = serializers.PrimaryKeyRelatedField(many=True, read_only=True)

    class Meta:
        model = Operation
        fields = [
            "slug",
            "name",
            "parent",
            "aim",
            "state",
            "starts_on",
            "ends_on",
            "areas",
            "offence_group",
            "note",
            "version",
        ]


class OperationStepSerializer(serializers.ModelSerializer[OperationStep]):
    class Meta:
        model = OperationStep
        fields = ["step", "state", "on", "reason"]


class OperationDetailSerializer(OperationSerializer):
    steps = OperationStepSerializer(many=True, read_only=True)
    children: Any = serializers.PrimaryKeyRelatedField(many=True, read_only=True)

    class Meta(OperationSerializer.Meta):
        fields = [*OperationSerializer.Meta.fields, "children", "steps"]


class OperationInput(StrictInput):
    name = serializers.CharField(max_length=80)
    slug = serializers.SlugField(max_length=60, required=False)
    parent: Any = serializers.PrimaryKeyRelatedField(
        queryset=Operation.objects.all(), required=False, allow_null=True
    )
    aim = serializers.CharField(max_length=1000)
    starts_on = serializers.DateField(required=False)
    ends_on = serializers.DateField(required=False, allow_null=True)
    areas = serializers.PrimaryKeyRelatedField(
        queryset=Unit.objects.all(), many=True, required=False
    )
    offence_group = serializers.PrimaryKeyRelatedField(
        queryset=OffenceGroup.objects.all(), required=False, allow_null=True
    )
    note = serializers.CharField(max_length=2000, required=False, allow_blank=True)


class OperationAmendInput(OperationInput):
    version = serializers.IntegerField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("name", "aim"):
            self.fields[name].required = False
        self.fields.pop("slug")


class OperationStepInput(StrictInput):
    on = serializers.DateField(required=False)
    reason = serializers.CharField(max_length=500)


class OperationReasonInput(StrictInput):
    reason = serializers.CharField(max_length=500)


class OperationVersionInput(serializers.Serializer[Any]):
    """Beside the fields of the part."""

    version = serializers.IntegerField()


class OperationFigureSerializer(serializers.Serializer[Any]):
    slug = serializers.CharField()
    title = serializers.CharField()
    count = serializers.IntegerField()
    pounds = serializers.IntegerField(allow_null=True)


class OperationSentenceSerializer(serializers.Serializer[Any]):
    kind = serializers.CharField()
    sentenced_on = serializers.DateField()
    months = serializers.IntegerField(allow_null=True)
    offence = serializers.CharField(source="conviction.title")


class OperationResultsSerializer(serializers.Serializer[Any]):
    operations = serializers.ListField(child=serializers.CharField(), source="scope.slugs")
    answer = serializers.CharField()
    figures = OperationFigureSerializer(many=True)
    sentences = OperationSentenceSerializer(many=True)


class OperationResultsParameters(serializers.Serializer[Any]):
    family = serializers.BooleanField(default=True)
    until = serializers.DateField(required=False)


class OperationListApi(ListApi):
    access = READ_WRITE
    serializer_class = OperationSerializer
    filterset_class = OperationFilter

    def get_queryset(self) -> QuerySet[Operation]:
        return operations()

    @extend_schema(request=OperationInput, responses={201: OperationSerializer})
    def post(self, request: Request) -> Response:
        made = record_operation(by=person(request), **_checked(OperationInput, request))
        return Response(OperationSerializer(made).data, HTTP_201_CREATED)


class OperationDetailApi(Api):
    """One operation. A change names the `version` that it was made from: 409 when that is stale."""

    access = {"GET": Permission.OPERATION_VIEW, "PATCH": Permission.OPERATION_CHANGE}

    @extend_schema(responses=OperationDetailSerializer)
    def get(self, request: Request, slug: str) -> Response:
        found = _operation(slug)
        audit.record(by=person(request), action=audit.Action.RECORD_VIEWED, target=found)
        return Response(OperationDetailSerializer(found).data)

    @extend_schema(request=OperationAmendInput, responses=OperationDetailSerializer)
    def patch(self, request: Request, slug: str) -> Response:
        found = _operation(slug)
        said = _checked(OperationAmendInput, request)
        amend_operation(by=person(request), operation=found, **said)
        return Response(OperationDetailSerializer(_operation(slug)).data)


class OperationStepApi(Api):
    """One step of its life. What is not open is answered 400 with its sentence."""

    access = {"POST": Permission.OPERATION_CHANGE}

    @extend_schema(request=OperationStepInput, responses=OperationSerializer)
    def post(self, request: Request, slug: str, step: str) -> Response:
        found = _operation(slug)
        if step not in OPERATION.steps:
            raise Http404("An operation has no such step.")
        said = _checked(OperationStepInput, request)
        done = take_step(by=person(request), operation=found, step=step, **said)
        return Response(OperationSerializer(done).data)


class OperationResultsApi(Api):
    """What it achieved: the figures of its page. Nobody is named."""

    access = {"GET": Permission.OPERATION_VIEW}
    parameters_class = OperationResultsParameters

    @extend_schema(parameters=[OperationResultsParameters], responses=OperationResultsSerializer)
    def get(self, request: Request, slug: str) -> Response:
        found: Results = results_of(_operation(slug), **self.parameters())
        return Response(OperationResultsSerializer(found).data)


class OperationPartsApi(Api):
    """What belongs to it, by kind: officers, nominals, arrests, convictions, crimes, vehicles,
    premises, property, counties."""

    access = READ_WRITE

    @extend_schema(responses=OpenApiTypes.OBJECT)
    def get(self, request: Request, slug: str, part: str) -> Response:
        kind, found = _kind(request, part), _operation(slug)
        rows = list(_rows(kind, found))
        if kind.people and rows:
            seen = sorted({_nominal_of(row) for row in rows})
            action = audit.Action.NOMINAL_VIEWED
            audit.record(by=person(request), action=action, target=found, detail={part: seen})
        return Response(PART_SERIALIZERS[part](rows, many=True).data)

    @extend_schema(request=OpenApiTypes.OBJECT, responses={201: OpenApiTypes.OBJECT})
    def post(self, request: Request, slug: str, part: str) -> Response:
        kind, found, by = _kind(request, part), _operation(slug), person(request)
        said = PART_SERIALIZERS[part](data=request.data)
        said.is_valid(raise_exception=True)
        facts = dict(said.validated_data)
        made = kind.model(operation=found, **{k: v for k, v in facts.items() if k != "is_shared"})
        if kind.people:
            nominal_for(by, _nominal_of(made), why="operation")
        row = add_part(kind.model, by=by, operation=found, **facts)
        return Response(PART_SERIALIZERS[part](row).data, HTTP_201_CREATED)


class OperationPartApi(Api):
    """What has ended gets its last day; removed is what was never true. A change names the
    `version` that it was made from: 409 when that is stale. A link is removed and made anew."""

    access = {"PATCH": Permission.OPERATION_CHANGE, "DELETE": Permission.OPERATION_CHANGE}

    @extend_schema(request=OpenApiTypes.OBJECT, responses=OpenApiTypes.OBJECT)
    def patch(self, request: Request, slug: str, part: str, row: int) -> Response:
        found, by = _part(request, slug, part, row), person(request)
        if PARTS[part].fixed:
            raise serializers.ValidationError("A link is not changed: remove it, and make it anew.")
        facts = _changes(PART_SERIALIZERS[part], found, request)
        if PARTS[part].people:
            for nominal in {found.nominal, facts.get("nominal", found.nominal)}:
                nominal_for(by, nominal.pk, why="operation")
        return Response(PART_SERIALIZERS[part](amend_part(found, by=by, **facts)).data)

    @extend_schema(request=OperationReasonInput, responses={204: None})
    def delete(self, request: Request, slug: str, part: str, row: int) -> Response:
        found = _part(request, slug, part, row)
        remove_part(found, by=person(request), **_checked(OperationReasonInput, request))
        return Response(status=HTTP_204_NO_CONTENT)


def _part(request: Request, slug: str, part: str, row: int) -> Any:
    kind, operation = _kind(request, part), _operation(slug)
    found = open_rows(kind.model._default_manager.filter(operation=operation, pk=row)).first()
    if found is None:
        raise Http404(f"The operation has no such {kind.model._meta.verbose_name}.")
    return found


def _changes(serializer_class: Any, found: Any, request: Request) -> dict[str, Any]:
    said = serializer_class(found, data=request.data, partial=True)
    said.is_valid(raise_exception=True)
    return dict(said.validated_data) | _version(request)


def _version(request: Request) -> dict[str, Any]:
    said = OperationVersionInput(data=request.data)
    said.is_valid(raise_exception=True)
    return dict(said.validated_data)


def _rows(kind: PartKind, operation: Operation) -> QuerySet[Any]:
    if kind.model is OperationNominal:
        return open_rows(operation.nominals.live())
    return open_rows(kind.model._default_manager.filter(operation=operation))


def _kind(request: Request, part: str) -> PartKind:
    if part not in PARTS:
        raise Http404(f"There is no such part of an operation: choose from {', '.join(PARTS)}.")
    if PARTS[part].people:
        can_see_nominals(person(request)).require()
    return PARTS[part]


def _nominal_of(row: Any) -> int:
    if hasattr(row, "nominal_id"):
        return int(row.nominal_id)
    source = row.arrest if hasattr(row, "arrest_id") else row.conviction
    return int(source.nominal_id)


def _operation(slug: str) -> Operation:
    found = operations().filter(pk=slug).first()
    if found is None:
        raise Http404(f"There is no operation {slug}.")
    return found


def _checked(input_class: Any, request: Request) -> dict[str, Any]:
    said = input_class(data=request.data)
    said.is_valid(raise_exception=True)
    return dict(said.validated_data)
