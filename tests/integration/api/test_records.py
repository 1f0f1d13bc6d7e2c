import pytest

from tests.factories.incidents import IncidentFactory
from tests.integration.test_record_lists import LISTS
from tests.queries import assert_flat, assert_queries

pytestmark = pytest.mark.django_db
CODE_LISTS = {"units": 15, "offence-codes": 20, "outcome-codes": 20}


@pytest.mark.parametrize("kind", LISTS)
def test_record_list_gives_its_records(sign_in, kind):
    LISTS[kind].create()
    answer = sign_in("machine").get(f"/api/v1/{kind}/").json()
    assert answer["count"] == len(answer["results"]) == 1


@pytest.mark.parametrize("kind", LISTS)
def test_record_list_refuses_an_unknown_parameter(sign_in, kind):
    assert sign_in("machine").get(f"/api/v1/{kind}/", {"colour": "red"}).status_code == 400


@pytest.mark.parametrize("kind", LISTS)
def test_record_list_is_for_those_who_see_records(sign_in, kind):
    assert sign_in("board-viewer").get(f"/api/v1/{kind}/").status_code == 403


@pytest.mark.parametrize("kind", LISTS)
def test_record_list_queries_are_pinned_and_flat(sign_in, kind):
    browser = sign_in("machine")
    url = f"/api/v1/{kind}/"
    assert_flat(lambda: browser.get(url), LISTS[kind].create)
    assert_queries(f"api/{kind}", lambda: browser.get(url))


@pytest.mark.parametrize("kind", LISTS)
def test_record_list_is_read_only(sign_in, kind):
    assert sign_in("analyst").post(f"/api/v1/{kind}/").status_code == 405


def test_record_list_shares_the_filters_of_the_page(sign_in):
    IncidentFactory.create(grade="prompt", is_domestic=True)
    IncidentFactory.create()
    query = {"grade": "prompt", "domestic": "true", "month": "2021-01", "unit": "south"}
    assert sign_in("machine").get("/api/v1/incidents/", query).json()["count"] == 1


def test_incident_names_its_columns_as_the_files_do(sign_in):
    incident = IncidentFactory.create()
    row = sign_in("machine").get(f"/api/v1/incidents/{incident.pk}/").json()
    assert (row["domestic"], row["covid"], row["response_seconds"]) == (False, False, 600.0)


def test_incident_answers_404_for_none(sign_in):
    assert sign_in("machine").get("/api/v1/incidents/none/").status_code == 404


@pytest.mark.parametrize(("name", "least"), CODE_LISTS.items())
def test_code_lists_are_for_everybody_signed_in(sign_in, client, name, least):
    assert sign_in("auditor").get(f"/api/v1/{name}/").json()["count"] >= least
    assert client.get(f"/api/v1/{name}/").status_code == 401
