"""Trials and footwear by the same services as the pages, with the same refusals."""

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
from core.filters import DAYS
from offenders.models import Arrest, Crime
from offenders.selectors.nominals import nominal_for
from operations.models import FootwearMatch, FootwearScan, Trial, TrialLook, TrialResult
from operations.models.footwear import CameOf
from operations.models.trial import Verdict
from operations.selectors.trials import data_of, scans
from operations.services.footwear import (
    add_candidate,
    qualify,
    record_scan,
    record_what_came,
    reject,
)
from operations.services.trials import (
    amend_trial,
    look_at_data,
    record_result,
    record_trial,
    write_test,
)


class TrialInput(StrictInput):
    name = serializers.CharField(max_length=80)
    purpose = serializers.CharField(max_length=1000)
    starts_on = serializers.DateField(validators=DAYS)
    ends_on = serializers.DateField(validators=DAYS)
    test = serializers.CharField(max_length=1000, required=False)


class TrialAmendInput(StrictInput):
    version = serializers.IntegerField()
    name = serializers.CharField(max_length=80, required=False)
    purpose = serializers.CharField(max_length=1000, required=False)
    starts_on = serializers.DateField(required=False, validators=DAYS)
    ends_on = serializers.DateField(required=False, validators=DAYS)


class TrialTestInput(StrictInput):
    version = serializers.IntegerField()
    test = serializers.CharField(max_length=1000)


class TrialResultInput(StrictInput):
    at = serializers.DateTimeField(required=False)
    verdict = serializers.ChoiceField(Verdict.choices)
    text = serializers.CharField(max_length=2000)
    is_final = serializers.BooleanField(default=False)


class TrialResultSerializer(serializers.ModelSerializer[TrialResult]):
    class Meta:
        model = TrialResult
        fields = ["id", "at", "verdict", "is_final", "text"]


class TrialLookSerializer(serializers.ModelSerializer[TrialLook]):
    by = serializers.CharField(source="by.username")

    class Meta:
        model = TrialLook
        fields = ["at", "by"]


class TrialSerializer(serializers.ModelSerializer[Trial]):
    months = serializers.IntegerField(read_only=True)

    class Meta:
        model = Trial
        fields = [
            "slug",
            "name",
            "purpose",
            "starts_on",
            "ends_on",
            "months",
            "test",
            "test_written_at",
            "version",
        ]


class TrialDetailSerializer(TrialSerializer):
    results = TrialResultSerializer(many=True)
    looks = TrialLookSerializer(many=True)

    class Meta(TrialSerializer.Meta):
        fields = [*TrialSerializer.Meta.fields, "results", "looks"]


class TrialDataSerializer(serializers.Serializer[Any]):
    scans = serializers.IntegerField()
    people = serializers.IntegerField()
    with_candidate = serializers.IntegerField()
    candidates = serializers.IntegerField()
    qualified = serializers.IntegerField()
    rejected = serializers.IntegerField()
    undecided = serializers.IntegerField()


class FootwearMatchSerializer(serializers.ModelSerializer[FootwearMatch]):
    class Meta:
        model = FootwearMatch
        fields = [
            "id",
            "crime",
            "found_at",
            "state",
            "decided_at",
            "reason",
            "came_of",
            "came_of_on",
            "came_of_note",
            "version",
        ]


class FootwearScanSerializer(serializers.ModelSerializer[FootwearScan]):
    matches = FootwearMatchSerializer(many=True, read_only=True)

    class Meta:
        model = FootwearScan
        fields = ["id", "arrest", "trial", "scanned_at", "pattern", "note", "matches"]


class FootwearScanInput(StrictInput):
    arrest = serializers.IntegerField(min_value=1)
    trial = serializers.PrimaryKeyRelatedField(queryset=Trial.objects.all(), required=False)
    scanned_at = serializers.DateTimeField()
    pattern = serializers.CharField(max_length=80)
    note = serializers.CharField(max_length=300, required=False)


class FootwearMatchInput(StrictInput):
    crime = serializers.PrimaryKeyRelatedField(queryset=Crime.objects.all())
    found_at = serializers.DateTimeField(required=False)


class FootwearStepInput(StrictInput):
    """`reason` to qualify or reject; `came_of`, `on` and `note` to say what came of it."""

    reason = serializers.CharField(max_length=500, required=False)
    came_of = serializers.ChoiceField(CameOf.choices, required=False)
    on = serializers.DateField(required=False)
    note = serializers.CharField(max_length=500, required=False)


READ_WRITE = {"GET": Permission.OPERATION_VIEW, "POST": Permission.OPERATION_CHANGE}


class TrialListApi(Api):
    access = READ_WRITE

    @extend_schema(responses=TrialSerializer(many=True))
    def get(self, request: Request) -> Response:
        return Response(TrialSerializer(Trial.objects.all(), many=True).data)

    @extend_schema(request=TrialInput, responses={201: TrialSerializer})
    def post(self, request: Request) -> Response:
        made = record_trial(by=person(request), **_checked(TrialInput, request))
        return Response(TrialSerializer(made).data, HTTP_201_CREATED)


class TrialDetailApi(Api):
    """A change names the `version` that it was made from; the success test has its own address."""

    access = {"GET": Permission.OPERATION_VIEW, "PATCH": Permission.OPERATION_CHANGE}

    @extend_schema(responses=TrialDetailSerializer)
    def get(self, request: Request, slug: str) -> Response:
        trial = _trial(slug)
        audit.record(by=person(request), action=audit.Action.RECORD_VIEWED, target=trial)
        return Response(TrialDetailSerializer(trial).data)

    @extend_schema(request=TrialAmendInput, responses=TrialSerializer)
    def patch(self, request: Request, slug: str) -> Response:
        trial, said = _trial(slug), _checked(TrialAmendInput, request)
        done = amend_trial(by=person(request), trial=trial, **said)
        return Response(TrialSerializer(done).data)


class TrialTestApi(Api):
    """The success test, while there is no result."""

    __test__ = False  # for pytest: no test
    access = {"POST": Permission.OPERATION_CHANGE}

    @extend_schema(request=TrialTestInput, responses=TrialSerializer)
    def post(self, request: Request, slug: str) -> Response:
        said = _checked(TrialTestInput, request)
        done = write_test(by=person(request), trial=_trial(slug), **said)
        return Response(TrialSerializer(done).data)


class TrialResultsApi(Api):
    access = {"POST": Permission.OPERATION_CHANGE}

    @extend_schema(request=TrialResultInput, responses={201: TrialResultSerializer})
    def post(self, request: Request, slug: str) -> Response:
        said = _checked(TrialResultInput, request)
        made = record_result(by=person(request), trial=_trial(slug), **said)
        return Response(TrialResultSerializer(made).data, HTTP_201_CREATED)


class TrialDataApi(Api):
    """The counts of the trial. That you looked is kept with the trial."""

    access = {"GET": Permission.OPERATION_VIEW}

    @extend_schema(responses=TrialDataSerializer)
    def get(self, request: Request, slug: str) -> Response:
        trial = _trial(slug)
        look_at_data(by=person(request), trial=trial)
        return Response(TrialDataSerializer(data_of(trial)).data)


class FootwearListApi(Api):
    access = {"POST": Permission.NOMINAL_CHANGE}

    @extend_schema(request=FootwearScanInput, responses={201: FootwearScanSerializer})
    def post(self, request: Request) -> Response:
        by, said = person(request), _checked(FootwearScanInput, request)
        arrest = Arrest.objects.filter(pk=said.pop("arrest")).select_related("nominal").first()
        if arrest is None:
            raise Http404("There is no such arrest.")
        nominal_for(by, arrest.nominal_id, why="footwear")
        made = record_scan(by=by, arrest=arrest, **said)
        return Response(FootwearScanSerializer(made).data, HTTP_201_CREATED)


class FootwearDetailApi(Api):
    access = {"GET": Permission.NOMINAL_VIEW, "POST": Permission.NOMINAL_CHANGE}

    @extend_schema(responses=FootwearScanSerializer)
    def get(self, request: Request, pk: int) -> Response:
        return Response(FootwearScanSerializer(_scan(request, pk)).data)

    @extend_schema(
        operation_id="footwear_match_create",
        request=FootwearMatchInput,
        responses={201: FootwearMatchSerializer},
    )
    def post(self, request: Request, pk: int) -> Response:
        """A scene that may match."""
        scan = _scan(request, pk)
        made = add_candidate(by=person(request), scan=scan, **_checked(FootwearMatchInput, request))
        return Response(FootwearMatchSerializer(made).data, HTTP_201_CREATED)


STEPS: dict[str, tuple[str, Callable[..., FootwearMatch]]] = {
    "qualify": ("reason", qualify),
    "reject": ("reason", reject),
    "outcome": ("came_of", record_what_came),
}


class FootwearStepApi(Api):
    """A person decides on a match, or says what came of it. What is not open is answered 400."""

    access = {"POST": Permission.NOMINAL_CHANGE}

    @extend_schema(request=FootwearStepInput, responses=FootwearMatchSerializer)
    def post(self, request: Request, pk: int, match: int, step: str) -> Response:
        found = _scan(request, pk).matches.filter(pk=match).first()
        if found is None or step not in STEPS:
            raise Http404("There is no such match, or no such step of it.")
        needed, service = STEPS[step]
        said = _checked(FootwearStepInput, request)
        if needed not in said:
            raise serializers.ValidationError({needed: ["This step needs it."]})
        taken = {"reason"} if needed == "reason" else {"came_of", "on", "note"}
        if extra := set(said) - taken:
            raise serializers.ValidationError(
                {name: ["This step does not take it."] for name in extra}
            )
        return Response(
            FootwearMatchSerializer(service(by=person(request), match=found, **said)).data
        )


def _trial(slug: str) -> Trial:
    found = Trial.objects.filter(pk=slug).first()
    if found is None:
        raise Http404(f"There is no trial {slug}.")
    return found


def _scan(request: Request, pk: int) -> FootwearScan:
    """After one look at its nominal in the log."""
    found = scans().filter(pk=pk).first()
    if found is None:
        raise Http404(f"There is no footwear scan {pk}.")
    nominal_for(person(request), found.arrest.nominal_id, why="footwear")
    return found


def _checked(input_class: Any, request: Request) -> dict[str, Any]:
    said = input_class(data=request.data)
    said.is_valid(raise_exception=True)
    return dict(said.validated_data)
