"""Voluntary attendances by the same services as the pages."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.status import HTTP_201_CREATED

from core.access.permissions import Permission
from core.access.person import person
from core.api.base import Api
from core.api.values import StrictInput, record_of
from offenders.models import VoluntaryAttendance
from offenders.selectors.nominals import nominal_for
from offenders.services.attendances import amend_attendance, record_attendance


class AttendanceInput(StrictInput):
    nominal = serializers.IntegerField(min_value=1)
    attended_at = serializers.DateTimeField()
    station = serializers.CharField(max_length=80)
    reason = serializers.CharField(max_length=200)
    appropriate_adult = serializers.CharField(max_length=120, required=False)
    result = serializers.CharField(max_length=200, required=False)


class AttendanceChangeInput(StrictInput):
    """`version` is that of the attendance as the caller read it."""

    version = serializers.IntegerField(min_value=1)
    station = serializers.CharField(max_length=80, required=False)
    reason = serializers.CharField(max_length=200, required=False)
    appropriate_adult = serializers.CharField(max_length=120, required=False, allow_blank=True)
    result = serializers.CharField(max_length=200, required=False, allow_blank=True)


class AttendanceSerializer(serializers.ModelSerializer[VoluntaryAttendance]):
    class Meta:
        model = VoluntaryAttendance
        fields = [
            "id",
            "nominal",
            "attended_at",
            "station",
            "reason",
            "appropriate_adult",
            "result",
            "version",
        ]


class AttendanceListApi(Api):
    access = {"POST": Permission.NOMINAL_CHANGE}

    @extend_schema(request=AttendanceInput, responses={201: AttendanceSerializer})
    def post(self, request: Request) -> Response:
        by, said = person(request), _checked(AttendanceInput, request)
        said["nominal"] = nominal_for(by, said["nominal"], why="attendance")
        made = record_attendance(by=by, officer=by, **said)
        return Response(AttendanceSerializer(made).data, HTTP_201_CREATED)


class AttendanceDetailApi(Api):
    """What came of it is added by PATCH."""

    access = {"GET": Permission.NOMINAL_VIEW, "PATCH": Permission.NOMINAL_CHANGE}

    @extend_schema(responses=AttendanceSerializer)
    def get(self, request: Request, pk: int) -> Response:
        return Response(AttendanceSerializer(_attendance(request, pk)).data)

    @extend_schema(request=AttendanceChangeInput, responses=AttendanceSerializer)
    def patch(self, request: Request, pk: int) -> Response:
        said, found = _checked(AttendanceChangeInput, request), _attendance(request, pk)
        amend_attendance(by=person(request), attendance=found, **said)
        return Response(AttendanceSerializer(VoluntaryAttendance.objects.get(pk=pk)).data)


def _checked(input_class: Any, request: Request) -> dict[str, Any]:
    said = input_class(data=request.data)
    said.is_valid(raise_exception=True)
    return dict(said.validated_data)


def _attendance(request: Request, pk: int) -> VoluntaryAttendance:
    """After one look at its nominal in the log."""
    found: VoluntaryAttendance = record_of(VoluntaryAttendance, pk)
    nominal_for(person(request), found.nominal_id, why="attendance")
    return found
