from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.status import HTTP_201_CREATED

from core import audit
from core.access.permissions import Permission
from core.access.person import person
from core.api.base import Api
from core.api.values import ValuesDetail, ValuesList, columns, record_of
from offenders.api.serializers import (
    CancelInput,
    CrimeAmendInput,
    CrimeInput,
    CrimeSerializer,
    HubReferralSerializer,
    OutcomeInput,
    OutcomeSerializer,
    ReferralInput,
    WithdrawInput,
)
from offenders.filters import CrimeFilter
from offenders.models import Crime, HubReferral, Outcome
from offenders.services.crimes import amend_crime, cancel_crime, record_crime
from offenders.services.outcomes import record_outcome, withdraw_outcome
from offenders.services.referrals import record_referral

READ_WRITE = {"GET": Permission.RECORD_VIEW, "POST": Permission.RECORD_CHANGE}


class CrimeListApi(ValuesList):
    """Crimes, newest first, and the door for a new one."""

    access = READ_WRITE
    queryset = Crime.objects.order_by("-recorded_month", "-recorded_at", "crime_ref")
    serializer_class = CrimeSerializer
    filterset_class = CrimeFilter

    @extend_schema(request=CrimeInput, responses={201: CrimeSerializer})
    def post(self, request: Request) -> Response:
        crime = record_crime(by=person(request), **_checked(CrimeInput, request))
        return Response(_shown(crime), HTTP_201_CREATED)


class CrimeDetailApi(ValuesDetail):
    """One crime. A change names the `version` that it was made from: 409 when that is stale."""

    access = {"GET": Permission.RECORD_VIEW, "PATCH": Permission.RECORD_CHANGE}
    queryset = Crime.objects.all()
    serializer_class = CrimeSerializer

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        crime = record_of(Crime, kwargs["ref"])
        audit.record(by=person(request), action=audit.Action.RECORD_VIEWED, target=crime)
        return super().retrieve(request, *args, **kwargs)

    @extend_schema(request=CrimeAmendInput, responses=CrimeSerializer)
    def patch(self, request: Request, ref: str) -> Response:
        crime = record_of(Crime, ref)
        return Response(
            _shown(
                amend_crime(by=person(request), crime=crime, **_checked(CrimeAmendInput, request))
            )
        )


class CrimeCancelApi(Api):
    """Leaves every figure from then on; the crime and its history stay."""

    access = {"POST": Permission.RECORD_CHANGE}

    @extend_schema(request=CancelInput, responses=CrimeSerializer)
    def post(self, request: Request, ref: str) -> Response:
        said = _checked(CancelInput, request)
        crime = cancel_crime(
            by=person(request),
            crime=record_of(Crime, ref),
            at=said["cancelled_at"],
            reason=said["reason"],
        )
        return Response(_shown(crime))


class CrimeOutcomeListApi(ValuesList):
    """Every outcome that the crime was given, newest first."""

    access = READ_WRITE
    serializer_class = OutcomeSerializer
    queryset = Outcome.objects.all()

    def get_queryset(self) -> Any:
        return super().get_queryset().filter(crime=record_of(Crime, self.kwargs["ref"]))

    @extend_schema(request=OutcomeInput, responses={201: OutcomeSerializer})
    def post(self, request: Request, ref: str) -> Response:
        said = _checked(OutcomeInput, request)
        outcome = record_outcome(
            by=person(request),
            crime=record_of(Crime, ref),
            code=said["outcome_code"].pk,
            at=said["outcome_at"],
        )
        return Response(_outcome(outcome), HTTP_201_CREATED)


class OutcomeWithdrawApi(Api):
    access = {"POST": Permission.RECORD_CHANGE}

    @extend_schema(request=WithdrawInput, responses=OutcomeSerializer)
    def post(self, request: Request, ref: str, outcome: int) -> Response:
        said = _checked(WithdrawInput, request)
        given = Outcome.objects.filter(crime=record_of(Crime, ref), pk=outcome).first()
        if given is None:
            raise Http404(f"The crime {ref} has no outcome {outcome}.")
        withdrawn = withdraw_outcome(by=person(request), outcome=given, reason=said["reason"])
        return Response(_outcome(withdrawn))


class CrimeReferralApi(Api):
    access = {"POST": Permission.RECORD_CHANGE}

    @extend_schema(request=ReferralInput, responses={201: HubReferralSerializer})
    def post(self, request: Request, ref: str) -> Response:
        referral = record_referral(
            by=person(request), crime=record_of(Crime, ref), **_checked(ReferralInput, request)
        )
        rows = HubReferral.objects.filter(pk=referral.pk)
        return Response(columns(rows, HubReferralSerializer).get(), HTTP_201_CREATED)


def _checked(input_class: Any, request: Request) -> dict[str, Any]:
    said = input_class(data=request.data)
    said.is_valid(raise_exception=True)
    return dict(said.validated_data)


def _shown(crime: Crime) -> dict[str, Any]:
    """Read again: the database keeps some of its columns by itself."""
    return columns(Crime.objects.filter(pk=crime.pk), CrimeSerializer).get()


def _outcome(outcome: Outcome) -> dict[str, Any]:
    return columns(Outcome.objects.filter(pk=outcome.pk), OutcomeSerializer).get()
