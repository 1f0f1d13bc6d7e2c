"""Packs by the same services as the pages, with the same refusals."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.status import HTTP_201_CREATED

from core.access.permissions import Permission
from core.access.person import person
from core.api.base import Api
from core.api.values import StrictInput, ValuesDetail, ValuesList, record_of
from core.models import Unit, UnitKind
from operations.models import PackMovement, PackTarget, Partner, Property, StockPlace
from operations.models.pack import MovementKind
from operations.models.property import PackLevel
from operations.prevention_filters import PackMovementFilter, PartnerFilter
from operations.selectors.packs import Tile, day_of_ledger, tiles
from operations.services import packs

READ, WRITE = Permission.PREVENTION_VIEW, Permission.PREVENTION_CHANGE
MOST = 100_000


def district() -> serializers.RelatedField[Any, Any, Any]:
    rows = Unit.objects.filter(kind=UnitKind.DISTRICT)
    return serializers.PrimaryKeyRelatedField(queryset=rows, required=False)


def checked(input_class: type[StrictInput], request: Request) -> dict[str, Any]:
    said = input_class(data=request.data)
    said.is_valid(raise_exception=True)
    return dict(said.validated_data)


class MovementSerializer(serializers.ModelSerializer[PackMovement]):
    property_ref = serializers.CharField(source="home_id")

    class Meta:
        model = PackMovement
        fields = [
            "movement_ref", "kind", "level", "place", "number", "change", "moved_on", "partner",
            "address", "property_ref", "district", "gift_ref", "note", "withdrawn_at",
            "withdrawn_why",
        ]  # fmt: skip


class MovementInput(StrictInput):
    """A delivery, a gift or a count: of a count, `number` is how many were found."""

    movement_ref = serializers.CharField(max_length=40, required=False)
    kind = serializers.ChoiceField([M for M in MovementKind.choices if M[0] != "returned"])
    level = serializers.ChoiceField(PackLevel.choices)
    place = serializers.PrimaryKeyRelatedField(queryset=StockPlace.objects.all())
    number = serializers.IntegerField(min_value=0, max_value=MOST)
    moved_on = serializers.DateField()
    partner = serializers.PrimaryKeyRelatedField(queryset=Partner.objects.all(), required=False)
    address = serializers.CharField(max_length=200, required=False)
    property_ref = serializers.PrimaryKeyRelatedField(
        queryset=Property.objects.all(), source="home", required=False
    )
    district = district()
    note = serializers.CharField(max_length=300, required=False)


# What each kind takes beside level, place, number and day.
TAKEN = {
    "delivery": {"movement_ref", "note"},
    "given": {"movement_ref", "partner", "address", "home", "district", "note"},
    "count": {"note"},
}
ALWAYS = {"level", "place", "number", "moved_on"}


class MovementListApi(ValuesList):
    """The ledger, newest first."""

    access = {"GET": READ, "POST": WRITE}
    queryset = PackMovement.objects.all()
    serializer_class = MovementSerializer
    filterset_class = PackMovementFilter

    @extend_schema(request=MovementInput, responses={201: MovementSerializer})
    def post(self, request: Request) -> Response:
        said = checked(MovementInput, request)
        made = _entered(person(request), said.pop("kind"), said)
        row = shown(PackMovement.objects.filter(pk=made.pk), MovementSerializer)
        return Response(row, HTTP_201_CREATED)


def _entered(by: Any, kind: str, said: dict[str, Any]) -> PackMovement:
    extra = set(said) - ALWAYS - TAKEN[kind]
    if extra:
        raise serializers.ValidationError({name: [f"A {kind} does not take it."] for name in extra})
    if kind == MovementKind.COUNT:
        found = said.pop("number")
        return packs.count_packs(by=by, found=found, **({"note": ""} | said))
    move = packs.receive_packs if kind == MovementKind.DELIVERY else packs.give_packs
    return move(by=by, **said)


def shown(
    rows: QuerySet[Any], serializer_class: type[serializers.ModelSerializer[Any]]
) -> dict[str, Any]:
    """One record as the lists show it."""
    return dict(serializer_class(rows.get()).data)


class MovementDetailApi(ValuesDetail):
    access = READ
    queryset = PackMovement.objects.all()
    serializer_class = MovementSerializer


class ReturnInput(StrictInput):
    number = serializers.IntegerField(min_value=1, max_value=MOST)
    moved_on = serializers.DateField()
    place = serializers.PrimaryKeyRelatedField(queryset=StockPlace.objects.all(), required=False)
    note = serializers.CharField(max_length=300, required=False)


class MovementReturnApi(Api):
    """Packs of a gift came back."""

    access = {"POST": WRITE}

    @extend_schema(request=ReturnInput, responses={201: MovementSerializer})
    def post(self, request: Request, ref: str) -> Response:
        gift, said = record_of(PackMovement, ref), checked(ReturnInput, request)
        made = packs.return_packs(by=person(request), gift=gift, **said)
        row = shown(PackMovement.objects.filter(pk=made.pk), MovementSerializer)
        return Response(row, HTTP_201_CREATED)


class WithdrawInput(StrictInput):
    why = serializers.CharField(max_length=300)


class MovementWithdrawApi(Api):
    """An entry was wrong: it counts no longer, and stays with the reason."""

    access = {"POST": WRITE}

    @extend_schema(request=WithdrawInput, responses=MovementSerializer)
    def post(self, request: Request, ref: str) -> Response:
        found, said = record_of(PackMovement, ref), checked(WithdrawInput, request)
        packs.withdraw_movement(by=person(request), movement=found, **said)
        return Response(shown(PackMovement.objects.filter(pk=found.pk), MovementSerializer))


class PartnerSerializer(serializers.ModelSerializer[Partner]):
    class Meta:
        model = Partner
        fields = ["code", "name", "kind", "district", "is_open"]


class PartnerListApi(ValuesList):
    access = READ
    queryset = Partner.objects.all()
    serializer_class = PartnerSerializer
    filterset_class = PartnerFilter


class PlaceSerializer(serializers.ModelSerializer[StockPlace]):
    class Meta:
        model = StockPlace
        fields = ["code", "name", "is_open"]


class PlaceListApi(ValuesList):
    access = READ
    queryset = StockPlace.objects.all()
    serializer_class = PlaceSerializer


class DayQuery(serializers.Serializer[Any]):
    on = serializers.DateField(required=False, help_text="As at the end of this day.")


class TargetSerializer(serializers.ModelSerializer[PackTarget]):
    class Meta:
        model = PackTarget
        fields = ["id", "level", "title", "number", "starts_on", "due_on", "version"]


class LevelSerializer(serializers.Serializer[Any]):
    """`forecast` in words; `needed` a week and `by_then` where something lies ahead."""

    level = serializers.CharField()
    balance = serializers.IntegerField()
    given = serializers.IntegerField()
    target = TargetSerializer(allow_null=True)
    given_to_target = serializers.IntegerField(allow_null=True)
    needed = serializers.IntegerField(allow_null=True)
    by_then = serializers.IntegerField(allow_null=True)
    forecast = serializers.CharField(allow_null=True)


class PackStandingApi(Api):
    """Balance, gifts, target and forecast of each level."""

    access = READ
    parameters_class = DayQuery

    @extend_schema(parameters=[DayQuery], responses=LevelSerializer(many=True))
    def get(self, request: Request) -> Response:
        day = self.parameters().get("on") or day_of_ledger()
        return Response([_level(tile) for tile in tiles(day)])


def _level(tile: Tile) -> dict[str, Any]:
    outlook = tile.forecast
    return {
        "level": tile.level.value,
        "balance": tile.balance,
        "given": tile.given,
        "target": TargetSerializer(tile.target).data if tile.target else None,
        "given_to_target": outlook.standing.given if outlook else None,
        "needed": outlook.needed if outlook else None,
        "by_then": outlook.by_then if outlook else None,
        "forecast": outlook.words if outlook else None,
    }
