from datetime import timedelta

from factory.declarations import LazyAttribute, Sequence
from factory.django import DjangoModelFactory

from operations.models import Grade, Incident
from tests.factories.crimes import JANUARY


class IncidentFactory(DjangoModelFactory[Incident]):
    """A burglary in Cambridge, graded immediate, reached in ten minutes."""

    class Meta:
        model = Incident

    incident_ref = Sequence(lambda n: f"CC-150121-{n:04d}")
    opened_at = JANUARY
    grade = Grade.IMMEDIATE
    arrived_at = LazyAttribute(lambda incident: incident.opened_at + timedelta(minutes=10))
    category = "Burglary dwelling"
    district_id = "cambridge"
