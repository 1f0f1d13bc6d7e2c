from datetime import UTC, datetime, timedelta

import pytest

from core.models import AuditEvent
from offenders.models import Crime, Outcome
from tests.factories.crimes import JANUARY, CrimeFactory
from tests.factories.outcomes import OutcomeFactory
from tests.queries import assert_flat, assert_queries

pytestmark = pytest.mark.django_db
URL = "/api/v1/crimes/"
NEW = {
    "crime_ref": "35/1/21",
    "recorded_at": "2021-01-15T12:00:00Z",
    "offence_code": "28E",
    "dwelling": True,
    "district": "cambridge",
}


@pytest.fixture
def officer(sign_in):
    return sign_in("act-officer")


def post(browser, url, **data):
    return browser.post(url, data, content_type="application/json")


def patch(browser, crime, **data):
    return browser.patch(f"{URL}{crime.pk}/", data, content_type="application/json")


def refs(response):
    assert response.status_code == 200, response.json()
    return [row["crime_ref"] for row in response.json()["results"]]


def test_crime_list_names_its_columns_as_the_files_do(officer):
    OutcomeFactory.create(crime=CrimeFactory.create(crime_ref="35/1/21"))
    row = officer.get(URL).json()["results"][0]
    assert {name: row[name] for name in NEW} == NEW
    assert (row["outcome_code"], row["outcome_at"]) == ("1", "2021-01-18T12:00:00Z")


def test_crime_list_shares_the_filters_of_the_page(officer):
    CrimeFactory.create(crime_ref="here")
    CrimeFactory.create(crime_ref="there", district_id="fenland")
    assert refs(officer.get(URL, {"unit": "north"})) == ["there"]
    assert refs(officer.get(URL, {"sort": "-crime_ref"})) == ["there", "here"]


@pytest.mark.parametrize(
    "query", [{"unknown": "1"}, {"month": "January"}, {"sort": "colour"}, {"offence": "zz"}]
)
def test_crime_list_refuses_a_query_it_does_not_know(officer, query):
    response = officer.get(URL, query)
    assert response.status_code == 400
    assert list(response.json()) == list(query)


def test_crime_list_gives_at_most_a_hundred(officer):
    CrimeFactory.create_batch(101)
    assert len(refs(officer.get(URL, {"page_size": "1000"}))) == 100


def test_crime_list_queries_are_pinned_and_flat(officer):
    assert_flat(lambda: officer.get(URL), CrimeFactory.create)
    assert_queries("api/crimes", lambda: officer.get(URL))


def test_crime_detail_logs_the_look(officer):
    crime = CrimeFactory.create()
    assert officer.get(f"{URL}{crime.pk}/").json()["version"] == 1
    assert AuditEvent.objects.get(action="record.viewed").target_id == crime.pk


def test_crime_detail_answers_404_for_none(officer):
    response = officer.get(f"{URL}none/")
    assert (response.status_code, response.json()) == (404, {"detail": "There is no crime none."})


def test_crime_is_created(officer):
    response = post(officer, URL, **NEW)
    assert response.status_code == 201
    assert response.json()["version"] == 1
    assert Crime.objects.get().offence_id == "28E"
    assert AuditEvent.objects.get(action="record.created").actor == officer.user.username


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("crime_ref", {"crime_ref": "taken"}),
        ("offence_code", {"offence_code": "zz"}),
        ("recorded_at", {"recorded_at": "15 January"}),
        ("recorded_at", {"recorded_at": "2031-01-15T12:00:00Z"}),
        ("district", {"district": "north"}),
        ("dweling", {"dweling": True}),
        ("outcome_code", {"outcome_code": "1"}),
    ],
)
def test_crime_refuses_what_cannot_be(officer, field, wrong):
    CrimeFactory.create(crime_ref="taken")
    response = post(officer, URL, **NEW | wrong)
    assert response.status_code == 400
    assert field in response.json()


def test_crime_is_amended(officer):
    crime = CrimeFactory.create()
    response = patch(officer, crime, version=1, district="fenland")
    assert response.status_code == 200
    assert (response.json()["district"], response.json()["version"]) == ("fenland", 2)


def test_crime_amended_from_a_stale_version_is_a_conflict(officer):
    crime = CrimeFactory.create()
    patch(officer, crime, version=1, district="fenland")
    response = patch(officer, crime, version=1, district="huntingdonshire")
    assert response.status_code == 409
    assert response.json()["version"] == 2
    assert Crime.objects.get().district_id == "fenland"


def test_crime_amended_without_its_version_is_refused(officer):
    response = patch(officer, CrimeFactory.create(), district="fenland")
    assert (response.status_code, list(response.json())) == (400, ["version"])


def test_crime_is_cancelled(officer):
    crime = CrimeFactory.create()
    at = "2021-02-01T12:00:00Z"
    response = post(officer, f"{URL}{crime.pk}/cancel/", cancelled_at=at, reason="No crime")
    assert response.json()["cancelled_at"] == at
    assert AuditEvent.objects.get(action="record.cancelled").detail["reason"] == "No crime"


def test_crime_cancelled_without_a_reason_is_refused(officer):
    crime = CrimeFactory.create()
    response = post(officer, f"{URL}{crime.pk}/cancel/", cancelled_at="2021-02-01T12:00:00Z")
    assert (response.status_code, list(response.json())) == (400, ["reason"])


def test_outcomes_of_a_crime_are_listed_newest_first(officer):
    crime = CrimeFactory.create()
    OutcomeFactory.create(crime=crime, code_id="18")
    OutcomeFactory.create(crime=crime, outcome_at=JANUARY + timedelta(days=9))
    OutcomeFactory.create()
    rows = officer.get(f"{URL}{crime.pk}/outcomes/").json()["results"]
    assert [row["outcome_code"] for row in rows] == ["1", "18"]


def test_outcome_is_recorded_and_withdrawn(officer):
    crime = CrimeFactory.create()
    url = f"{URL}{crime.pk}/outcomes/"
    made = post(officer, url, outcome_code="1", outcome_at="2021-01-20T12:00:00Z")
    assert made.status_code == 201
    crime.refresh_from_db()
    assert crime.outcome_id == "1"
    post(officer, f"{url}{made.json()['id']}/withdraw/", reason="Not charged")
    assert Outcome.objects.get().cancelled_at is not None


def test_outcome_of_another_crime_is_not_withdrawn(officer):
    outcome, crime = OutcomeFactory.create(), CrimeFactory.create()
    url = f"{URL}{crime.pk}/outcomes/{outcome.pk}/withdraw/"
    assert post(officer, url, reason="x").status_code == 404


def test_referral_is_recorded_once(officer):
    url = f"{URL}{CrimeFactory.create().pk}/referral/"
    assert post(officer, url, referred_on="2021-01-16").status_code == 201
    assert post(officer, url, referred_on="2021-01-16").status_code == 400


def test_outcome_refuses_a_cancelled_crime(officer):
    crime = CrimeFactory.create(cancelled_at=datetime(2021, 1, 20, tzinfo=UTC))
    url = f"{URL}{crime.pk}/outcomes/"
    response = post(officer, url, outcome_code="1", outcome_at="2021-01-21T12:00:00Z")
    assert response.status_code == 400


def test_manager_reads_and_does_not_write(sign_in):
    manager, crime = sign_in("manager"), CrimeFactory.create()
    assert manager.get(URL).status_code == 200
    assert post(manager, URL, **NEW).status_code == 403
    assert patch(manager, crime, version=1).status_code == 403
    assert post(manager, f"{URL}{crime.pk}/cancel/").status_code == 403


@pytest.mark.parametrize("path", ["cancel/", "referral/", "outcomes/1/withdraw/"])
def test_changes_are_posted(officer, path):
    assert officer.get(f"{URL}{CrimeFactory.create().pk}/{path}").status_code == 405
