"""Court bail and the library of remand applications by API."""

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
from core.api.values import StrictInput, record_of
from offenders.api.bail import checked
from offenders.bail_list import RemandFilter
from offenders.models import Arrest, CourtBail, Disclosure, RemandApplication
from offenders.models.remand import Ground, RemandResult, TagRequest
from offenders.models.scope import open_rows
from offenders.selectors.bail import applications
from offenders.selectors.nominals import nominal_for
from offenders.services.remand import (
    amend_court_bail,
    end_court_bail,
    record_court_bail,
    record_remand_application,
    record_result,
    share_application,
)

NEWEST = 200


class CourtBailInput(StrictInput):
    nominal = serializers.IntegerField(min_value=1)
    arrest = serializers.PrimaryKeyRelatedField(queryset=Arrest.objects.all(), required=False)
    court = serializers.CharField(max_length=120)
    granted_on = serializers.DateField()
    conditions = serializers.CharField(required=False)
    next_hearing_on = serializers.DateField(required=False)
    tag = serializers.ChoiceField(TagRequest.choices, required=False)
    tag_note = serializers.CharField(max_length=300, required=False)


class CourtBailSerializer(serializers.ModelSerializer[CourtBail]):
    class Meta:
        model = CourtBail
        fields = [
            "id",
            "nominal",
            "arrest",
            "court",
            "granted_on",
            "conditions",
            "next_hearing_on",
            "tag",
            "tag_note",
            "ended_on",
            "version",
        ]


class RemandInput(StrictInput):
    nominal = serializers.IntegerField(min_value=1)
    arrest = serializers.PrimaryKeyRelatedField(queryset=Arrest.objects.all(), required=False)
    court = serializers.CharField(max_length=120)
    applied_on = serializers.DateField()
    offence = serializers.CharField(max_length=200)
    grounds = serializers.ListField(
        child=serializers.ChoiceField(Ground.choices), allow_empty=False
    )
    text = serializers.CharField()
    asks_for_tag = serializers.BooleanField(required=False)


class ResultInput(StrictInput):
    result = serializers.ChoiceField(RemandResult.choices)
    on = serializers.DateField()
    lessons = serializers.CharField(required=False)
    is_shareable = serializers.BooleanField(required=False)
    version = serializers.IntegerField(min_value=1)


class ShareInput(StrictInput):
    recipient = serializers.CharField(max_length=200)
    why = serializers.CharField(max_length=300)
    is_checked = serializers.BooleanField()


class RemandSerializer(serializers.ModelSerializer[RemandApplication]):
    class Meta:
        model = RemandApplication
        fields = [
            "id",
            "nominal",
            "arrest",
            "court",
            "applied_on",
            "offence",
            "grounds",
            "text",
            "asks_for_tag",
            "result",
            "result_on",
            "lessons",
            "is_shareable",
            "version",
        ]


class DisclosureSerializer(serializers.ModelSerializer[Disclosure]):
    by = serializers.CharField(source="by.username")

    class Meta:
        model = Disclosure
        fields = ["id", "application", "recipient", "why", "at", "by"]


class CourtBailChangeInput(StrictInput):
    """`version` is that of the bail as the caller read it."""

    version = serializers.IntegerField(min_value=1)
    conditions = serializers.CharField(required=False, allow_blank=True)
    next_hearing_on = serializers.DateField(required=False, allow_null=True)
    tag = serializers.ChoiceField(TagRequest.choices, required=False)
    tag_note = serializers.CharField(max_length=300, required=False, allow_blank=True)


class CourtBailEndInput(StrictInput):
    version = serializers.IntegerField(min_value=1)
    on = serializers.DateField()
    reason = serializers.CharField(max_length=200)


class CourtBailListApi(Api):
    access = {"POST": Permission.NOMINAL_CHANGE}

    @extend_schema(request=CourtBailInput, responses={201: CourtBailSerializer})
    def post(self, request: Request) -> Response:
        by, said = person(request), checked(CourtBailInput, request)
        said["nominal"] = nominal_for(by, said["nominal"], why="court bail")
        made = record_court_bail(by=by, **said)
        return Response(CourtBailSerializer(made).data, HTTP_201_CREATED)


class CourtBailDetailApi(Api):
    access = {"GET": Permission.NOMINAL_VIEW, "PATCH": Permission.NOMINAL_CHANGE}

    @extend_schema(responses=CourtBailSerializer)
    def get(self, request: Request, pk: int) -> Response:
        return Response(CourtBailSerializer(_court_bail(request, pk)).data)

    @extend_schema(request=CourtBailChangeInput, responses=CourtBailSerializer)
    def patch(self, request: Request, pk: int) -> Response:
        said, found = checked(CourtBailChangeInput, request), _court_bail(request, pk)
        amend_court_bail(by=person(request), bail=found, **said)
        return Response(CourtBailSerializer(CourtBail.objects.get(pk=pk)).data)


class CourtBailEndApi(Api):
    access = {"POST": Permission.NOMINAL_CHANGE}

    @extend_schema(request=CourtBailEndInput, responses=CourtBailSerializer)
    def post(self, request: Request, pk: int) -> Response:
        said, found = checked(CourtBailEndInput, request), _court_bail(request, pk)
        end_court_bail(by=person(request), bail=found, **said)
        return Response(CourtBailSerializer(CourtBail.objects.get(pk=pk)).data)


class RemandListApi(FilteredApi):
    """The newest 200 applications, or those that the filter leaves."""

    filterset_class = RemandFilter

    access = {"GET": Permission.NOMINAL_VIEW, "POST": Permission.NOMINAL_CHANGE}

    @extend_schema(parameters=parameters_of(RemandFilter), responses=RemandSerializer(many=True))
    def get(self, request: Request) -> Response:
        rows = list(self.narrowed(open_rows(applications()))[:NEWEST])
        seen = {"remand applications": request.GET.urlencode()}
        audit.record(by=person(request), action=audit.Action.NOMINAL_VIEWED, detail=seen)
        return Response(RemandSerializer(rows, many=True).data)

    @extend_schema(request=RemandInput, responses={201: RemandSerializer})
    def post(self, request: Request) -> Response:
        by, said = person(request), checked(RemandInput, request)
        said["nominal"] = nominal_for(by, said["nominal"], why="remand")
        made = record_remand_application(by=by, **said)
        return Response(RemandSerializer(made).data, HTTP_201_CREATED)


class RemandDetailApi(Api):
    access = {"GET": Permission.NOMINAL_VIEW}

    @extend_schema(responses=RemandSerializer)
    def get(self, request: Request, pk: int) -> Response:
        return Response(RemandSerializer(_application(request, pk)).data)


class RemandResultApi(Api):
    access = {"POST": Permission.NOMINAL_CHANGE}

    @extend_schema(request=ResultInput, responses=RemandSerializer)
    def post(self, request: Request, pk: int) -> Response:
        said = checked(ResultInput, request)
        found = _application(request, pk)
        made = record_result(by=person(request), application=found, **said)
        return Response(RemandSerializer(made).data)


class RemandShareApi(Api):
    """Records that an application is passed on: to whom and why."""

    access = {"POST": Permission.NOMINAL_CHANGE}

    @extend_schema(request=ShareInput, responses={201: DisclosureSerializer})
    def post(self, request: Request, pk: int) -> Response:
        said = checked(ShareInput, request)
        found = _application(request, pk)
        made = share_application(by=person(request), application=found, **said)
        return Response(DisclosureSerializer(made).data, HTTP_201_CREATED)


def _court_bail(request: Request, pk: int) -> CourtBail:
    """After one look at its nominal in the log."""
    found: CourtBail = record_of(CourtBail, pk)
    nominal_for(person(request), found.nominal_id, why="court bail")
    return found


def _application(request: Request, pk: int) -> RemandApplication:
    """After one look at its nominal in the log."""
    found = applications().filter(pk=pk).first()
    if found is None:
        raise Http404(f"There is no remand application {pk}.")
    nominal_for(person(request), found.nominal_id, why="remand")
    return found
