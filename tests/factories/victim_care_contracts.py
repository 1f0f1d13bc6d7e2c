from datetime import date

from factory.declarations import Sequence
from factory.django import DjangoModelFactory

from performance.models import VictimCareContract


class VictimCareContractFactory(DjangoModelFactory[VictimCareContract]):
    """Live at the end of January 2021 and not yet due."""

    class Meta:
        model = VictimCareContract

    contract_ref = Sequence(lambda n: f"VCC-{n:06d}")
    department_id = "local-north"
    opened_on = date(2021, 1, 11)
    due_on = date(2021, 2, 8)
