from datetime import date

from factory.declarations import Sequence, SubFactory
from factory.django import DjangoModelFactory

from operations.models import PackMovement, PackTarget, Partner, StockPlace
from operations.models.pack import MovementKind
from operations.models.property import PackLevel

DELIVERED = date(2021, 1, 4)
GIVEN = date(2021, 1, 18)


class StockPlaceFactory(DjangoModelFactory[StockPlace]):
    class Meta:
        model = StockPlace

    code = Sequence(lambda n: f"store-{n}")
    name = Sequence(lambda n: f"Store {n}")


class PartnerFactory(DjangoModelFactory[Partner]):
    class Meta:
        model = Partner

    code = Sequence(lambda n: f"partner-{n}")
    name = Sequence(lambda n: f"Invented food bank {n}")
    kind = "food-bank"
    district_id = "cambridge"


class DeliveryFactory(DjangoModelFactory[PackMovement]):
    """A hundred bronze packs came in."""

    class Meta:
        model = PackMovement

    movement_ref = Sequence(lambda n: f"PM-{n:05d}")
    kind: str = MovementKind.DELIVERY
    level = PackLevel.BRONZE
    place = SubFactory(StockPlaceFactory)
    number = 100
    moved_on = DELIVERED


class GiftFactory(DeliveryFactory):
    """Ten of them to a partner. The stock has to be there."""

    kind = MovementKind.GIVEN
    partner = SubFactory(PartnerFactory)
    district_id = "cambridge"
    number = 10
    moved_on = GIVEN


class PackTargetFactory(DjangoModelFactory[PackTarget]):
    class Meta:
        model = PackTarget

    level = PackLevel.BRONZE
    title = "before the end of lockdown"
    number = 900
    starts_on = date(2020, 11, 1)
    due_on = date(2021, 3, 29)
