from datetime import date

import pytest

from core.workdays import working_days_between

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
