from datetime import date

from factory.declarations import Sequence
from factory.django import DjangoModelFactory

from performance.models import SupervisoryReview


class SupervisoryReviewFactory(DjangoModelFactory[SupervisoryReview]):
    """Asked for in January 2021 and not yet due at its end."""

    class Meta:
        model = SupervisoryReview

    review_ref = Sequence(lambda n: f"SR-{n:06d}")
    department_id = "local-north"
    opened_on = date(2021, 1, 11)
    due_on = date(2021, 2, 8)
