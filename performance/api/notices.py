"""Being told when a verdict changes: one's own subscriptions, and what one was told."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.status import HTTP_201_CREATED, HTTP_204_NO_CONTENT

from core.access.permissions import Permission
from core.access.person import person
from core.api.base import Api, ListApi
from core.api.values import StrictInput
from performance.api.parameters import MonthField, UnitField
from performance.models import Subscription, VerdictNotice
from performance.selectors.verdict_watch import notices_of, sentence, subscriptions_of
from performance.services.verdict_watch import read_notices, subscribe, unsubscribe

BOARD_VIEW = Permission.BOARD_VIEW


class SubscriptionSerializer(serializers.ModelSerializer[Subscription]):
    """Of a board or of an indicator: the other is blank."""

    unit = serializers.CharField(source="unit_id")

    class Meta:
        model = Subscription
        fields = ["id", "board", "indicator", "unit", "since"]


class SubscriptionInput(StrictInput):
    board = serializers.SlugField(required=False)
    indicator = serializers.SlugField(required=False)
    unit = UnitField()


class NoticeSerializer(serializers.ModelSerializer[VerdictNotice]):
    """`of_board`: a board was told `before`, in a paper of that month."""

    indicator = serializers.CharField(source="change.indicator")
    unit = serializers.CharField(source="change.unit_id")
    against = serializers.CharField(source="change.against")
    month = MonthField(source="change.month")
    verdict = serializers.CharField(source="change.word")
    before = serializers.CharField(source="change.before")
    before_month = MonthField(source="change.before_month")
    of_board = serializers.BooleanField(source="change.of_board")
    found_at = serializers.DateTimeField(source="change.found_at")
    sentence = serializers.SerializerMethodField()

    class Meta:
        model = VerdictNotice
        fields = [
            "id",
            "indicator",
            "unit",
            "against",
            "month",
            "verdict",
            "before",
            "before_month",
            "of_board",
            "sentence",
            "found_at",
            "read_at",
        ]

    def get_sentence(self, notice: VerdictNotice) -> str:
        return sentence(notice.change)


class NoticesReadInput(StrictInput):
    """`up_to`: the number of the newest that was read."""

    up_to = serializers.IntegerField(min_value=0, max_value=2**63 - 1)


class SubscriptionListApi(Api):
    access = {"GET": BOARD_VIEW, "POST": BOARD_VIEW}

    @extend_schema(responses=SubscriptionSerializer(many=True))
    def get(self, request: Request) -> Response:
        found = subscriptions_of(person(request))
        return Response(SubscriptionSerializer(found, many=True).data)

    @extend_schema(request=SubscriptionInput, responses={201: SubscriptionSerializer})
    def post(self, request: Request) -> Response:
        said = SubscriptionInput(data=request.data)
        said.is_valid(raise_exception=True)
        made = subscribe(by=person(request), **said.validated_data)
        return Response(SubscriptionSerializer(made).data, HTTP_201_CREATED)


class SubscriptionDetailApi(Api):
    access = {"DELETE": BOARD_VIEW}

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        found = subscriptions_of(person(request)).filter(pk=pk).first()
        if found is None:
            raise Http404(f"You have no subscription {pk}.")
        unsubscribe(by=person(request), subscription=found)
        return Response(status=HTTP_204_NO_CONTENT)


class NoticeListApi(ListApi):
    """What one was told, newest first."""

    access = BOARD_VIEW
    serializer_class = NoticeSerializer
    queryset = VerdictNotice.objects.none()  # what the schema names; each asks for their own

    def get_queryset(self) -> Any:
        return notices_of(person(self.request))


class NoticesReadApi(Api):
    access = {"POST": BOARD_VIEW}

    @extend_schema(request=NoticesReadInput, responses={204: None})
    def post(self, request: Request) -> Response:
        said = NoticesReadInput(data=request.data)
        said.is_valid(raise_exception=True)
        read_notices(by=person(request), **said.validated_data)
        return Response(status=HTTP_204_NO_CONTENT)
