"""Bail before charge by the same services as the pages, with the same refusals."""

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
from core.dates import today
from core.models import User
from core.ranks import Rank
from offenders.bail_list import BailFilter
from offenders.models import Arrest, Bail, ReleasedUnderInvestigation
from offenders.models.bail import BailState, ConditionKind, TagAnswer
from offenders.models.scope import open_rows
from offenders.policies.bail import ENDS
from offenders.selectors.bail import BailOn, bails
from offenders.selectors.nominals import nominal_for
from offenders.services.bail import (
    Authority,
    Condition,
    designate_exceptional,
    end_bail,
    extend_bail,
    grant_bail,
    record_rui,
    resume_bail,
    suspend_bail,
    vary_bail,
)


class BailConditionInput(StrictInput):
    kind = serializers.ChoiceField(ConditionKind.choices)
    text = serializers.CharField(max_length=300)
    tag_answer = serializers.ChoiceField(TagAnswer.choices, required=False)
    has_consent = serializers.BooleanField(required=False)
    legal_basis = serializers.CharField(required=False)


class BailInput(StrictInput):
    arrest = serializers.PrimaryKeyRelatedField(queryset=Arrest.objects.select_related("nominal"))
    granted_at = serializers.DateTimeField()
    authorised_by = serializers.CharField(max_length=120)
    authorised_rank = serializers.ChoiceField(Rank.choices)
    surrender_at = serializers.DateTimeField(required=False)
    surrender_place = serializers.CharField(max_length=120, required=False)
    is_exceptional = serializers.BooleanField(required=False)
    basis_note = serializers.CharField(required=False)
    victim_views = serializers.CharField(required=False)
    conditions = BailConditionInput(many=True, required=False)


class VersionInput(StrictInput):
    version = serializers.IntegerField(min_value=1)


class VaryInput(VersionInput):
    at = serializers.DateTimeField()
    surrender_at = serializers.DateTimeField(required=False)
    surrender_place = serializers.CharField(max_length=120, required=False)
    victim_views = serializers.CharField(required=False)
    added = BailConditionInput(many=True, required=False)
    removed = serializers.ListField(child=serializers.IntegerField(), required=False)


class ExtendInput(VersionInput):
    """`court_until` is given for an extension by a court, which has no rank."""

    at = serializers.DateTimeField()
    authorised_by = serializers.CharField(max_length=120)
    authorised_rank = serializers.ChoiceField(Rank.choices, required=False)
    reason = serializers.CharField()
    court_until = serializers.DateField(required=False)


class DayInput(VersionInput):
    on = serializers.DateField()


class BailEndInput(VersionInput):
    reason = serializers.ChoiceField([end.value for end in (*ENDS, BailState.LAPSED)])
    at = serializers.DateTimeField()
    note = serializers.CharField(required=False)
    is_offence = serializers.BooleanField(required=False)


class ReleaseInput(StrictInput):
    arrest = serializers.PrimaryKeyRelatedField(queryset=Arrest.objects.select_related("nominal"))
    from_at = serializers.DateTimeField()
    reason = serializers.CharField(required=False)


class ReleaseSerializer(serializers.ModelSerializer[ReleasedUnderInvestigation]):
    class Meta:
        model = ReleasedUnderInvestigation
        fields = ["id", "arrest", "from_at", "reason", "ended_at", "ended_reason", "version"]


class BailSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField(source="bail.pk")
    nominal = serializers.IntegerField(source="nominal.pk")
    arrest = serializers.IntegerField(source="bail.arrest_id")
    state = serializers.CharField(source="bail.state")
    regime = serializers.CharField(source="standing.regime")
    granted_at = serializers.DateTimeField(source="bail.granted_at")
    ends_on = serializers.DateField(source="bail.ends_on")
    surrender_at = serializers.DateTimeField(source="bail.surrender_at", allow_null=True)
    alert = serializers.IntegerField(allow_null=True)
    left = serializers.CharField(source="left_words")
    next_extension = serializers.CharField(source="next_words")
    version = serializers.IntegerField(source="bail.version")


class BailListApi(FilteredApi):
    """Everybody on bail before charge, by its end."""

    filterset_class = BailFilter

    access = {"GET": Permission.NOMINAL_VIEW, "POST": Permission.NOMINAL_CHANGE}

    @extend_schema(parameters=parameters_of(BailFilter), responses=BailSerializer(many=True))
    def get(self, request: Request) -> Response:
        rows = [BailOn(bail, today()) for bail in self.narrowed(open_rows(bails().running()))]
        seen = {"bail list": [row.bail.pk for row in rows]}
        audit.record(by=person(request), action=audit.Action.NOMINAL_VIEWED, detail=seen)
        return Response(BailSerializer(rows, many=True).data)

    @extend_schema(request=BailInput, responses={201: BailSerializer})
    def post(self, request: Request) -> Response:
        by, said = person(request), checked(BailInput, request)
        nominal_for(by, said["arrest"].nominal_id, why="bail")
        names = ("granted_at", "authorised_by", "authorised_rank")
        authority = Authority(*(said.pop(name) for name in names))
        wanted = conditions(said.pop("conditions", []))
        made = grant_bail(by=by, authority=authority, conditions=wanted, **said)
        return Response(_shown(made.pk), HTTP_201_CREATED)


class BailDetailApi(Api):
    access = {"GET": Permission.NOMINAL_VIEW}

    @extend_schema(responses=BailSerializer)
    def get(self, request: Request, pk: int) -> Response:
        return Response(_shown(_bail(request, pk).pk))


def _vary(by: User, bail: Bail, said: dict[str, Any]) -> None:
    vary_bail(by=by, bail=bail, added=conditions(said.pop("added", [])), **said)


def _extend(by: User, bail: Bail, said: dict[str, Any]) -> None:
    rank = said.pop("authorised_rank", None)
    authority = Authority(said.pop("at"), said.pop("authorised_by"), rank)
    extend_bail(by=by, bail=bail, authority=authority, **said)


def _suspend(by: User, bail: Bail, said: dict[str, Any]) -> None:
    suspend_bail(by=by, bail=bail, **said)


def _resume(by: User, bail: Bail, said: dict[str, Any]) -> None:
    resume_bail(by=by, bail=bail, **said)


def _designate(by: User, bail: Bail, said: dict[str, Any]) -> None:
    designate_exceptional(by=by, bail=bail, **said)


def _end(by: User, bail: Bail, said: dict[str, Any]) -> None:
    end_bail(by=by, bail=bail, **said)


Step = Callable[[User, Bail, dict[str, Any]], None]
STEPS: dict[str, tuple[type[VersionInput], Step]] = {
    "vary": (VaryInput, _vary),
    "extend": (ExtendInput, _extend),
    "suspend": (DayInput, _suspend),
    "resume": (DayInput, _resume),
    "designate": (VersionInput, _designate),
    "end": (BailEndInput, _end),
}


class BailStepApi(Api):
    """`vary`, `extend`, `suspend`, `resume`, `designate` (exceptionally complex) or `end`."""

    access = {"POST": Permission.NOMINAL_CHANGE}

    @extend_schema(operation_id="bail_step", request=BailEndInput, responses=BailSerializer)
    def post(self, request: Request, pk: int, step: str) -> Response:
        if step not in STEPS:
            raise Http404(f"Bail has no step {step}.")
        bail = _bail(request, pk)
        input_class, take = STEPS[step]
        take(person(request), bail, checked(input_class, request))
        return Response(_shown(pk))


class ReleaseListApi(Api):
    access = {"POST": Permission.NOMINAL_CHANGE}

    @extend_schema(request=ReleaseInput, responses={201: ReleaseSerializer})
    def post(self, request: Request) -> Response:
        by, said = person(request), checked(ReleaseInput, request)
        nominal_for(by, said["arrest"].nominal_id, why="bail")
        return Response(ReleaseSerializer(record_rui(by=by, **said)).data, HTTP_201_CREATED)


def conditions(said: list[dict[str, Any]]) -> list[Condition]:
    return [Condition(**each) for each in said]


def checked(input_class: Any, request: Request) -> dict[str, Any]:
    said = input_class(data=request.data)
    said.is_valid(raise_exception=True)
    return dict(said.validated_data)


def _bail(request: Request, pk: int) -> Bail:
    """After one look at its nominal in the log."""
    found = bails().filter(pk=pk).first()
    if found is None:
        raise Http404(f"There is no bail {pk}.")
    nominal_for(person(request), found.arrest.nominal_id, why="bail")
    return found


def _shown(pk: int) -> Any:
    return BailSerializer(BailOn(bails().get(pk=pk), today())).data
