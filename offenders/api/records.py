from core.access.permissions import Permission
from core.access.policy import Standing
from core.api.values import ValuesList
from offenders.api.serializers import (
    HubReferralSerializer,
    OffenceCodeSerializer,
    OutcomeCodeSerializer,
    OutcomeSerializer,
)
from offenders.filters import HubReferralFilter, OutcomeFilter
from offenders.models import HubReferral, OffenceCode, Outcome, OutcomeCode


class OutcomeListApi(ValuesList):
    access = Permission.RECORD_VIEW
    queryset = Outcome.objects.all()
    serializer_class = OutcomeSerializer
    filterset_class = OutcomeFilter


class HubReferralListApi(ValuesList):
    access = Permission.RECORD_VIEW
    queryset = HubReferral.objects.all()
    serializer_class = HubReferralSerializer
    filterset_class = HubReferralFilter


class OffenceCodeListApi(ValuesList):
    """Classes of the Home Office Counting Rules that the force knows."""

    access = Standing.SIGNED_IN
    queryset = OffenceCode.objects.all()
    serializer_class = OffenceCodeSerializer


class OutcomeCodeListApi(ValuesList):
    """Outcomes of the Home Office outcomes framework."""

    access = Standing.SIGNED_IN
    queryset = OutcomeCode.objects.all()
    serializer_class = OutcomeCodeSerializer
