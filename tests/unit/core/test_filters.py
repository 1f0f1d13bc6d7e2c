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
    CrimeFactory.create(crime_ref="25TH", recorded_at=datetime(2020, 10, 25, 23, 59, tzinfo=UTC))
    CrimeFactory.create(crime_ref="26TH", recorded_at=datetime(2020, 10, 26, tzinfo=UTC))
    assert refs("recorded_to=2020-10-25") == ["25TH"]
    assert refs("recorded_from=2020-10-26") == ["26TH"]


def test_month_is_the_local_one():
    CrimeFactory.create(crime_ref="JULY", recorded_at=datetime(2020, 6, 30, 23, tzinfo=UTC))
    assert refs("month=2020-07") == ["JULY"]
    assert refs("month=2020-06") == []


@pytest.mark.parametrize(
    ("unit", "found"),
    [
        ("force", ["NOWHERE", "THERE"]),
        ("south", ["THERE"]),
        ("cambridge", ["THERE"]),
        ("north", []),
        ("act-south", ["NOWHERE"]),
    ],
)
def test_unit_takes_in_what_lies_below_it(unit, found):
    CrimeFactory.create(crime_ref="THERE", department_id=None)
    CrimeFactory.create(crime_ref="NOWHERE", district_id=None)
    assert refs(f"unit={unit}&sort=crime_ref") == found


def test_sort_breaks_ties_by_the_key():
    CrimeFactory.create(crime_ref="B")
    CrimeFactory.create(crime_ref="A")
    assert refs("sort=-recorded_at") == ["A", "B"]


def test_query_that_the_page_refuses_raises():
    with pytest.raises(ValidationError, match="not a month"):
        crimes("month=x")


def test_prefix_tells_the_filter_from_the_figure():
    CrimeFactory.create()
    assert refs("month=2019-01", prefix="with", beside=["month"]) != []
    assert refs("with-month=2019-01", prefix="with") == []


def test_filter_without_a_choice_keeps_every_row():
    VictimCareContractFactory.create()
    rows = VictimCareContract.objects.all()
    assert filtered(VictimCareFilter, rows, QueryDict("due_to=&contacted=&department=")).exists()


def test_group_follows_its_dates():
    """28I came into force in April 2023, in place of 28E."""
    CrimeFactory.create(
        crime_ref="NEW", offence_id="28I", recorded_at=datetime(2023, 5, 1, tzinfo=UTC)
    )
    CrimeFactory.create(crime_ref="EARLY", offence_id="28I")
    assert refs("group=dwelling-burglary") == ["NEW"]


@pytest.mark.parametrize("query", ["mnth=2021-01", "month=2021-01&unit_code=south"])
def test_a_name_that_no_filter_has_is_refused(query):
    with pytest.raises(ValidationError, match="There is no filter"):
        crimes(query)


def test_the_page_and_its_own_names_are_no_filters():
    assert not crimes("page=2&part=numerator", beside=["part"]).exists()
