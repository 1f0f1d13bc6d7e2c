"""Board papers: what they say, what the claim check finds, and the way to release."""

from __future__ import annotations

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
from core.api.values import StrictInput
from performance.api.parameters import MonthField
from performance.models import Paper
from performance.models.paper import Marking
from performance.papers.check import Check
from performance.papers.stored import to_json
from performance.selectors.paper_check import check_paper
from performance.selectors.papers import document_of, latest_paper, papers, read_paper
from performance.selectors.restatements import restatements
from performance.services import paper_release
from performance.services.papers import make_paper


class PaperSerializer(serializers.ModelSerializer[Paper]):
    author = serializers.CharField(source="author.username")
    checker = serializers.CharField(source="checker.username", default=None)

    class Meta:
        model = Paper
        fields = [
            "id",
            "month",
            "title",
            "marking",
            "meeting_on",
            "board_on",
            "priorities",
            "state",
            "author",
            "checker",
            "released_at",
            "version",
        ]


class PaperDetailSerializer(PaperSerializer):
    """`document` is the paper as it reads; of a released one, as the board was told."""

    document = serializers.SerializerMethodField()

    class Meta(PaperSerializer.Meta):
        fields = [*PaperSerializer.Meta.fields, "document"]

    def get_document(self, paper: Paper) -> dict[str, Any]:
        return to_json(document_of(paper, public=self.context.get("public", False)))


class PaperQuery(serializers.Serializer[Any]):
    """`public`: the document that may leave the force, without small numbers and operational detail."""

    public = serializers.BooleanField(default=False)


class PaperInput(StrictInput):
    month = MonthField()
    meeting_on = serializers.DateField()
    board_on = serializers.DateField()
    title = serializers.CharField(max_length=200, required=False)
    marking = serializers.ChoiceField(Marking.choices, required=False)
    priorities = serializers.ListField(child=serializers.CharField(max_length=80), required=False)


class PaperStepInput(StrictInput):
    why = serializers.CharField(required=False)


class FindingSerializer(serializers.Serializer[Any]):
    kind = serializers.CharField(source="kind.slug")
    is_fault = serializers.BooleanField()
    place = serializers.CharField()
    words = serializers.CharField()
    message = serializers.CharField()


class PaperListApi(Api):
    """Every paper, newest month first. A new one is made from the last, or from the template."""

    access = {"GET": Permission.PAPER_VIEW, "POST": Permission.PAPER_WRITE}

    @extend_schema(responses=PaperSerializer(many=True))
    def get(self, request: Request) -> Response:
        return Response(PaperSerializer(papers(), many=True).data)

    @extend_schema(request=PaperInput, responses={201: PaperSerializer})
    def post(self, request: Request) -> Response:
        said = _checked(PaperInput, request)
        paper = make_paper(by=person(request), source=latest_paper(), **said)
        return Response(PaperSerializer(paper).data, HTTP_201_CREATED)


class PaperDetailApi(Api):
    access = Permission.PAPER_VIEW
    parameters_class = PaperQuery

    @extend_schema(parameters=[PaperQuery], responses=PaperDetailSerializer)
    def get(self, request: Request, pk: int) -> Response:
        paper, query = _paper(pk), self.parameters()
        audit.record(
            by=person(request), action=audit.Action.RECORD_VIEWED, target=paper, detail=query
        )
        return Response(PaperDetailSerializer(paper, context=query).data)


class PaperFindingsApi(Api):
    """What the claim check finds in a paper that is not yet released."""

    access = Permission.PAPER_VIEW

    @extend_schema(responses=FindingSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        paper = _paper(pk)
        check = Check(()) if paper.is_told else check_paper(read_paper(paper))
        return Response(FindingSerializer(check.findings, many=True).data)


class RestatementSerializer(serializers.Serializer[Any]):
    """A figure that moved since the board was told."""

    reference = serializers.CharField(source="figure.reference")
    title = serializers.CharField()
    period = serializers.CharField()
    told = serializers.CharField(source="figure.words")
    now = serializers.CharField()
    told_numerator = serializers.IntegerField(source="figure.numerator")
    told_denominator = serializers.IntegerField(source="figure.denominator")
    numerator = serializers.IntegerField()
    denominator = serializers.IntegerField()
    change = serializers.CharField()
    why = serializers.ListField(source="whys", child=serializers.CharField())


class PaperRestatementsApi(Api):
    """Nothing for a paper that is not yet released."""

    access = Permission.PAPER_VIEW

    @extend_schema(responses=RestatementSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        paper = _paper(pk)
        moved = restatements(paper) if paper.is_told else []
        return Response(RestatementSerializer(moved, many=True).data)


class PaperStepApi(Api):
    """`review`, `back` (which says `why`) or `release`. What is not open is answered 400 with its sentence."""

    access = {"POST": Permission.PAPER_VIEW}  # the service asks for more: who may do which step
    steps: dict[str, Callable[..., Paper]] = {
        "review": paper_release.send_to_review,
        "back": paper_release.send_back,
        "release": paper_release.release,
    }

    @extend_schema(operation_id="paper_step", request=PaperStepInput, responses=PaperSerializer)
    def post(self, request: Request, pk: int, step: str) -> Response:
        paper, said = _paper(pk), _checked(PaperStepInput, request)
        if step not in self.steps:
            raise serializers.ValidationError({"step": ["A paper has no such step."]})
        if (step == "back") != ("why" in said):
            raise serializers.ValidationError({"why": ["Going back, and no other step, says why."]})
        return Response(
            PaperSerializer(self.steps[step](by=person(request), paper=paper, **said)).data
        )


def _checked(input_class: Any, request: Request) -> dict[str, Any]:
    said = input_class(data=request.data)
    said.is_valid(raise_exception=True)
    return dict(said.validated_data)


def _paper(pk: int) -> Paper:
    found = Paper.objects.select_related("author", "checker").filter(pk=pk).first()
    if found is None:
        raise Http404(f"There is no paper {pk}.")
    return found
