from typing import Any

from factory.declarations import Sequence, SubFactory
from factory.django import DjangoModelFactory

from core.models import User
from offenders.models import CrimeSeries, SeriesCrime, SeriesSuspect
from tests.factories.crimes import CrimeFactory
from tests.factories.nominals import NominalFactory
from tests.factories.users import UserFactory


def officer(**fields: Any) -> User:
    return UserFactory.create(roles=["act-officer"], **fields)


class SeriesFactory(DjangoModelFactory[CrimeSeries]):
    """Open, without a crime yet."""

    class Meta:
        model = CrimeSeries

    ref = Sequence(lambda n: f"S{n:05d}")
    name = Sequence(lambda n: f"Invented series {n}")
    method = "Rear door of a dwelling, in the afternoon, car keys taken"
    owner = SubFactory(UserFactory)
    opened_on = "2021-02-01"


class SeriesCrimeFactory(DjangoModelFactory[SeriesCrime]):
    class Meta:
        model = SeriesCrime

    series = SubFactory(SeriesFactory)
    crime = SubFactory(CrimeFactory)
    why = "Same way in, the same evening"
    linked_by = SubFactory(UserFactory)


class SeriesSuspectFactory(DjangoModelFactory[SeriesSuspect]):
    class Meta:
        model = SeriesSuspect

    series = SubFactory(SeriesFactory)
    nominal = SubFactory(NominalFactory)
    why = "Seen near two of the scenes"
    named_by = SubFactory(UserFactory)
