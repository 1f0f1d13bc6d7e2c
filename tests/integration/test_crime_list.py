from datetime import UTC, datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from core.paging import CAP, CappedPaginator
from offenders.models import Crime
from tests.factories.crimes import CrimeFactory
from tests.factories.outcomes import OutcomeFactory
from tests.queries import assert_flat, assert_queries

pytestmark = pytest.mark.django_db
URL = "/crimes/"


def test_crime_list_shows_newest_first(sign_in):
    CrimeFactory.create(crime_ref="older", recorded_at=datetime(2021, 1, 1, tzinfo=UTC))
    CrimeFactory.create(crime_ref="newer", recorded_at=datetime(2021, 1, 2, tzinfo=UTC))
    text = sign_in("manager").get(URL).text
    assert text.index(">newer<") < text.index(">older<")


def test_crime_list_sorts_by_its_links(sign_in):
    CrimeFactory.create(crime_ref="b")
    CrimeFactory.create(crime_ref="a")
    text = sign_in("manager").get(URL, {"sort": "crime_ref"}).text
    assert text.index(">a<") < text.index(">b<")
    assert 'aria-sort="ascending"' in text


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ref", "wanted"),
        ("month", "2020-12"),
        ("recorded_to", "2020-12-31"),
        ("group", "theft-of-motor-vehicle"),
        ("offence", "48"),
        ("unit", "north"),
        ("dwelling", "false"),
        ("cancelled", "true"),
        ("outcome", "18"),
    ],
)
def test_crime_list_filters(sign_in, name, value):
    wanted = CrimeFactory.create(
        crime_ref="wanted",
        recorded_at=datetime(2020, 12, 31, 23, tzinfo=UTC),
        cancelled_at=datetime(2021, 2, 1, tzinfo=UTC),
        offence_id="48",
        is_dwelling=False,
        district_id="fenland",
    )
    OutcomeFactory.create(crime=wanted, code_id="18")
    CrimeFactory.create(crime_ref="other")
    text = sign_in("manager").get(URL, {name: value}).text
    assert ">wanted<" in text
    assert ">other<" not in text


def test_crime_list_takes_days_in_local_time(sign_in):
    CrimeFactory.create(crime_ref="july", recorded_at=datetime(2020, 6, 30, 23, 30, tzinfo=UTC))
    text = sign_in("manager").get(URL, {"recorded_from": "2020-07-01"}).text
    assert ">july<" in text


def test_crime_list_says_what_is_wrong_with_a_filter(sign_in):
    CrimeFactory.create(crime_ref="any")
    text = sign_in("manager").get(URL, {"month": "January"}).text
    assert "is not a month. Write it like 2021-01." in text
    assert ">any<" not in text


def test_crime_list_shows_chosen_filters_as_tags(sign_in):
    text = sign_in("manager").get(URL, {"month": "2021-01", "cancelled": "true"}).text
    assert "Month recorded: January 2021" in text
    assert "Cancelled: Yes" in text


def test_crime_list_offers_new_crimes_to_those_who_may(sign_in):
    assert "Record a crime" in sign_in("act-officer").get(URL).text
    assert "Record a crime" not in sign_in("manager").get(URL).text


def test_crime_list_offers_exports_to_those_who_may(sign_in):
    assert "Export as CSV" in sign_in("manager").get(URL).text
    assert "Export as CSV" not in sign_in("act-officer").get(URL).text


def test_crime_list_queries_are_pinned_and_flat(sign_in):
    browser = sign_in("manager")
    CrimeFactory.create()
    browser.get(URL)
    assert_queries("offenders:crime-list", lambda: browser.get(URL))
    assert_flat(lambda: browser.get(URL), CrimeFactory.create)


def test_paging_counts_no_further_than_its_cap(django_assert_num_queries: DjangoAssertNumQueries):
    with django_assert_num_queries(1) as found:
        pages = CappedPaginator(Crime.objects.all(), 50)
        assert pages.count == 0
        assert not pages.is_capped
    assert f"LIMIT {CAP + 1}" in found.captured_queries[0]["sql"]
