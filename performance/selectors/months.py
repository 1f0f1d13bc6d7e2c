from datetime import date

from django.db.models import Max

from core.dates import month_of, today
from performance.boards import BOARDS
from performance.models import Figure

OFFENDERS = "offender-management"
OF_CRIME_AND_SERVICE = {
    slug for board in BOARDS.values() if board.slug != OFFENDERS for slug in board.indicators
}


def latest_month() -> date:
    """The last month that has figures of crime or of the service to the public, or this month.

    Custody and cohorts are told as they happen, so their figures may be ahead of all others.
    """
    figures = Figure.objects.filter(month__lte=today(), indicator__in=OF_CRIME_AND_SERVICE)
    latest = figures.aggregate(latest=Max("month"))["latest"]
    return latest or month_of(today())
