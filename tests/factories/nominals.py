from datetime import date

from factory.declarations import Sequence, SubFactory
from factory.django import DjangoModelFactory

from offenders.models import Nominal
from tests.factories.users import UserFactory


class NominalFactory(DjangoModelFactory[Nominal]):
    class Meta:
        model = Nominal

    ref = Sequence(lambda n: f"N{n:06d}")
    surname = "Testcase"
    forenames = Sequence(lambda n: f"Invented{n}")
    date_of_birth = date(1990, 5, 17)
    lead_officer = SubFactory(UserFactory)
