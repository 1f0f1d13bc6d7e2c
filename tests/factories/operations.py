from datetime import UTC, date, datetime

from factory.declarations import Sequence, SubFactory
from factory.django import DjangoModelFactory

from operations.models import (
    FootwearMatch,
    FootwearScan,
    Operation,
    OperationArrest,
    OperationConviction,
    OperationVehicle,
    Trial,
)
from tests.factories.convictions import ConvictionFactory
from tests.factories.crimes import CrimeFactory
from tests.factories.custody import ArrestFactory
from tests.factories.users import UserFactory

SCANNED = datetime(2023, 1, 11, 9, tzinfo=UTC)  # while the person of ArrestFactory is held


class OperationFactory(DjangoModelFactory[Operation]):
    class Meta:
        model = Operation

    slug = Sequence(lambda n: f"invented-{n}")
    name = Sequence(lambda n: f"Op Invented {n}")
    aim = "To find invented vehicles."
    state = "live"
    starts_on = date(2022, 5, 1)


class OperationVehicleFactory(DjangoModelFactory[OperationVehicle]):
    class Meta:
        model = OperationVehicle

    operation = SubFactory(OperationFactory)
    registration = Sequence(lambda n: f"QX{n:05d}")
    description = "Invented hatchback"
    value = 20_000
    stolen_on = date(2023, 1, 2)


class OperationArrestFactory(DjangoModelFactory[OperationArrest]):
    class Meta:
        model = OperationArrest

    operation = SubFactory(OperationFactory)
    arrest = SubFactory(ArrestFactory)


class OperationConvictionFactory(DjangoModelFactory[OperationConviction]):
    class Meta:
        model = OperationConviction

    operation = SubFactory(OperationFactory)
    conviction = SubFactory(ConvictionFactory)


class TrialFactory(DjangoModelFactory[Trial]):
    """Six months, its test written on the first day."""

    class Meta:
        model = Trial

    slug = Sequence(lambda n: f"trial-{n}")
    name = Sequence(lambda n: f"Invented trial {n}")
    purpose = "An invented scanner."
    starts_on = date(2022, 11, 1)
    ends_on = date(2023, 4, 30)
    test = "Five qualified matches."
    test_written_at = datetime(2022, 11, 1, 9, tzinfo=UTC)
    test_written_by = SubFactory(UserFactory)


class FootwearScanFactory(DjangoModelFactory[FootwearScan]):
    class Meta:
        model = FootwearScan

    arrest = SubFactory(ArrestFactory)
    scanned_at = SCANNED
    pattern = "Bars and circles"
    by = SubFactory(UserFactory)


class FootwearMatchFactory(DjangoModelFactory[FootwearMatch]):
    class Meta:
        model = FootwearMatch

    scan = SubFactory(FootwearScanFactory)
    crime = SubFactory(CrimeFactory)
    found_at = SCANNED
    found_by = SubFactory(UserFactory)
