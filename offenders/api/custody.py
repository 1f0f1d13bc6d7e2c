"""Arrests and custody by the same services as the pages, with the same refusals."""

from typing import Any

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.status import HTTP_201_CREATED

from core import audit
from core.access.permissions import Permission
from core.access.person import person
from core.api.base import Api
from core.api.values import StrictInput
from core.models import User
from core.ranks import Rank
from offenders.api.arrests import arrest_of
from offenders.custody.clock import Kind
from offenders.models import CustodyEvent, Detention
from offenders.models.detention import CaseChoice, KindChoice, Result
from offenders.selectors.custody import Custody, board, detentions
from offenders.selectors.nominals import nominal_for
from offenders.services.custody import (
    Admission,
    amend_detention,
    begin_detention,
    end_detention,
    record_custody_event,
    withdraw_event,
)

LOGGED = [choice for choice in KindChoice.choices if choice[0] not in {"bailed", "released"}]


class DetentionInput(StrictInput):
    station = serializers.CharField(max_length=80)
    arrived_at = serializers.DateTimeField()
    authorised_at = serializers.DateTimeField(required=False)
    entered_at = serializers.DateTimeField(required=False)
    case = serializers.ChoiceField(CaseChoice.choices, required=False)
    custody_number = serializers.CharField(max_length=20, required=False)
    appropriate_adult = serializers.CharField(max_length=120, required=False)


class DetentionChangeInput(StrictInput):
    """`version` is that of the detention as the caller read it."""

    version = serializers.IntegerField(min_value=1)
    officer = serializers.SlugRelatedField(
        slug_field="username", queryset=User.objects.filter(is_active=True), required=False
    )
    station = serializers.CharField(max_length=80, required=False)
    custody_number = serializers.CharField(max_length=20, required=False, allow_blank=True)
    appropriate_adult = serializers.CharField(max_length=120, required=False, allow_blank=True)


class EventInput(StrictInput):
    kind = serializers.ChoiceField(LOGGED)
    at = serializers.DateTimeField()
    until = serializers.DateTimeField(required=False)
    hours = serializers.FloatField(min_value=0, required=False)
    is_medical = serializers.BooleanField(required=False)
    is_breach = serializers.BooleanField(required=False)
    authorised_by = serializers.CharField(max_length=120, required=False)
    authorised_rank = serializers.ChoiceField(Rank.choices, required=False)
    reason = serializers.CharField(required=False)


class EndInput(StrictInput):
    ended_at = serializers.DateTimeField()
    result = serializers.ChoiceField(Result.choices)
    version = serializers.IntegerField(min_value=1)


class EntryReasonInput(StrictInput):
    reason = serializers.CharField(max_length=200)


class EventSerializer(serializers.ModelSerializer[CustodyEvent]):
    class Meta:
        model = CustodyEvent
        fields = [
            "id",
            "kind",
            "at",
            "until",
            "hours",
            "is_medical",
            "is_breach",
            "authorised_by",
            "authorised_rank",
            "reason",
            "withdrawn_at",
            "withdrawn_reason",
        ]


class CustodySerializer(serializers.Serializer[Any]):
    """One detention at this moment. An aid, not the custody record."""

    id = serializers.IntegerField(source="detention.pk")
    arrest = serializers.IntegerField(source="detention.arrest_id")
    nominal = serializers.IntegerField(source="nominal.pk")
    name = serializers.CharField(source="nominal")
    where = serializers.CharField()
    offences = serializers.CharField()
    state = serializers.CharField()
    relevant_time = serializers.DateTimeField(source="clock.relevant_time", allow_null=True)
    minutes_used = serializers.SerializerMethodField()
    next_review = serializers.DateTimeField(source="clock.next_review", allow_null=True)
    limit_at = serializers.DateTimeField(source="clock.limit_at", allow_null=True)
    absolute_ends = serializers.DateTimeField(source="clock.absolute_ends", allow_null=True)
    due = serializers.CharField(source="due.title", default="")
    due_at = serializers.DateTimeField(source="due.at", default=None)
    urgency = serializers.CharField()
    ended_at = serializers.DateTimeField(source="detention.ended_at", allow_null=True)
    result = serializers.CharField(source="detention.result")
    appropriate_adult = serializers.CharField(source="detention.appropriate_adult")
    version = serializers.IntegerField(source="detention.version")

    def get_minutes_used(self, custody: Custody) -> int:
        return int(custody.used.total_seconds() // 60)


class DetentionSerializer(CustodySerializer):
    entries = EventSerializer(source="detention.entries", many=True)


class CustodyBoardApi(Api):
    """Everybody who is held, by what is due next."""

    access = Permission.NOMINAL_VIEW

    @extend_schema(responses=CustodySerializer(many=True))
    def get(self, request: Request) -> Response:
        rows = board(timezone.now())
        seen = {"custody board": [row.detention.pk for row in rows]}
        audit.record(by=person(request), action=audit.Action.NOMINAL_VIEWED, detail=seen)
        return Response(CustodySerializer(rows, many=True).data)


class ArrestDetentionApi(Api):
    """The way from an arrest into custody: the clock starts."""

    access = {"POST": Permission.NOMINAL_CHANGE}

    @extend_schema(request=DetentionInput, responses={201: DetentionSerializer})
    def post(self, request: Request, pk: int) -> Response:
        said = _checked(DetentionInput, request)
        names = {"station", "arrived_at", "authorised_at", "entered_at"}
        into = Admission(**{name: said.pop(name) for name in names & set(said)})
        arrest = arrest_of(request, pk)
        made = begin_detention(by=person(request), arrest=arrest, into=into, **said)
        return Response(_shown(made.pk), HTTP_201_CREATED)


class CustodyDetailApi(Api):
    """PATCH: who is in the case, and where."""

    access = {"GET": Permission.NOMINAL_VIEW, "PATCH": Permission.NOMINAL_CHANGE}

    @extend_schema(request=DetentionChangeInput, responses=DetentionSerializer)
    def patch(self, request: Request, pk: int) -> Response:
        said, detention = _checked(DetentionChangeInput, request), _detention(request, pk)
        amend_detention(by=person(request), detention=detention, **said)
        return Response(_shown(pk))

    @extend_schema(responses=DetentionSerializer)
    def get(self, request: Request, pk: int) -> Response:
        return Response(_shown(_detention(request, pk).pk))


class CustodyEntriesApi(Api):
    """Logs one thing. What the law does not allow is answered 400 with its sentence."""

    access = {"POST": Permission.NOMINAL_CHANGE}

    @extend_schema(request=EventInput, responses={201: DetentionSerializer})
    def post(self, request: Request, pk: int) -> Response:
        said = _checked(EventInput, request)
        kind = Kind(said.pop("kind"))
        detention = _detention(request, pk)
        record_custody_event(by=person(request), detention=detention, kind=kind, **said)
        return Response(_shown(pk), HTTP_201_CREATED)


class CustodyEntryWithdrawApi(Api):
    access = {"POST": Permission.NOMINAL_CHANGE}

    @extend_schema(request=EntryReasonInput, responses=DetentionSerializer)
    def post(self, request: Request, pk: int, entry: int) -> Response:
        said = _checked(EntryReasonInput, request)
        found = _detention(request, pk).entries.filter(pk=entry).first()
        if found is None:
            raise Http404(f"The detention {pk} has no entry {entry}.")
        withdraw_event(by=person(request), event=found, reason=said["reason"])
        return Response(_shown(pk))


class CustodyEndApi(Api):
    access = {"POST": Permission.NOMINAL_CHANGE}

    @extend_schema(request=EndInput, responses=DetentionSerializer)
    def post(self, request: Request, pk: int) -> Response:
        said = _checked(EndInput, request)
        said["at"] = said.pop("ended_at")
        end_detention(by=person(request), detention=_detention(request, pk), **said)
        return Response(_shown(pk))


def _checked(input_class: Any, request: Request) -> dict[str, Any]:
    said = input_class(data=request.data)
    said.is_valid(raise_exception=True)
    return dict(said.validated_data)


def _detention(request: Request, pk: int) -> Detention:
    found = detentions().filter(pk=pk).first()
    if found is None:
        raise Http404(f"There is no detention {pk}.")
    nominal_for(person(request), found.arrest.nominal_id, why="custody")
    return found


def _shown(pk: int) -> Any:
    return DetentionSerializer(Custody(detentions().get(pk=pk), timezone.now())).data
