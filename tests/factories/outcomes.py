from datetime import timedelta

from factory.declarations import LazyAttribute, SubFactory
from factory.django import DjangoModelFactory

from offenders.models import Outcome
from tests.factories.crimes import CrimeFactory


class OutcomeFactory(DjangoModelFactory[Outcome]):
    """A charge, three days after the crime was recorded."""

    class Meta:
        model = Outcome

    crime = SubFactory(CrimeFactory)
    code_id = "1"
    outcome_at = LazyAttribute(lambda outcome: outcome.crime.recorded_at + timedelta(days=3))
