from datetime import UTC, datetime
from typing import Any

from factory.declarations import SubFactory
from factory.django import DjangoModelFactory

from core.models import User
from offenders.models import Arrest, ArrestOffence, Detention, VoluntaryAttendance
from offenders.services.custody import Admission, begin_detention
from tests.factories.nominals import NominalFactory
from tests.factories.users import UserFactory

ARRESTED = datetime(2023, 1, 11, 6, 40, tzinfo=UTC)
ARRIVED = datetime(2023, 1, 11, 7, 30, tzinfo=UTC)
AUTHORISED = datetime(2023, 1, 11, 7, 45, tzinfo=UTC)


class ArrestFactory(DjangoModelFactory[Arrest]):
    class Meta:
        model = Arrest

    nominal = SubFactory(NominalFactory)
    arrested_at = ARRESTED
    place = "Invented Street, Cambridge"
    district_id = "cambridge"
    arresting_officer = SubFactory(UserFactory)


class ArrestOffenceFactory(DjangoModelFactory[ArrestOffence]):
    """Burglary in a dwelling, of no recorded crime."""

    class Meta:
        model = ArrestOffence

    arrest = SubFactory(ArrestFactory)
    title = "Burglary in a dwelling"
    mode = "either"


class AttendanceFactory(DjangoModelFactory[VoluntaryAttendance]):
    class Meta:
        model = VoluntaryAttendance

    nominal = SubFactory(NominalFactory)
    attended_at = ARRESTED
    station = "Parkside"
    reason = "Interview about a burglary"
    officer = SubFactory(UserFactory)


def detained(*, by: User | None = None, mode: str = "either", **arrest: Any) -> Detention:
    """Arrested at 06:40, at the station at 07:30, detention authorised at 07:45."""
    offence = ArrestOffenceFactory.create(arrest=ArrestFactory.create(**arrest), mode=mode)
    by = by or UserFactory.create(roles=["act-officer"])
    into = Admission("Parkside", ARRIVED, AUTHORISED)
    return begin_detention(by=by, arrest=offence.arrest, into=into)
