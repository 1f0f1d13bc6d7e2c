import datetime

from factory.declarations import Sequence
from factory.django import DjangoModelFactory

from performance.models import NationalMonth


class NationalMonthFactory(DjangoModelFactory[NationalMonth]):
    class Meta:
        model = NationalMonth

    month = datetime.date(2021, 1, 1)
    force_name = Sequence(lambda n: f"Force {n}")
    group_id = "dwelling-burglary"
    crimes = 100
    outcomes = 10
