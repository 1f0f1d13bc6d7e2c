"""Requests for a second person, by the same services as the pages."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.person import person
from core.access.policy import Standing
from core.api.base import Api, ListApi
from core.api.values import StrictInput
from core.models import Approval
from core.selectors.approvals import approval_for, approvals, approvals_of, waiting_for
from core.services.approvals import approve, refuse, withdraw


class ApprovalSerializer(serializers.ModelSerializer[Approval]):
    asked_by = serializers.CharField(source="asked_by.username")
    decided_by = serializers.CharField(source="decided_by.username", default=None)

    class Meta:
        model = Approval
        fields = [
            "id", "kind", "target_type", "target_id", "reason", "asked_by", "asked_at",
            "decided_by", "decided_at", "is_approved", "note", "withdrawn_at",
        ]  # fmt: skip


class ApprovalQuery(serializers.Serializer[Any]):
    waiting = serializers.BooleanField(
        required=False, default=False, help_text="Only those that wait for your decision."
    )


class ApprovalDecisionInput(StrictInput):
    approve = serializers.BooleanField()
    note = serializers.CharField(max_length=1000, required=False, allow_blank=True, default="")


class ApprovalListApi(ListApi):
    """What you asked for or decided (auditors: all); with `waiting=true` what waits for you."""

    access = Standing.SIGNED_IN
    queryset = approvals()
    serializer_class = ApprovalSerializer
    parameters_class = ApprovalQuery

    def get_queryset(self) -> QuerySet[Approval]:
        by = person(self.request)
        if not self.parameters()["waiting"]:
            return approvals_of(by)
        return approvals().filter(pk__in=[row.pk for row in waiting_for(by)])

    @extend_schema(parameters=[ApprovalQuery])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class ApprovalDetailApi(Api):
    access = Standing.SIGNED_IN

    @extend_schema(responses=ApprovalSerializer)
    def get(self, request: Request, pk: int) -> Response:
        return Response(ApprovalSerializer(_for(request, pk)).data)


class ApprovalDecisionApi(Api):
    """Approve, and what was asked for happens; or refuse, with a note."""

    access = Standing.SIGNED_IN

    @extend_schema(request=ApprovalDecisionInput, responses=ApprovalSerializer)
    def post(self, request: Request, pk: int) -> Response:
        approval = _for(request, pk)
        said = ApprovalDecisionInput(data=request.data)
        said.is_valid(raise_exception=True)
        decide = approve if said.validated_data["approve"] else refuse
        note = said.validated_data["note"]
        decided = decide(by=person(request), approval=approval, note=note)
        return Response(ApprovalSerializer(decided).data)


class ApprovalWithdrawApi(Api):
    """Take back what you asked for, while nobody has decided."""

    access = Standing.SIGNED_IN

    @extend_schema(request=None, responses=ApprovalSerializer)
    def post(self, request: Request, pk: int) -> Response:
        withdrawn = withdraw(by=person(request), approval=_for(request, pk))
        return Response(ApprovalSerializer(withdrawn).data)


def _for(request: Request, pk: int) -> Approval:
    found = approval_for(person(request), pk)
    if found is None:
        raise Http404(f"There is no approval {pk} that concerns you.")
    return found
