from datetime import date

from django.db.models import Max

from core.dates import month_of, today
from performance.models import Figure
from performance.selectors.reach import reach_of_basis


def latest_month() -> date:
    """The last month that holds crimes; without crimes the last that has figures, or this month.

    One record with a date of its own must not lead everybody to a month that is empty but for it.
    """
    if held := reach_of_basis("recorded").last:
        return held
    latest = Figure.objects.filter(month__lte=today()).aggregate(latest=Max("month"))["latest"]
    return latest or month_of(today())
