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


def london(*parts):
    return datetime(*parts, tzinfo=ZoneInfo("Europe/London"))


@pytest.mark.parametrize(
    ("at", "hours", "due"),
    [
        (london(2023, 4, 5, 9), 4, london(2023, 4, 5, 13)),
        (london(2023, 4, 6, 16), 4, london(2023, 4, 11, 10)),  # over Easter
        (london(2023, 4, 5, 22), 1, london(2023, 4, 6, 9)),
        (london(2023, 4, 5, 3), 10, london(2023, 4, 5, 18)),
        (london(2023, 4, 8, 12), 0.5, london(2023, 4, 11, 8, 30)),
    ],
)
def test_working_hours_leave_out_nights_weekends_and_bank_holidays(at, hours, due):
    assert add_working_hours(at, hours) == due
