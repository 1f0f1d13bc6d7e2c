import factory

from offenders.models import Nominal
from tests.factories.users import UserFactory


class NominalFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Nominal

    ref = factory.Sequence(lambda n: f"N{n:06d}")
    surname = "Testcase"
    forenames = factory.Sequence(lambda n: f"Invented{n}")
    date_of_birth = "1990-05-17"
    lead_officer = factory.SubFactory(UserFactory)
