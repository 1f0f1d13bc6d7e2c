"""Properties with the newest assessment of each, and what was done there."""

from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery

from operations.models import Assessment, Property, WorksOrder


def properties() -> QuerySet[Property]:
    """Each with `level` and `assessed_on` of its newest assessment."""
    return Property.objects.select_related("district").annotate(
        level=Subquery(_newest().values("result")[:1]),
        assessed_on=Subquery(_newest().values("assessed_on")[:1]),
    )


def _newest() -> QuerySet[Assessment]:
    rows = Assessment.objects.filter(home=OuterRef("pk"))
    return rows.order_by("-assessed_on", "-pk")


def is_latest(assessment: Assessment) -> bool:
    newest = Assessment.objects.filter(home=assessment.home_id).first()
    return newest == assessment


def has_works_ordered(assessment: Assessment) -> bool:
    """Also where the order was cancelled afterwards: it was made on what is written there."""
    return assessment.works.filter(ordered_on__isnull=False).exists()


def gold_properties(until: date) -> int:
    """How many had been found to need gold by that day: each once, whatever was found since."""
    return Assessment.objects.filter(is_first_gold=True, assessed_on__lte=until).count()


def works_orders() -> QuerySet[WorksOrder]:
    return WorksOrder.objects.select_related("assessment__home__district")
