from typing import Any

from core.access.permissions import Permission
from core.access.policy import Standing
from core.api.values import ValuesList
from core.models import Unit
from performance.api import serializers
from performance.filters import (
    CallFilter,
    IntegrityAuditFilter,
    ReviewFilter,
    SurveyResponseFilter,
    VictimCareFilter,
)
from performance.models import (
    Call,
    IntegrityAudit,
    SupervisoryReview,
    SurveyResponse,
    VictimCareContract,
)


class CallListApi(ValuesList):
    access = Permission.RECORD_VIEW
    queryset = Call.objects.order_by("-offered_month", "-offered_at", "call_ref")
    serializer_class = serializers.CallSerializer
    filterset_class = CallFilter


class SurveyResponseListApi(ValuesList):
    access = Permission.RECORD_VIEW
    queryset = SurveyResponse.objects.order_by(
        "-responded_month", "-responded_on", "response_ref", "question"
    )
    serializer_class = serializers.SurveyResponseSerializer
    filterset_class = SurveyResponseFilter


class VictimCareListApi(ValuesList):
    access = Permission.RECORD_VIEW
    queryset = VictimCareContract.objects.all()
    serializer_class = serializers.VictimCareSerializer
    filterset_class = VictimCareFilter


class ReviewListApi(ValuesList):
    access = Permission.RECORD_VIEW
    queryset = SupervisoryReview.objects.all()
    serializer_class = serializers.ReviewSerializer
    filterset_class = ReviewFilter


class IntegrityAuditListApi(ValuesList):
    access = Permission.RECORD_VIEW
    queryset = IntegrityAudit.objects.all()
    serializer_class = serializers.IntegrityAuditSerializer
    filterset_class = IntegrityAuditFilter


class UnitListApi(ValuesList):
    """Parts of the force, with the unit that each stands below."""

    access: Any = Standing.SIGNED_IN
    queryset = Unit.objects.all()
    serializer_class = serializers.UnitSerializer
