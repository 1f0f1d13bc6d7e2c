from datetime import date

from django.db.models import QuerySet

from operations.models import PlanningApplication


def answers_due() -> QuerySet[PlanningApplication]:
    """Not answered yet, the most urgent first."""
    rows = PlanningApplication.objects.filter(answered_on__isnull=True)
    return rows.order_by("due_on", "application_ref")


def answered(since: date, until: date) -> QuerySet[PlanningApplication]:
    return PlanningApplication.objects.filter(answered_on__range=(since, until))
