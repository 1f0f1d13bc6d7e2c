from datetime import date

from django.db.models import Max

from core.dates import month_of, today
from performance.models import Figure


def latest_month() -> date:
    """The last month that has figures, or this month."""
    latest = Figure.objects.filter(month__lte=today()).aggregate(latest=Max("month"))["latest"]
    return latest or month_of(today())
