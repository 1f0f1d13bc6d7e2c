"""Working days of England and Wales: Monday to Friday but bank holidays (Banking and Financial
Dealings Act 1971)."""

from datetime import date, timedelta
from functools import cache

import holidays

SATURDAY = 5


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
