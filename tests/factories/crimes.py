from datetime import UTC, datetime

from factory.declarations import Sequence
from factory.django import DjangoModelFactory

from offenders.models import Crime

JANUARY = datetime(2021, 1, 15, 12, tzinfo=UTC)


class CrimeFactory(DjangoModelFactory[Crime]):
    """A dwelling burglary in Cambridge, recorded in January 2021, without an outcome yet."""

    class Meta:
        model = Crime

    crime_ref = Sequence(lambda n: f"35/{n:05d}/21")
    recorded_at = JANUARY
    offence_id = "28E"
    is_dwelling = True
    district_id = "cambridge"
    department_id = "act-south"
    is_allocated = True
    has_victim = True
