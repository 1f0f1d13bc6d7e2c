"""Requests for one's own data by the same services as the pages."""

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
from core.api.values import StrictInput
from offenders.models import SubjectAccess, SubjectAccessDecision
from offenders.models.subject_access import Answer, Ground, Requester
from offenders.selectors.nominals import nominal_for
from offenders.selectors.subject_access import Entry, cases, gathered
from offenders.services.subject_access import (
    answer_case,
    close_case,
    decide_item,
    open_case,
    take_in_hand,
)

TASK = "subject access"
MOST = 100
ACCESS = Permission.NOMINAL_DISCLOSE


class CaseSerializer(serializers.ModelSerializer[SubjectAccess]):
    class Meta:
        model = SubjectAccess
        fields = [
            "id", "nominal", "state", "received_on", "due_on", "requester", "case_ref", "identity",
            "handled_by", "closed_at", "closed_why", "expires_at", "counts", "version",
        ]  # fmt: skip


class DecisionSerializer(serializers.ModelSerializer[SubjectAccessDecision]):
    class Meta:
        model = SubjectAccessDecision
        fields = ["item", "answer", "ground", "words", "reason", "decided_by", "decided_at"]


class EntrySerializer(serializers.Serializer[Any]):
    """As the person will read it."""

    item = serializers.CharField(source="item.key")
    section = serializers.CharField(source="item.section")
    to_decide = serializers.BooleanField(source="is_waiting")
    withheld = serializers.BooleanField(source="is_withheld")
    facts = serializers.SerializerMethodField()

    def get_facts(self, entry: Entry) -> list[list[str]]:
        return [list(fact) for fact in entry.shown]


class CaseInput(StrictInput):
    nominal = serializers.IntegerField(min_value=1)
    received_on = serializers.DateField()
    requester = serializers.ChoiceField(Requester.choices)
    case_ref = serializers.CharField(max_length=60, required=False)
    identity = serializers.CharField(max_length=500, required=False)


class CaseStepInput(StrictInput):
    """`text`: how they proved who they are, or why it is closed without an answer."""

    text = serializers.CharField(max_length=500, required=False, default="")


class DecisionInput(StrictInput):
    answer = serializers.ChoiceField(Answer.choices)
    ground = serializers.ChoiceField(Ground.choices, required=False)
    words = serializers.CharField(max_length=2000, required=False)
    reason = serializers.CharField(max_length=500, required=False)


class CaseListApi(Api):
    """Requests that are open, by the day the answer is due."""

    access = {"GET": ACCESS, "POST": ACCESS}

    @extend_schema(responses=CaseSerializer(many=True))
    def get(self, request: Request) -> Response:
        rows = list(cases().open()[:MOST])
        detail = {"requests": sorted({row.nominal_id for row in rows})}
        audit.record(by=person(request), action=audit.Action.NOMINAL_VIEWED, detail=detail)
        return Response(CaseSerializer(rows, many=True).data)

    @extend_schema(request=CaseInput, responses={201: CaseSerializer})
    def post(self, request: Request) -> Response:
        by, said = person(request), _checked(CaseInput, request)
        nominal = nominal_for(by, said.pop("nominal"), why=TASK)
        made = open_case(by=by, nominal=nominal, **said)
        return Response(CaseSerializer(made).data, HTTP_201_CREATED)


class CaseDetailApi(Api):
    access = {"GET": ACCESS}

    @extend_schema(responses=CaseSerializer)
    def get(self, request: Request, pk: int) -> Response:
        return Response(CaseSerializer(_case(request, pk)).data)


class CaseItemsApi(Api):
    """Every entry as the person will read it."""

    access = {"GET": ACCESS}

    @extend_schema(responses=EntrySerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        found = gathered(_case(request, pk))
        return Response(EntrySerializer(found.entries, many=True).data)


class CaseItemApi(Api):
    access = {"POST": ACCESS}

    @extend_schema(request=DecisionInput, responses=DecisionSerializer)
    def post(self, request: Request, pk: int, item: str) -> Response:
        case, said = _case(request, pk), _checked(DecisionInput, request)
        made = decide_item(by=person(request), case=case, item=item, **said)
        return Response(DecisionSerializer(made).data)


class CaseStepApi(Api):
    """take-in-hand, refuse, withdraw, answer."""

    access = {"POST": ACCESS}

    @extend_schema(request=CaseStepInput, responses=CaseSerializer)
    def post(self, request: Request, pk: int, step: str) -> Response:
        case, text = _case(request, pk), _checked(CaseStepInput, request)["text"]
        by = person(request)
        if step == "take-in-hand":
            done = take_in_hand(by=by, case=case, identity=text)
        elif step == "answer":
            done = answer_case(by=by, case=case)
        elif step in ("refuse", "withdraw"):
            state = {"refuse": "refused", "withdraw": "withdrawn"}[step]
            done = close_case(by=by, case=case, step=state, reason=text)
        else:
            raise Http404("A request has no such step.")
        return Response(CaseSerializer(done).data)


def _case(request: Request, pk: int) -> SubjectAccess:
    """After one look at its nominal in the log."""
    found = cases().filter(pk=pk).first()
    if found is None:
        raise Http404(f"There is no request {pk}.")
    nominal_for(person(request), found.nominal_id, why=TASK)
    return found


def _checked(input_class: Any, request: Request) -> dict[str, Any]:
    said = input_class(data=request.data)
    said.is_valid(raise_exception=True)
    return dict(said.validated_data)
