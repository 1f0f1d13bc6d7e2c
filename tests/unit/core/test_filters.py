from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict

from core.filters import filtered
from offenders.filters import CrimeFilter
from offenders.models import Crime
from performance.filters import VictimCareFilter
from performance.models import VictimCareContract
from tests.factories.crimes import CrimeFactory
from tests.factories.victim_care_contracts import VictimCareContractFactory

pytestmark = pytest.mark.django_db


def crimes(query, **more):
    return filtered(CrimeFilter, Crime.objects.all(), QueryDict(query), **more)


def refs(query, **more):
    return list(crimes(query, **more).values_list("pk", flat=True))


def test_last_day_of_summer_time_ends_at_local_midnight():
    CrimeFactory.create(crime_ref="25th", recorded_at=datetime(2020, 10, 25, 23, 59, tzinfo=UTC))
    CrimeFactory.create(crime_ref="26th", recorded_at=datetime(2020, 10, 26, tzinfo=UTC))
    assert refs("recorded_to=2020-10-25") == ["25th"]
    assert refs("recorded_from=2020-10-26") == ["26th"]


def test_month_is_the_local_one():
    CrimeFactory.create(crime_ref="july", recorded_at=datetime(2020, 6, 30, 23, tzinfo=UTC))
    assert refs("month=2020-07") == ["july"]
    assert refs("month=2020-06") == []


@pytest.mark.parametrize(
    ("unit", "found"),
    [
        ("force", ["nowhere", "there"]),
        ("south", ["there"]),
        ("cambridge", ["there"]),
        ("north", []),
        ("act-south", ["nowhere"]),
    ],
)
def test_unit_takes_in_what_lies_below_it(unit, found):
    CrimeFactory.create(crime_ref="there", department_id=None)
    CrimeFactory.create(crime_ref="nowhere", district_id=None)
    assert refs(f"unit={unit}&sort=crime_ref") == found


def test_sort_breaks_ties_by_the_key():
    CrimeFactory.create(crime_ref="b")
    CrimeFactory.create(crime_ref="a")
    assert refs("sort=-recorded_at") == ["a", "b"]


def test_query_that_the_page_refuses_raises():
    with pytest.raises(ValidationError, match="not a month"):
        crimes("month=x")


def test_prefix_tells_the_filter_from_the_figure():
    CrimeFactory.create()
    assert refs("month=2019-01", prefix="with") != []
    assert refs("with-month=2019-01", prefix="with") == []


def test_filter_without_a_choice_keeps_every_row():
    VictimCareContractFactory.create()
    rows = VictimCareContract.objects.all()
    assert filtered(VictimCareFilter, rows, QueryDict("due_to=&contacted=&department=")).exists()


def test_group_follows_its_dates():
    """28I came into force in April 2023, in place of 28E."""
    CrimeFactory.create(
        crime_ref="new", offence_id="28I", recorded_at=datetime(2023, 5, 1, tzinfo=UTC)
    )
    CrimeFactory.create(crime_ref="early", offence_id="28I")
    assert refs("group=dwelling-burglary") == ["new"]
