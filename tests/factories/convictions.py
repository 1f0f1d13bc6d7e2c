from datetime import date

from factory.declarations import Sequence, SubFactory
from factory.django import DjangoModelFactory

from offenders.models import Conviction
from tests.factories.nominals import NominalFactory


class ConvictionFactory(DjangoModelFactory[Conviction]):
    class Meta:
        model = Conviction

    nominal = SubFactory(NominalFactory)
    court = "Invented Crown Court"
    convicted_on = date(2023, 1, 20)
    title = Sequence(lambda n: f"Conspiracy to steal, count {n}")
