"""Working days of England and Wales: Monday to Friday but bank holidays (Banking and Financial
Dealings Act 1971)."""

from datetime import UTC, date, datetime, timedelta
from functools import cache

import holidays
from django.utils import timezone

SATURDAY = 5
OPENS, CLOSES = 8, 18  # hours of a working day


@cache
def _bank_holidays() -> holidays.HolidayBase:
    return holidays.country_holidays("GB", subdiv="ENG")


def is_working_day(day: date) -> bool:
    return day.weekday() < SATURDAY and day not in _bank_holidays()


def add_working_days(day: date, days: int) -> date:
    """The day so many working days after."""
    while days > 0:
        day += timedelta(days=1)
        days -= is_working_day(day)
    return day


def working_days_between(first: date, last: date) -> int:
    """Working days after the first up to the last; negative where the last lies before."""
    if last < first:
        return -working_days_between(last, first)
    return sum(
        is_working_day(first + timedelta(days=step)) for step in range(1, (last - first).days + 1)
    )


def add_working_hours(at: datetime, hours: float) -> datetime:
    """So many hours of the office later; the night, weekends and bank holidays do not count."""
    local = timezone.localtime(at)
    left = timedelta(hours=hours)
    while True:
        opens, closes = (_at(local, hour) for hour in (OPENS, CLOSES))
        local = max(local, opens)
        if is_working_day(local.date()) and local + left <= closes:
            return (local + left).astimezone(UTC)
        if is_working_day(local.date()):
            left -= max(closes - local, timedelta(0))
        local = _at(local, 0) + timedelta(days=1)


def _at(local: datetime, hour: int) -> datetime:
    return local.replace(hour=hour, minute=0, second=0, microsecond=0)
