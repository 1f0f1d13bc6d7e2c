"""Reviews and holds by the same services as the pages, with the same refusals."""

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
from core.dates import EARLIEST, LATEST, today
from offenders.models import RetentionHold, RetentionReview
from offenders.models.retention import CONSIDERATIONS, HoldKind
from offenders.retention_list import ReviewFilter
from offenders.selectors.nominals import nominal_for
from offenders.selectors.retention import Subject, family_of, holds, outlook, reviews, subject_of
from offenders.services.retention import (
    lift_hold,
    open_review,
    place_hold,
    propose_disposal,
    retain,
)

TASK = "retention"
MOST = 100  # rows of an answer


class RetentionReviewSerializer(serializers.ModelSerializer[RetentionReview]):
    class Meta:
        model = RetentionReview
        fields = [
            "id", "nominal", "state", "group", "due_on", "why", "is_under_ten", *CONSIDERATIONS,
            "reason", "next_on", "proposed_by", "proposed_at", "decided_by", "decided_at",
            "version",
        ]  # fmt: skip


class HoldSerializer(serializers.ModelSerializer[RetentionHold]):
    class Meta:
        model = RetentionHold
        fields = [
            "id", "nominal", "kind", "case_ref", "reason", "placed_by", "placed_at", "lifted_by",
            "lifted_at", "lifted_why",
        ]  # fmt: skip


class DueSerializer(serializers.Serializer[Any]):
    nominal = serializers.IntegerField(source="nominal_id")
    group = serializers.IntegerField(source="due.group")
    due_on = serializers.DateField(source="due.on")
    may_dispose_on = serializers.DateField(source="due.may_dispose_on")
    under_ten = serializers.BooleanField(source="due.under_ten")
    held = serializers.ListField(child=serializers.CharField())
    why = serializers.CharField(source="due.why")


class OutlookSerializer(serializers.Serializer[Any]):
    on = serializers.DateField(source="day")
    people = serializers.IntegerField()
    due = serializers.SerializerMethodField()
    held = serializers.IntegerField()
    groups = serializers.SerializerMethodField()
    records = serializers.SerializerMethodField()

    def get_due(self, found: Any) -> int:
        return len(found.subjects)

    def get_groups(self, found: Any) -> dict[str, int]:
        return {str(group): count for group, count in found.by_group}

    @extend_schema(responses=DueSerializer(many=True))
    def get_records(self, found: Any) -> list[dict[str, Any]]:
        first: list[Subject] = found.subjects[:MOST]
        rows: list[dict[str, Any]] = list(DueSerializer(first, many=True).data)
        return rows


class OnInput(serializers.Serializer[Any]):
    on = serializers.DateField(required=False)

    def validate_on(self, day: Any) -> Any:
        if not EARLIEST <= day <= LATEST:
            raise serializers.ValidationError("This is not a day of this system.")
        return day


class Considered(StrictInput):
    is_violent = serializers.BooleanField()
    is_pattern = serializers.BooleanField()
    is_vulnerable = serializers.BooleanField()
    is_public_trust = serializers.BooleanField()
    reason = serializers.CharField(max_length=1000)
    version = serializers.IntegerField(min_value=1)


class RetainInput(Considered):
    next_on = serializers.DateField()


class HoldInput(StrictInput):
    kind = serializers.ChoiceField(HoldKind.choices)
    case_ref = serializers.CharField(max_length=60, required=False)
    reason = serializers.CharField(max_length=500)


class HoldLiftInput(StrictInput):
    reason = serializers.CharField(max_length=500)


class ReviewListApi(FilteredApi):
    """Reviews that are open; others where `state` asks for them."""

    filterset_class = ReviewFilter
    access = {"GET": Permission.NOMINAL_REVIEW}

    @extend_schema(
        parameters=parameters_of(ReviewFilter), responses=RetentionReviewSerializer(many=True)
    )
    def get(self, request: Request) -> Response:
        rows = list(self.narrowed(reviews())[:MOST])
        _saw(request, reviews=sorted({row.nominal_id for row in rows}))
        return Response(RetentionReviewSerializer(rows, many=True).data)


class ReviewDetailApi(Api):
    access = {"GET": Permission.NOMINAL_REVIEW}

    @extend_schema(responses=RetentionReviewSerializer)
    def get(self, request: Request, pk: int) -> Response:
        return Response(RetentionReviewSerializer(_review(request, pk)).data)


class RetainApi(Api):
    access = {"POST": Permission.NOMINAL_REVIEW}

    @extend_schema(request=RetainInput, responses=RetentionReviewSerializer)
    def post(self, request: Request, pk: int) -> Response:
        review, said = _review(request, pk), _checked(RetainInput, request)
        done = retain(by=person(request), review=review, **said)
        return Response(RetentionReviewSerializer(done).data)


class DisposeApi(Api):
    """Proposes it; another person approves it on the page of approvals."""

    access = {"POST": Permission.NOMINAL_REVIEW}

    @extend_schema(request=Considered, responses=RetentionReviewSerializer)
    def post(self, request: Request, pk: int) -> Response:
        review, said = _review(request, pk), _checked(Considered, request)
        done = propose_disposal(by=person(request), review=review, **said)
        return Response(RetentionReviewSerializer(done).data)


class OutlookApi(Api):
    """What would fall due by a day, by group, with the first hundred. Nothing is changed."""

    access = {"GET": Permission.NOMINAL_REVIEW}
    parameters_class = OnInput

    @extend_schema(parameters=[OnInput], responses=OutlookSerializer)
    def get(self, request: Request) -> Response:
        found = outlook(self.parameters().get("on") or today())
        seen = [subject.nominal_id for subject in found.subjects[:MOST]]
        _saw(request, simulated=found.day.isoformat(), shown=seen)
        return Response(OutlookSerializer(found).data)


class RetentionOfApi(Api):
    """When the record of one person is due, and why; POST opens a review of it now."""

    access = {"GET": Permission.NOMINAL_VIEW, "POST": Permission.NOMINAL_REVIEW}

    @extend_schema(responses=DueSerializer)
    def get(self, request: Request, pk: int) -> Response:
        nominal = nominal_for(person(request), pk, why=TASK)
        if nominal.merged_into_id is not None:
            raise Http404("This nominal was merged into another.")
        return Response(DueSerializer(subject_of(nominal)).data)

    @extend_schema(request=None, responses={201: RetentionReviewSerializer})
    def post(self, request: Request, pk: int) -> Response:
        by = person(request)
        made = open_review(by=by, nominal=nominal_for(by, pk, why=TASK))
        return Response(RetentionReviewSerializer(made).data, HTTP_201_CREATED)


class HoldListApi(Api):
    """Holds of one nominal, lifted ones too."""

    access = {"GET": Permission.NOMINAL_VIEW, "POST": Permission.NOMINAL_SUPERVISE}

    @extend_schema(responses=HoldSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        nominal = nominal_for(person(request), pk, why=TASK)
        rows = holds().filter(nominal__in=family_of(nominal.pk))
        return Response(HoldSerializer(rows, many=True).data)

    @extend_schema(request=HoldInput, responses={201: HoldSerializer})
    def post(self, request: Request, pk: int) -> Response:
        by, said = person(request), _checked(HoldInput, request)
        made = place_hold(by=by, nominal=nominal_for(by, pk, why=TASK), **said)
        return Response(HoldSerializer(made).data, HTTP_201_CREATED)


class HoldLiftApi(Api):
    access = {"POST": Permission.NOMINAL_SUPERVISE}

    @extend_schema(request=HoldLiftInput, responses=HoldSerializer)
    def post(self, request: Request, pk: int, hold: int) -> Response:
        by = person(request)
        nominal = nominal_for(by, pk, why=TASK)
        found = holds().filter(pk=hold, nominal__in=family_of(nominal.pk)).first()
        if found is None:
            raise Http404(f"There is no hold {hold} on this nominal.")
        done = lift_hold(by=by, hold=found, **_checked(HoldLiftInput, request))
        return Response(HoldSerializer(done).data)


def _review(request: Request, pk: int) -> RetentionReview:
    """After one look at its nominal in the log."""
    found = reviews().filter(pk=pk).first()
    if found is None:
        raise Http404(f"There is no review {pk}.")
    nominal_for(person(request), found.nominal_id, why=TASK)
    return found


def _checked(input_class: Any, request: Request) -> dict[str, Any]:
    said = input_class(data=request.data)
    said.is_valid(raise_exception=True)
    return dict(said.validated_data)


def _saw(request: Request, **detail: Any) -> None:
    audit.record(by=person(request), action=audit.Action.NOMINAL_VIEWED, detail=detail)
