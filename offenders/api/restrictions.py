"""Who may see a nominal, by the same services as the supervisors' pages."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.status import HTTP_201_CREATED, HTTP_204_NO_CONTENT

from core.access.permissions import Permission
from core.access.person import person
from core.api.base import Api
from core.api.values import StrictInput
from core.models import User
from offenders.models import Exclusion, Restriction, RestrictionClearance
from offenders.models.access import RestrictionKind
from offenders.selectors.nominals import nominal_for
from offenders.selectors.restrictions import access_list
from offenders.services import restrictions as services

SUPERVISE = Permission.NOMINAL_SUPERVISE


class AllowedSerializer(serializers.Serializer[Any]):
    """Somebody who is cleared, or kept out."""

    id = serializers.IntegerField(source="pk")
    user = serializers.CharField(source="user.username")
    reason = serializers.CharField()
    by = serializers.CharField(source="by.username")
    at = serializers.DateTimeField()


class RestrictionSerializer(serializers.ModelSerializer[Restriction]):
    imposed_by = serializers.CharField(source="imposed_by.username")

    class Meta:
        model = Restriction
        fields = ["id", "kind", "contact", "reason", "imposed_by", "imposed_at"]


class AccessListSerializer(serializers.Serializer[Any]):
    restriction = RestrictionSerializer(allow_null=True)
    cleared = AllowedSerializer(many=True)
    excluded = AllowedSerializer(many=True)


class RestrictionInput(StrictInput):
    kind = serializers.ChoiceField(RestrictionKind.choices)
    contact = serializers.CharField(max_length=120, required=False, allow_blank=True)
    reason = serializers.CharField(max_length=2000)


class RestrictionLiftInput(StrictInput):
    reason = serializers.CharField(max_length=1000)


class AllowedInput(StrictInput):
    user = serializers.SlugRelatedField(
        slug_field="username", queryset=User.objects.filter(is_active=True)
    )
    reason = serializers.CharField(max_length=500)


class NominalAccessApi(Api):
    """Its restriction, who is cleared, who is kept out. POST restricts it."""

    access = {"GET": SUPERVISE, "POST": SUPERVISE}

    @extend_schema(responses=AccessListSerializer)
    def get(self, request: Request, pk: int) -> Response:
        nominal = nominal_for(person(request), pk)
        return Response(AccessListSerializer(access_list(nominal)).data)

    @extend_schema(request=RestrictionInput, responses={201: RestrictionSerializer})
    def post(self, request: Request, pk: int) -> Response:
        by = person(request)
        nominal = nominal_for(by, pk)
        row = services.restrict(by=by, nominal=nominal, **_checked(RestrictionInput, request))
        return Response(RestrictionSerializer(row).data, HTTP_201_CREATED)


class RestrictionLiftApi(Api):
    """Asks for it; another supervisor decides, at /approvals/."""

    access = {"POST": SUPERVISE}

    @extend_schema(request=RestrictionLiftInput, responses={201: None})
    def post(self, request: Request, pk: int) -> Response:
        by = person(request)
        row = _restriction(by, pk)
        asked = services.ask_to_lift(
            by=by, restriction=row, **_checked(RestrictionLiftInput, request)
        )
        return Response({"approval": asked.pk}, HTTP_201_CREATED)


class ClearanceListApi(Api):
    access = {"POST": SUPERVISE}

    @extend_schema(request=AllowedInput, responses={201: AllowedSerializer})
    def post(self, request: Request, pk: int) -> Response:
        by = person(request)
        row = services.clear(
            by=by, restriction=_restriction(by, pk), **_checked(AllowedInput, request)
        )
        return Response(AllowedSerializer(row).data, HTTP_201_CREATED)


class ClearanceApi(Api):
    access = {"DELETE": SUPERVISE}

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: int, row: int) -> Response:
        by = person(request)
        rows = RestrictionClearance.objects.filter(restriction__nominal=nominal_for(by, pk))
        services.end_clearance(by=by, clearance=_one(rows, row))
        return Response(status=HTTP_204_NO_CONTENT)


class ExclusionListApi(Api):
    access = {"POST": SUPERVISE}

    @extend_schema(request=AllowedInput, responses={201: AllowedSerializer})
    def post(self, request: Request, pk: int) -> Response:
        by = person(request)
        nominal = nominal_for(by, pk)
        row = services.exclude(by=by, nominal=nominal, **_checked(AllowedInput, request))
        return Response(AllowedSerializer(row).data, HTTP_201_CREATED)


class ExclusionApi(Api):
    access = {"DELETE": SUPERVISE}

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: int, row: int) -> Response:
        by = person(request)
        rows = Exclusion.objects.filter(nominal=nominal_for(by, pk))
        services.end_exclusion(by=by, exclusion=_one(rows, row))
        return Response(status=HTTP_204_NO_CONTENT)


def _restriction(by: User, nominal: int) -> Restriction:
    found = access_list(nominal_for(by, nominal)).restriction
    if found is None:
        raise Http404("This record is not restricted.")
    return found


def _one(rows: Any, pk: int) -> Any:
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404("There is no such row.")
    return found


def _checked(input_class: type[StrictInput], request: Request) -> dict[str, Any]:
    said = input_class(data=request.data)
    said.is_valid(raise_exception=True)
    return dict(said.validated_data)
