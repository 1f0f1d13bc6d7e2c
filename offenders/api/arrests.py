"""Arrests and what they were for, by the same services as the pages."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.status import HTTP_201_CREATED

from core import audit
from core.access.permissions import Permission
from core.access.person import person
from core.api.base import Api, ListApi
from core.api.values import StrictInput, record_of
from core.models import Unit, UnitKind, User
from offenders.api.serializers import ReasonInput
from offenders.filters import LoggedArrestFilter
from offenders.models import Arrest, ArrestOffence, Crime, TrialMode
from offenders.models.scope import open_rows
from offenders.selectors.nominals import nominal_for
from offenders.services.arrest_offences import add_offence, amend_offence, remove_offence
from offenders.services.arrests import ArrestedFor, amend_arrest, record_arrest


class OffenceInput(StrictInput):
    mode = serializers.ChoiceField(TrialMode.choices)
    crime_ref = serializers.PrimaryKeyRelatedField(
        source="crime", queryset=Crime.objects.select_related("offence"), required=False
    )
    title = serializers.CharField(max_length=200, required=False)


class ArrestInput(StrictInput):
    nominal = serializers.IntegerField(min_value=1)
    arrested_at = serializers.DateTimeField()
    place = serializers.CharField(max_length=200)
    district = serializers.PrimaryKeyRelatedField(
        queryset=Unit.objects.filter(kind=UnitKind.DISTRICT), allow_null=True, required=False
    )
    arresting_officer = serializers.SlugRelatedField(
        slug_field="username", queryset=User.objects.filter(is_active=True), required=False
    )
    operation = serializers.CharField(max_length=80, required=False)
    ref = serializers.CharField(max_length=40, required=False)
    offences = OffenceInput(many=True, allow_empty=False)


class ArrestChangeInput(StrictInput):
    """`version` is that of the arrest as the caller read it."""

    version = serializers.IntegerField(min_value=1)
    place = serializers.CharField(max_length=200, required=False)
    district = serializers.PrimaryKeyRelatedField(
        queryset=Unit.objects.filter(kind=UnitKind.DISTRICT), allow_null=True, required=False
    )
    operation = serializers.CharField(max_length=80, required=False, allow_blank=True)
    ref = serializers.CharField(max_length=40, required=False, allow_blank=True)
    note = serializers.CharField(required=False, allow_blank=True)


class OffenceChangeInput(StrictInput):
    """The offence as it should be: what is left out is taken off it."""

    mode = serializers.ChoiceField(TrialMode.choices)
    crime_ref = serializers.PrimaryKeyRelatedField(
        source="crime", queryset=Crime.objects.select_related("offence"), default=None
    )
    title = serializers.CharField(max_length=200, default="")


class OffenceSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    title = serializers.CharField()
    mode = serializers.ChoiceField(TrialMode.choices)
    crime_ref = serializers.CharField(allow_null=True)


class ArrestSerializer(serializers.ModelSerializer[Arrest]):
    arresting_officer = serializers.CharField(source="arresting_officer.username")
    offences = serializers.SerializerMethodField()

    class Meta:
        model = Arrest
        fields = [
            "id",
            "nominal",
            "arrested_at",
            "place",
            "district",
            "arresting_officer",
            "operation",
            "ref",
            "note",
            "offences",
            "version",
        ]

    @extend_schema_field(OffenceSerializer(many=True))
    def get_offences(self, arrest: Arrest) -> list[dict[str, Any]]:
        return [
            {"id": found.pk, "title": found.title, "mode": found.mode, "crime_ref": found.crime_id}
            for found in arrest.offences.all()
        ]


class ArrestListApi(ListApi):
    """Arrests, newest first; the look is logged. POST logs one."""

    access = {"GET": Permission.NOMINAL_VIEW, "POST": Permission.NOMINAL_CHANGE}
    queryset = Arrest.objects.select_related("arresting_officer").prefetch_related("offences")
    serializer_class = ArrestSerializer
    filterset_class = LoggedArrestFilter

    def get_queryset(self) -> QuerySet[Arrest]:
        return open_rows(super().get_queryset())

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        page = super().list(request, *args, **kwargs)
        seen = {"arrests": sorted({row["nominal"] for row in page.data["results"]})}
        audit.record(by=person(request), action=audit.Action.NOMINAL_VIEWED, detail=seen)
        return page

    @extend_schema(request=ArrestInput, responses={201: ArrestSerializer})
    def post(self, request: Request) -> Response:
        by, said = person(request), _checked(ArrestInput, request)
        said["nominal"] = nominal_for(by, said["nominal"], why="arrest")
        offences = [ArrestedFor(**offence) for offence in said.pop("offences")]
        made = record_arrest(by=by, offences=offences, **{"arresting_officer": by} | said)
        return Response(ArrestSerializer(made).data, HTTP_201_CREATED)


class ArrestDetailApi(Api):
    """What was misheard at the roadside is corrected by PATCH; the offences have their own way."""

    access = {"GET": Permission.NOMINAL_VIEW, "PATCH": Permission.NOMINAL_CHANGE}

    @extend_schema(request=ArrestChangeInput, responses=ArrestSerializer)
    def patch(self, request: Request, pk: int) -> Response:
        said, arrest = _checked(ArrestChangeInput, request), arrest_of(request, pk)
        amend_arrest(by=person(request), arrest=arrest, **said)
        return Response(ArrestSerializer(Arrest.objects.get(pk=pk)).data)

    @extend_schema(responses=ArrestSerializer)
    def get(self, request: Request, pk: int) -> Response:
        return Response(ArrestSerializer(arrest_of(request, pk)).data)


class ArrestOffencesApi(Api):
    access = {"POST": Permission.NOMINAL_CHANGE}

    @extend_schema(request=OffenceInput, responses={201: ArrestSerializer})
    def post(self, request: Request, pk: int) -> Response:
        said, arrest = _checked(OffenceInput, request), arrest_of(request, pk)
        add_offence(by=person(request), arrest=arrest, wanted=ArrestedFor(**said))
        return Response(ArrestSerializer(Arrest.objects.get(pk=pk)).data, HTTP_201_CREATED)


class ArrestOffenceApi(Api):
    access = {"PUT": Permission.NOMINAL_CHANGE, "DELETE": Permission.NOMINAL_CHANGE}

    @extend_schema(request=OffenceChangeInput, responses=ArrestSerializer)
    def put(self, request: Request, pk: int, offence: int) -> Response:
        said, found = _checked(OffenceChangeInput, request), _offence(request, pk, offence)
        amend_offence(by=person(request), offence=found, **said)
        return Response(ArrestSerializer(Arrest.objects.get(pk=pk)).data)

    @extend_schema(request=ReasonInput, responses=ArrestSerializer)
    def delete(self, request: Request, pk: int, offence: int) -> Response:
        said, found = _checked(ReasonInput, request), _offence(request, pk, offence)
        remove_offence(by=person(request), offence=found, **said)
        return Response(ArrestSerializer(Arrest.objects.get(pk=pk)).data)


def _checked(input_class: Any, request: Request) -> dict[str, Any]:
    said = input_class(data=request.data)
    said.is_valid(raise_exception=True)
    return dict(said.validated_data)


def _offence(request: Request, pk: int, offence: int) -> ArrestOffence:
    found = arrest_of(request, pk).offences.filter(pk=offence).first()
    if found is None:
        raise Http404(f"The arrest {pk} has no such offence.")
    return found


def arrest_of(request: Request, pk: int) -> Arrest:
    """After one look at its nominal in the log."""
    found: Arrest = record_of(Arrest, pk)
    nominal_for(person(request), found.nominal_id, why="arrest")
    return found
