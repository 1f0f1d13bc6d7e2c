"""Disposals and convictions by the same services as the pages, with the same refusals."""

from collections.abc import Callable
from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.status import HTTP_201_CREATED

from core.access.permissions import Permission
from core.access.person import person
from core.api.base import Api
from core.api.values import StrictInput
from core.models import User
from core.ranks import Rank
from offenders.models import (
    Condition,
    Conviction,
    Crime,
    Disposal,
    DisposalType,
    OffenceCode,
    Sentence,
)
from offenders.models.conviction import Runs, SentenceKind
from offenders.models.disposal import Admission, ConditionKind, VictimView
from offenders.selectors.disposals import convictions, convictions_of, disposals_of
from offenders.selectors.nominals import nominal_for
from offenders.services.convictions import add_sentence, record_conviction
from offenders.services.disposals import (
    Wanted,
    accept,
    complete,
    decide_breach,
    decline,
    fail_condition,
    meet_condition,
    offer_disposal,
    record_breach,
    vary_condition,
    withdraw_offer,
)


class ConditionInput(StrictInput):
    kind = serializers.ChoiceField(ConditionKind.choices)
    text = serializers.CharField(max_length=300)
    due_on = serializers.DateField()


class DisposalInput(StrictInput):
    type = serializers.PrimaryKeyRelatedField(queryset=DisposalType.objects.all())
    crimes = serializers.PrimaryKeyRelatedField(
        queryset=Crime.objects.select_related("district"), many=True
    )
    offered_at = serializers.DateTimeField(required=False)
    rationale = serializers.CharField(max_length=2000)
    authorised_by = serializers.CharField(max_length=120)
    authorised_rank = serializers.ChoiceField(Rank.choices)
    admission = serializers.ChoiceField(Admission.choices, required=False)
    victim_view = serializers.ChoiceField(VictimView.choices, required=False)
    appropriate_adult = serializers.CharField(max_length=120, required=False)
    ends_on = serializers.DateField(required=False)
    conditions = ConditionInput(many=True, required=False)


class ConditionSerializer(serializers.ModelSerializer[Condition]):
    class Meta:
        model = Condition
        fields = ["id", "kind", "text", "due_on", "state", "evidence", "decided_at", "replaces"]


class DisposalSerializer(serializers.ModelSerializer[Disposal]):
    crimes: serializers.SlugRelatedField[Any] = serializers.SlugRelatedField(
        source="crime_links", slug_field="crime_id", many=True, read_only=True
    )
    officer = serializers.CharField(source="officer.username")
    conditions = ConditionSerializer(many=True)

    class Meta:
        model = Disposal
        fields = [
            "id",
            "nominal",
            "type",
            "tier",
            "state",
            "crimes",
            "officer",
            "offered_at",
            "rationale",
            "authorised_by",
            "authorised_rank",
            "admission",
            "victim_view",
            "appropriate_adult",
            "has_consent",
            "given_at",
            "ends_on",
            "ended_at",
            "reason",
            "conditions",
            "version",
        ]


class DisposalStepInput(StrictInput):
    """What a step needs: the time of an acceptance or completion, the reason of the others."""

    at = serializers.DateTimeField(required=False)
    has_consent = serializers.BooleanField(required=False)
    reason = serializers.CharField(max_length=2000, required=False)
    decision = serializers.ChoiceField(["prosecuted", "varied", "withdrawn"], required=False)


class ConditionStepInput(StrictInput):
    """`evidence` of a condition met; otherwise `reason`, and the new condition where it is varied."""

    evidence = serializers.CharField(required=False)
    reason = serializers.CharField(required=False)
    has_excuse = serializers.BooleanField(required=False)
    wanted = ConditionInput(required=False)


class SentenceInput(StrictInput):
    kind = serializers.ChoiceField(SentenceKind.choices)
    sentenced_on = serializers.DateField()
    months = serializers.IntegerField(min_value=1, required=False)
    operational_months = serializers.IntegerField(min_value=1, required=False)
    pounds = serializers.IntegerField(min_value=1, required=False)
    runs = serializers.ChoiceField(Runs.choices, required=False)
    note = serializers.CharField(max_length=200, required=False)


class ConvictionInput(StrictInput):
    court = serializers.CharField(max_length=120)
    convicted_on = serializers.DateField()
    title = serializers.CharField(max_length=200)
    offence = serializers.PrimaryKeyRelatedField(queryset=OffenceCode.objects, required=False)
    crime = serializers.PrimaryKeyRelatedField(queryset=Crime.objects, required=False)
    operation = serializers.CharField(max_length=80, required=False)
    sentences = SentenceInput(many=True, required=False)


class SentenceSerializer(serializers.ModelSerializer[Sentence]):
    class Meta:
        model = Sentence
        fields = [
            "id",
            "kind",
            "sentenced_on",
            "months",
            "operational_months",
            "pounds",
            "runs",
            "note",
        ]


class ConvictionSerializer(serializers.ModelSerializer[Conviction]):
    sentences = SentenceSerializer(many=True)

    class Meta:
        model = Conviction
        fields = [
            "id",
            "nominal",
            "court",
            "convicted_on",
            "title",
            "offence",
            "crime",
            "operation",
            "sentences",
            "version",
        ]


class NominalDisposalsApi(Api):
    access = {"GET": Permission.NOMINAL_VIEW, "POST": Permission.NOMINAL_CHANGE}

    @extend_schema(responses=DisposalSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        rows = disposals_of(nominal_for(person(request), pk))
        return Response(DisposalSerializer(rows, many=True).data)

    @extend_schema(request=DisposalInput, responses={201: DisposalSerializer})
    def post(self, request: Request, pk: int) -> Response:
        """Offers a disposal. What is not offered, such as a charge, is given at once."""
        by, said = person(request), _checked(DisposalInput, request)
        nominal = nominal_for(by, pk, why="disposal")
        wanted = [Wanted(**condition) for condition in said.pop("conditions", [])]
        made = offer_disposal(by=by, nominal=nominal, conditions=wanted, **said)
        return Response(_shown(made.pk), HTTP_201_CREATED)


class DisposalDetailApi(Api):
    access = {"GET": Permission.NOMINAL_VIEW}

    @extend_schema(responses=DisposalSerializer)
    def get(self, request: Request, pk: int) -> Response:
        return Response(_shown(_disposal(request, pk).pk))


# step: the service, and what it has to be told
STEPS: dict[str, tuple[Callable[..., Any], set[str]]] = {
    "accept": (accept, {"at", "has_consent"}),
    "decline": (decline, {"reason"}),
    "withdraw": (withdraw_offer, {"reason"}),
    "complete": (complete, {"at"}),
    "breach": (record_breach, {"reason"}),
    "decide": (decide_breach, {"decision", "reason"}),
}
CONDITION_STEPS: dict[str, tuple[Callable[..., Any], set[str]]] = {
    "met": (meet_condition, {"evidence"}),
    "not-met": (fail_condition, {"reason", "has_excuse"}),
    "vary": (vary_condition, {"reason", "wanted"}),
}


class DisposalStepApi(Api):
    """One step: accept, decline, withdraw, complete, breach, decide."""

    access = {"POST": Permission.NOMINAL_CHANGE}

    @extend_schema(request=DisposalStepInput, responses=DisposalSerializer)
    def post(self, request: Request, pk: int, step: str) -> Response:
        disposal = _disposal(request, pk)
        service, said = _told(STEPS, step, _checked(DisposalStepInput, request))
        service(by=person(request), disposal=disposal, **said)
        return Response(_shown(pk))


class ConditionStepApi(Api):
    """One step of one condition: met, not-met, vary."""

    access = {"POST": Permission.NOMINAL_CHANGE}

    @extend_schema(request=ConditionStepInput, responses=DisposalSerializer)
    def post(self, request: Request, pk: int, condition: int, step: str) -> Response:
        found = _disposal(request, pk).conditions.filter(pk=condition).first()
        if found is None:
            raise Http404(f"The disposal {pk} has no condition {condition}.")
        service, said = _told(CONDITION_STEPS, step, _checked(ConditionStepInput, request))
        if "wanted" in said:
            said["wanted"] = Wanted(**said["wanted"])
        service(by=person(request), condition=found, **said)
        return Response(_shown(pk))


class NominalConvictionsApi(Api):
    access = {"GET": Permission.NOMINAL_VIEW, "POST": Permission.NOMINAL_CHANGE}

    @extend_schema(responses=ConvictionSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        rows = convictions_of(nominal_for(person(request), pk))
        return Response(ConvictionSerializer(rows, many=True).data)

    @extend_schema(request=ConvictionInput, responses={201: ConvictionSerializer})
    def post(self, request: Request, pk: int) -> Response:
        by, said = person(request), _checked(ConvictionInput, request)
        made = record_conviction(by=by, nominal=nominal_for(by, pk, why="conviction"), **said)
        return Response(_conviction(made.pk), HTTP_201_CREATED)


class ConvictionSentencesApi(Api):
    access = {"POST": Permission.NOMINAL_CHANGE}

    @extend_schema(request=SentenceInput, responses={201: ConvictionSerializer})
    def post(self, request: Request, pk: int) -> Response:
        found = Conviction.objects.filter(pk=pk).first()
        if found is None:
            raise Http404(f"There is no conviction {pk}.")
        by: User = person(request)
        nominal_for(by, found.nominal_id, why="sentence")
        add_sentence(by=by, conviction=found, **_checked(SentenceInput, request))
        return Response(_conviction(pk), HTTP_201_CREATED)


def _checked(input_class: Any, request: Request) -> dict[str, Any]:
    said = input_class(data=request.data)
    said.is_valid(raise_exception=True)
    return dict(said.validated_data)


def _told(
    steps: dict[str, tuple[Callable[..., Any], set[str]]], step: str, said: dict[str, Any]
) -> tuple[Callable[..., Any], dict[str, Any]]:
    """The service of the step. Raises Http404, and ValidationError for too much or too little."""
    if step not in steps:
        raise Http404(f"There is no step {step}.")
    service, needed = steps[step]
    wrong = {name: ["This step needs it."] for name in needed - set(said)}
    wrong |= {name: ["This step does not take it."] for name in set(said) - needed}
    if wrong:
        raise serializers.ValidationError(wrong)
    return service, said


def _disposal(request: Request, pk: int) -> Disposal:
    """After one look at its nominal in the log."""
    found = Disposal.objects.filter(pk=pk).first()
    if found is None:
        raise Http404(f"There is no disposal {pk}.")
    nominal_for(person(request), found.nominal_id, why="disposal")
    return found


def _shown(pk: int) -> Any:
    return DisposalSerializer(Disposal.objects.whole().get(pk=pk)).data


def _conviction(pk: int) -> Any:
    return ConvictionSerializer(convictions().get(pk=pk)).data
