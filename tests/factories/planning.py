from datetime import date

from factory.declarations import Sequence
from factory.django import DjangoModelFactory

from operations.models import PlanningApplication


class PlanningFactory(DjangoModelFactory[PlanningApplication]):
    """Not answered yet."""

    class Meta:
        model = PlanningApplication

    application_ref = Sequence(lambda n: f"20/{n:05d}/FUL")
    authority = "Invented City Council"
    district_id = "cambridge"
    received_on = date(2021, 1, 8)
    due_on = date(2021, 1, 29)
