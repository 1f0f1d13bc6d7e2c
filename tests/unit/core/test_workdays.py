from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from core.workdays import add_working_hours, working_days_between

THURSDAY = date(2023, 4, 6)  # before Good Friday


@pytest.mark.parametrize(
    ("last", "days"),
    [
        (date(2023, 4, 6), 0),
        (date(2023, 4, 10), 0),  # Easter Monday
        (date(2023, 4, 11), 1),
        (date(2023, 4, 5), -1),
        (date(2023, 4, 3), -3),
    ],
)
def test_working_days_leave_out_weekends_and_bank_holidays(last, days):
    assert working_days_between(THURSDAY, last) == days


def london(month_day_and_time: str) -> datetime:
    return datetime.fromisoformat(f"2023-{month_day_and_time}").replace(
        tzinfo=ZoneInfo("Europe/London")
    )


@pytest.mark.parametrize(
    ("at", "hours", "due"),
    [
        (london("04-05T09:00"), 4, london("04-05T13:00")),
        (london("04-06T16:00"), 4, london("04-11T10:00")),  # over Easter
        (london("04-05T22:00"), 1, london("04-06T09:00")),
        (london("04-05T03:00"), 10, london("04-05T18:00")),
        (london("04-08T12:00"), 0.5, london("04-11T08:30")),
    ],
)
def test_working_hours_leave_out_nights_weekends_and_bank_holidays(at, hours, due):
    assert add_working_hours(at, hours) == due
