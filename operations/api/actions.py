"""Actions by the same services as the pages, with the same refusals."""

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
from core.api.base import Api, ListCreateApi
from core.api.values import StrictInput
from core.models import User
from offenders.models import Crime
from offenders.selectors.nominals import nominal_for
from operations.action_list import ActionFilter
from operations.models import Action, ActionKind, ActionStep, Aim, Incident
from operations.models.action import ActionQuerySet
from operations.selectors.actions import actions_for
from operations.services import actions as services


class ActionInput(StrictInput):
    """One of nominal, crime, incident, place and about says what it is about."""

    kind = serializers.ChoiceField(ActionKind.choices, default=ActionKind.ORDINARY)
    aim = serializers.ChoiceField(Aim.choices, default=Aim.PURSUE)
    task = serializers.CharField(max_length=300)
    owner = serializers.SlugRelatedField(slug_field="username", queryset=User.objects.all())
    due_at = serializers.DateTimeField(required=False)
    nominal = serializers.IntegerField(min_value=1, required=False)
    crime = serializers.PrimaryKeyRelatedField(queryset=Crime.objects.all(), required=False)
    incident = serializers.PrimaryKeyRelatedField(queryset=Incident.objects.all(), required=False)
    place = serializers.CharField(max_length=200, required=False)
    about = serializers.CharField(max_length=200, required=False)


class ActionStepInput(StrictInput):
    """`result` when it is done; `reason` to hand it on or to cancel it; `owner`: to whom."""

    version = serializers.IntegerField(min_value=1, required=False)
    result = serializers.CharField(max_length=1000, required=False, allow_blank=True)
    reason = serializers.CharField(max_length=1000, required=False, allow_blank=True)
    owner = serializers.SlugRelatedField(
        slug_field="username", queryset=User.objects.all(), required=False
    )


class ActionSerializer(serializers.ModelSerializer[Action]):
    owner = serializers.CharField(source="owner.username")
    raised_by = serializers.CharField(source="raised_by.username")
    overdue = serializers.BooleanField(source="is_overdue")

    class Meta:
        model = Action
        fields = [
            "id",
            "kind",
            "aim",
            "state",
            "task",
            "nominal",
            "crime",
            "incident",
            "place",
            "about",
            "unit",
            "owner",
            "raised_by",
            "raised_at",
            "due_at",
            "overdue",
            "accepted_at",
            "closed_at",
            "result",
            "version",
        ]


class ActionStepSerializer(serializers.ModelSerializer[ActionStep]):
    by = serializers.CharField(source="by.username")

    class Meta:
        model = ActionStep
        fields = ["title", "at", "note", "by"]


class ActionDetailSerializer(ActionSerializer):
    steps = ActionStepSerializer(many=True)

    class Meta(ActionSerializer.Meta):
        fields = [*ActionSerializer.Meta.fields, "steps"]


class ActionListApi(ListCreateApi):
    access = {"GET": Permission.ACTION_VIEW, "POST": Permission.ACTION_CHANGE}
    serializer_class = ActionSerializer
    filterset_class = ActionFilter
    queryset = Action.objects.none()

    def get_queryset(self) -> ActionQuerySet:
        return actions_for(person(self.request)).order_by("due_at", "pk")

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        rows = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        _record_looks(request, list(rows))
        return self.get_paginated_response(ActionSerializer(rows, many=True).data)

    @extend_schema(request=ActionInput, responses={201: ActionSerializer})
    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        by, said = person(request), _checked(ActionInput, request)
        made = services.raise_action(by=by, **action_said(by, said))
        return Response(ActionSerializer(made).data, HTTP_201_CREATED)


def action_said(by: User, said: dict[str, Any]) -> dict[str, Any]:
    """With the nominal itself, after a look in the log."""
    if "nominal" not in said:
        return said
    return said | {"nominal": nominal_for(by, said["nominal"], why="action")}


def _record_looks(request: Request, rows: list[Action]) -> None:
    seen = sorted({row.nominal_id for row in rows if row.nominal_id})
    if seen:
        detail = {"why": "actions", "nominals": seen}
        audit.record(by=person(request), action=audit.Action.NOMINAL_VIEWED, detail=detail)


class ActionDetailApi(Api):
    access = {"GET": Permission.ACTION_VIEW}

    @extend_schema(responses=ActionDetailSerializer)
    def get(self, request: Request, pk: int) -> Response:
        return Response(ActionDetailSerializer(_action(request, pk)).data)


STEPS: dict[str, tuple[Callable[..., Action], frozenset[str]]] = {
    "accept": (services.accept_action, frozenset()),
    "done": (services.complete_action, frozenset({"result"})),
    "hand-on": (services.hand_on_action, frozenset({"owner", "reason"})),
    "cancel": (services.cancel_action, frozenset({"reason"})),
}


class ActionStepApi(Api):
    """One step of an action. What is not open is answered 400 with its sentence."""

    access = {"POST": Permission.ACTION_CHANGE}

    @extend_schema(request=ActionStepInput, responses=ActionSerializer)
    def post(self, request: Request, pk: int, step: str) -> Response:
        action = _action(request, pk)
        if step not in STEPS:
            raise Http404("An action has no such step.")
        service, needed = STEPS[step]
        said = _checked(ActionStepInput, request)
        _fitting(needed, set(said) - {"version"})
        return Response(ActionSerializer(service(by=person(request), action=action, **said)).data)


def _fitting(needed: frozenset[str], given: set[str]) -> None:
    wrong = {name: ["This step needs it."] for name in needed - given}
    wrong |= {name: ["This step does not take it."] for name in given - needed}
    if wrong:
        raise serializers.ValidationError(wrong)


def _checked(input_class: Any, request: Request) -> dict[str, Any]:
    said = input_class(data=request.data)
    said.is_valid(raise_exception=True)
    return dict(said.validated_data)


def _action(request: Request, pk: int) -> Action:
    """Of those that this person may see, after one look at its nominal in the log."""
    found = actions_for(person(request)).filter(pk=pk).first()
    if found is None:
        raise Http404(f"There is no action {pk}.")
    if found.nominal_id:
        nominal_for(person(request), found.nominal_id, why="action")
    return found
