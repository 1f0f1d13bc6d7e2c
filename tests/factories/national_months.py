import datetime

import factory

from performance.models import NationalMonth


class NationalMonthFactory(factory.django.DjangoModelFactory[NationalMonth]):
    class Meta:
        model = NationalMonth

    month = datetime.date(2021, 1, 1)
    force_name = factory.Sequence(lambda n: f"Force {n}")
    group_id = "dwelling-burglary"
    crimes = 100
    outcomes = 10
