from datetime import date
from decimal import Decimal

from factory.declarations import SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from operations.models import Assessment, Property, WorksOrder

ASSESSED = date(2021, 1, 11)


class PropertyFactory(DjangoModelFactory[Property]):
    class Meta:
        model = Property

    property_ref = Sequence(lambda n: f"PR-{n:05d}")
    address = Sequence(lambda n: f"{n + 1} Invented Row")
    postcode = "ZZ1 1AA"
    district_id = "cambridge"


class AssessmentFactory(DjangoModelFactory[Assessment]):
    """Doors and windows are weak, so silver became gold."""

    class Meta:
        model = Assessment

    home = SubFactory(PropertyFactory)
    district = SelfAttribute("home.district")
    assessed_on = ASSESSED
    asked_for = "silver"
    weak = ["doors", "windows"]
    result = "gold"
    why = "The doors cannot be mended"


class WorksOrderFactory(DjangoModelFactory[WorksOrder]):
    class Meta:
        model = WorksOrder

    assessment = SubFactory(AssessmentFactory)
    kind = "doors"
    quoted = Decimal("850.00")
    quoted_on = ASSESSED
