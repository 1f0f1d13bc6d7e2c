"""Crime series, by the same services as the pages."""

from typing import Any

from django.db.models import QuerySet
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
from core.api.values import StrictInput, ValuesList, columns
from core.models import Unit, User
from offenders.api.nominal_fields import NominalByKey
from offenders.api.serializers import ReasonInput
from offenders.models import Crime, CrimeSeries, SeriesCrime, SeriesSuspect
from offenders.models.series import Standing
from offenders.selectors.officers import officers
from offenders.selectors.series import Content, all_series
from offenders.series_list import SeriesFilter
from offenders.services import series as services

READ_WRITE = {"GET": Permission.NOMINAL_VIEW, "POST": Permission.NOMINAL_CHANGE}
FACTS = ["ref", "name", "method", "unit", "opened_on"]


class SeriesSerializer(serializers.ModelSerializer[CrimeSeries]):
    officer = serializers.CharField(source="owner__username", help_text="Who owns it")
    crimes = serializers.IntegerField()
    suspected = serializers.IntegerField()

    class Meta:
        model = CrimeSeries
        fields = [
            "id",
            *FACTS,
            "state",
            "officer",
            "closed_on",
            "closed_why",
            "crimes",
            "suspected",
            "version",
        ]


class SeriesCrimeSerializer(serializers.ModelSerializer[SeriesCrime]):
    crime_ref = serializers.CharField(source="crime_id")
    linked_by = serializers.CharField(source="linked_by.username")

    class Meta:
        model = SeriesCrime
        fields = ["id", "crime_ref", "why", "linked_by", "linked_at", "unlinked_at", "unlinked_why"]


class SeriesSuspectSerializer(serializers.ModelSerializer[SeriesSuspect]):
    named_by = serializers.CharField(source="named_by.username")

    class Meta:
        model = SeriesSuspect
        fields = ["id", "nominal", "standing", "why", "named_by", "named_at", "decided_why"]


class SeriesDetailSerializer(SeriesSerializer):
    links = SeriesCrimeSerializer(many=True)
    suspects = SeriesSuspectSerializer(many=True)

    class Meta(SeriesSerializer.Meta):
        fields = [*SeriesSerializer.Meta.fields, "links", "suspects"]


class SeriesChangeInput(StrictInput, serializers.ModelSerializer[CrimeSeries]):
    """The owner by their user name."""

    officer = serializers.SlugRelatedField(
        "username", source="owner", queryset=User.objects.none(), required=False
    )
    unit = serializers.PrimaryKeyRelatedField(
        queryset=Unit.objects.all(), allow_null=True, required=False
    )

    class Meta:
        model = CrimeSeries
        fields = ["name", "method", "unit", "officer"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        officer: Any = self.fields["officer"]
        officer.queryset = officers()


class SeriesInput(SeriesChangeInput):
    """`crime_ref` is its first crime, and `why` says why it belongs."""

    crime_ref = serializers.PrimaryKeyRelatedField(
        source="crime", queryset=Crime.objects.all(), required=False
    )
    why = serializers.CharField(max_length=500, required=False)

    class Meta:
        model = CrimeSeries
        fields = [*FACTS, "officer", "crime_ref", "why"]
        extra_kwargs = {"ref": {"required": False}, "opened_on": {"required": False}}


class SeriesAmendInput(SeriesChangeInput):
    version = serializers.IntegerField(min_value=1)

    class Meta(SeriesChangeInput.Meta):
        fields = [*SeriesChangeInput.Meta.fields, "version"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in SeriesChangeInput.Meta.fields:
            self.fields[name].required = False


class SeriesLinkInput(StrictInput):
    crime_ref = serializers.PrimaryKeyRelatedField(source="crime", queryset=Crime.objects.all())
    why = serializers.CharField(max_length=500)


class SeriesSuspectInput(StrictInput):
    nominal = NominalByKey()
    why = serializers.CharField(max_length=500)


class SeriesStandingInput(ReasonInput):
    standing = serializers.ChoiceField(Standing.choices)


class SeriesCloseInput(ReasonInput):
    on = serializers.DateField(required=False)


class SeriesListApi(ValuesList):
    """Crime series, newest first, and the door for a new one."""

    access = READ_WRITE
    queryset = CrimeSeries.objects.all()
    serializer_class = SeriesSerializer
    filterset_class = SeriesFilter

    def get_queryset(self) -> QuerySet[CrimeSeries]:
        return all_series()

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        query = request.query_params.urlencode()
        audit.record_listed(by=person(request), path=request.path, query=query)
        return super().list(request, *args, **kwargs)

    @extend_schema(request=SeriesInput, responses={201: SeriesDetailSerializer})
    def post(self, request: Request) -> Response:
        by = person(request)
        made = services.open_series(by=by, **_checked(SeriesInput, request))
        return Response(_shown(by, made.pk), HTTP_201_CREATED)


class SeriesDetailApi(Api):
    """One series with its crimes and suspects. A change names the `version` it was made from."""

    access = {"GET": Permission.NOMINAL_VIEW, "PATCH": Permission.NOMINAL_CHANGE}

    @extend_schema(responses=SeriesDetailSerializer)
    def get(self, request: Request, pk: int) -> Response:
        return Response(_shown(person(request), _series(pk).pk))

    @extend_schema(request=SeriesAmendInput, responses=SeriesDetailSerializer)
    def patch(self, request: Request, pk: int) -> Response:
        by, series = person(request), _series(pk)
        services.amend_series(by=by, series=series, **_checked(SeriesAmendInput, request))
        return Response(_shown(by, pk))


class SeriesCrimesApi(Api):
    access = {"POST": Permission.NOMINAL_CHANGE}

    @extend_schema(request=SeriesLinkInput, responses={201: SeriesDetailSerializer})
    def post(self, request: Request, pk: int) -> Response:
        by, series = person(request), _series(pk)
        services.link_crime(by=by, series=series, **_checked(SeriesLinkInput, request))
        return Response(_shown(by, pk), HTTP_201_CREATED)


class SeriesUnlinkApi(Api):
    access = {"POST": Permission.NOMINAL_CHANGE}

    @extend_schema(request=ReasonInput, responses=SeriesDetailSerializer)
    def post(self, request: Request, pk: int, link: int) -> Response:
        by, said = person(request), _checked(ReasonInput, request)
        found = SeriesCrime.objects.filter(series=_series(pk), pk=link).first()
        if found is None:
            raise Http404(f"The series {pk} has no such crime.")
        services.unlink_crime(by=by, link=found, **said)
        return Response(_shown(by, pk))


class SeriesSuspectsApi(Api):
    access = {"POST": Permission.NOMINAL_CHANGE}

    @extend_schema(request=SeriesSuspectInput, responses={201: SeriesDetailSerializer})
    def post(self, request: Request, pk: int) -> Response:
        by, series = person(request), _series(pk)
        services.name_suspect(by=by, series=series, **_checked(SeriesSuspectInput, request))
        return Response(_shown(by, pk), HTTP_201_CREATED)


class SeriesStandingApi(Api):
    access = {"POST": Permission.NOMINAL_CHANGE}

    @extend_schema(request=SeriesStandingInput, responses=SeriesDetailSerializer)
    def post(self, request: Request, pk: int, row: int) -> Response:
        by, said = person(request), _checked(SeriesStandingInput, request)
        found = SeriesSuspect.objects.filter(series=_series(pk), pk=row).first()
        if found is None:
            raise Http404(f"The series {pk} has no such suspect.")
        eliminated = said["standing"] == Standing.ELIMINATED
        step = services.eliminate_suspect if eliminated else services.suspect_again
        step(by=by, suspect=found, reason=said["reason"])
        return Response(_shown(by, pk))


class SeriesCloseApi(Api):
    access = {"POST": Permission.NOMINAL_CHANGE}

    @extend_schema(request=SeriesCloseInput, responses=SeriesDetailSerializer)
    def post(self, request: Request, pk: int) -> Response:
        by, said = person(request), _checked(SeriesCloseInput, request)
        services.close_series(by=by, series=_series(pk), **said)
        return Response(_shown(by, pk))


class SeriesReopenApi(Api):
    access = {"POST": Permission.NOMINAL_CHANGE}

    @extend_schema(request=ReasonInput, responses=SeriesDetailSerializer)
    def post(self, request: Request, pk: int) -> Response:
        by, said = person(request), _checked(ReasonInput, request)
        services.reopen_series(by=by, series=_series(pk), **said)
        return Response(_shown(by, pk))


def _checked(input_class: Any, request: Request) -> dict[str, Any]:
    said = input_class(data=request.data)
    said.is_valid(raise_exception=True)
    return dict(said.validated_data)


def _series(pk: int) -> CrimeSeries:
    found = all_series().filter(pk=pk).first()
    if found is None:
        raise Http404(f"There is no crime series {pk}.")
    return found


def _shown(by: User, pk: int) -> dict[str, Any]:
    """With one look in the log that names every suspect."""
    series = _series(pk)
    content = Content(series)
    seen = {f"series {series.ref}": [row.nominal_id for row in content.suspects]}
    audit.record(by=by, action=audit.Action.NOMINAL_VIEWED, target=series, detail=seen)
    facts = columns(all_series().filter(pk=pk), SeriesSerializer).get()
    return facts | {
        "links": SeriesCrimeSerializer(content.linked + content.unlinked, many=True).data,
        "suspects": SeriesSuspectSerializer(content.suspects, many=True).data,
    }
