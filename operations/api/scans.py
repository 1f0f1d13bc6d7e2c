"""The daily scan by the same services as the pages."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.status import HTTP_201_CREATED

from core.access.permissions import Permission
from core.access.person import person
from core.api.base import Api
from core.api.values import StrictInput
from core.models import Unit
from offenders.models import CrimeSeries
from operations.api.actions import ActionInput, action_said
from operations.models import Mark, Scan, ScanRow
from operations.selectors.scan_page import Line, page_of, record_look
from operations.selectors.scans import scans
from operations.services import scans as services

LATEST = 100


class ScanInput(StrictInput):
    area = serializers.PrimaryKeyRelatedField(queryset=Unit.objects.all())


class ScanFinishInput(StrictInput):
    handover = serializers.CharField(max_length=2000, required=False)


class RowMarkInput(StrictInput):
    mark = serializers.ChoiceField([Mark.SEEN.value, Mark.NO_ACTION.value])
    note = serializers.CharField(max_length=300, required=False, allow_blank=True)
    version = serializers.IntegerField(min_value=1, required=False)


class RowLinkInput(StrictInput):
    series = serializers.PrimaryKeyRelatedField(queryset=CrimeSeries.objects.all())
    why = serializers.CharField(max_length=300)
    version = serializers.IntegerField(min_value=1, required=False)


class ScanSerializer(serializers.ModelSerializer[Scan]):
    started_by = serializers.CharField(source="started_by.username")
    finished_by = serializers.CharField(source="finished_by.username", default=None)
    total = serializers.IntegerField()
    unseen = serializers.IntegerField()

    class Meta:
        model = Scan
        fields = [
            "id",
            "area",
            "started_at",
            "started_by",
            "starts_at",
            "ends_at",
            "finished_at",
            "finished_by",
            "covers",
            "handover",
            "total",
            "unseen",
        ]


class EarlierSerializer(serializers.Serializer[Any]):
    ref = serializers.CharField()
    title = serializers.CharField()
    at = serializers.DateTimeField()
    metres = serializers.IntegerField(allow_null=True)
    days = serializers.IntegerField()


class FactSerializer(serializers.Serializer[Any]):
    text = serializers.CharField()
    rule = serializers.CharField()


class NeighbourSerializer(serializers.Serializer[Any]):
    nominal = serializers.IntegerField(source="nominal.pk")
    metres = serializers.IntegerField()
    facts = FactSerializer(many=True)


class ScanRowSerializer(serializers.ModelSerializer[ScanRow]):
    marked_by = serializers.CharField(source="marked_by.username", default=None)

    class Meta:
        model = ScanRow
        fields = [
            "position",
            "crime",
            "incident",
            "mark",
            "note",
            "series",
            "marked_by",
            "marked_at",
            "version",
        ]


class ScanLineSerializer(serializers.Serializer[Line]):
    row = ScanRowSerializer()
    title = serializers.CharField()
    told_at = serializers.DateTimeField()
    same_victim = EarlierSerializer(many=True, source="victim")
    same_place = EarlierSerializer(many=True, source="same")
    near = EarlierSerializer(many=True)
    neighbours = NeighbourSerializer(many=True)


class ScanDetailSerializer(ScanSerializer):
    rows = ScanLineSerializer(many=True, source="lines")

    class Meta(ScanSerializer.Meta):
        fields = [*ScanSerializer.Meta.fields, "rows"]


class ScanListApi(Api):
    """The latest scans; a POST starts one, or answers the one of the area that runs."""

    access = {"GET": Permission.SCAN_CHANGE, "POST": Permission.SCAN_CHANGE}

    @extend_schema(responses=ScanSerializer(many=True))
    def get(self, request: Request) -> Response:
        return Response(ScanSerializer(scans()[:LATEST], many=True).data)

    @extend_schema(request=ScanInput, responses={201: ScanSerializer})
    def post(self, request: Request) -> Response:
        said = _checked(ScanInput, request)
        made = services.start_scan(by=person(request), **said)
        return Response(ScanSerializer(scans().get(pk=made.pk)).data, HTTP_201_CREATED)


class ScanDetailApi(Api):
    """With every row and what is known of its place. The look at the nominals is logged."""

    access = {"GET": Permission.SCAN_CHANGE}

    @extend_schema(responses=ScanDetailSerializer)
    def get(self, request: Request, pk: int) -> Response:
        scan = _scan(pk)
        page = page_of(scan)
        record_look(person(request), scan, page.seen_nominals)
        scan.lines = page.lines  # type: ignore[attr-defined]  # for the serializer
        return Response(ScanDetailSerializer(scan).data)


class ScanFinishApi(Api):
    access = {"POST": Permission.SCAN_CHANGE}

    @extend_schema(request=ScanFinishInput, responses=ScanSerializer)
    def post(self, request: Request, pk: int) -> Response:
        scan, said = _scan(pk), _checked(ScanFinishInput, request)
        services.finish_scan(by=person(request), scan=scan, **said)
        return Response(ScanSerializer(_scan(pk)).data)


class ScanRowStepApi(Api):
    """`mark` takes mark and note; `link` series and why; `action` what raising an action takes."""

    access = {"POST": Permission.SCAN_CHANGE}

    @extend_schema(request=RowMarkInput, responses=ScanRowSerializer)
    def post(self, request: Request, pk: int, position: int, step: str) -> Response:
        row = ScanRow.objects.filter(scan=pk, position=position).first()
        if row is None or step not in {"mark", "link", "action"}:
            raise Http404(f"There is no row {position} in the scan {pk}, or no such step.")
        by = person(request)
        if step == "link":
            services.link_row(by=by, row=row, **_checked(RowLinkInput, request))
        elif step == "mark":
            services.mark_row(by=by, row=row, **_checked(RowMarkInput, request))
        else:
            services.act_on_row(by=by, row=row, **action_said(by, _checked(ActionInput, request)))
        row.refresh_from_db()
        return Response(ScanRowSerializer(row).data)


def _checked(input_class: Any, request: Request) -> dict[str, Any]:
    said = input_class(data=request.data)
    said.is_valid(raise_exception=True)
    return dict(said.validated_data)


def _scan(pk: int) -> Scan:
    found = scans().filter(pk=pk).first()
    if found is None:
        raise Http404(f"There is no scan {pk}.")
    return found
