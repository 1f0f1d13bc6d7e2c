"""Bail, court bail and remand applications by API: the same refusals as on the pages."""

import pytest

from core.models import AuditEvent
from offenders.models import Bail
from tests.factories.bail import NEW, applied, bailed, court_bailed
from tests.factories.custody import ArrestFactory
from tests.factories.nominals import NominalFactory
from tests.queries import assert_flat

pytestmark = pytest.mark.django_db
BAIL = "/api/v1/bail/"
REMAND = "/api/v1/remand-applications/"


@pytest.fixture
def officer(sign_in):
    return sign_in("act-officer")


def post(client, url, data):
    return client.post(url, data, content_type="application/json")


def _grant(**changes):
    arrest = ArrestFactory.create(arrested_at=NEW)
    return {
        "arrest": arrest.pk,
        "granted_at": "2023-01-10T15:00:00Z",
        "authorised_by": "Sergeant Invented",
        "authorised_rank": 2,
        **changes,
    }


def test_bail_is_granted_extended_and_ended(officer):
    made = post(officer, BAIL, _grant()).json()
    assert (made["ends_on"], made["regime"]) == ("2023-04-10", "since-reform")
    step = {
        "at": "2023-04-01T12:00:00Z",
        "authorised_by": "Inspector Invented",
        "authorised_rank": 3,
        "reason": "x",
        "version": made["version"],
    }
    url = f"{BAIL}{made['id']}/"
    extended = post(officer, f"{url}extend/", step).json()
    assert extended["ends_on"] == "2023-07-10"
    end = {"reason": "charged", "at": "2023-04-02T12:00:00Z", "version": extended["version"]}
    assert post(officer, f"{url}end/", end).json()["state"] == "charged"
    assert officer.get(url).json()["left"] == "Charged"
    assert officer.get(BAIL).json() == []


@pytest.mark.parametrize(
    "steps",
    [
        [("suspend", {"on": "2023-02-01"}), ("resume", {"on": "2023-02-03"})],
        [("designate", {})],
        [("vary", {"at": "2023-02-01T12:00:00Z", "surrender_place": "Parkside"})],
    ],
)
def test_other_steps(officer, steps):
    bail = bailed()
    for name, said in steps:
        version = Bail.objects.get().version
        answer = post(officer, f"{BAIL}{bail.pk}/{name}/", said | {"version": version})
        assert answer.status_code == 200, answer.json()


@pytest.mark.parametrize(
    "wrong",
    [
        {"authorised_rank": 1},
        {"granted_at": "2023-01-09T15:00:00Z"},
        {"ends_on": "2030-01-01"},
        {"conditions": [{"kind": "other", "text": "x"}]},
    ],
)
def test_grant_is_refused(officer, wrong):
    assert post(officer, BAIL, _grant(**wrong)).status_code == 400
    assert not Bail.objects.exists()


def test_step_that_is_not_there_is_404(officer):
    assert post(officer, f"{BAIL}{bailed().pk}/forget/", {}).status_code == 404


def test_stale_version_is_409(officer):
    end = {"reason": "charged", "at": "2023-01-11T12:00:00Z", "version": 9}
    assert post(officer, f"{BAIL}{bailed().pk}/end/", end).status_code == 409


def test_release_under_investigation(officer):
    arrest = ArrestFactory.create(arrested_at=NEW)
    said = {"arrest": arrest.pk, "from_at": "2023-01-10T20:00:00Z"}
    assert post(officer, "/api/v1/investigation-releases/", said).status_code == 201
    assert post(officer, "/api/v1/investigation-releases/", said).status_code == 400


def test_court_bail(officer):
    nominal = NominalFactory.create()
    said = {"nominal": nominal.pk, "court": "Invented", "granted_on": "2023-01-12", "tag": "asked"}
    assert post(officer, "/api/v1/court-bail/", said).json()["tag"] == "asked"


def test_court_bail_is_amended_and_ended(officer):
    bail = court_bailed()
    url = f"/api/v1/court-bail/{bail.pk}/"
    assert officer.get(url).json()["court"] == "Invented Magistrates"
    change = {"tag": "ordered", "tag_note": "Nights", "version": 1}
    changed = officer.patch(url, change, content_type="application/json").json()
    assert (changed["tag"], changed["version"]) == ("ordered", 2)
    assert officer.patch(url, change, content_type="application/json").status_code == 409
    early = {"on": "2023-01-01", "reason": "Sentenced", "version": 2}
    assert "cannot end before" in post(officer, f"{url}end/", early).text
    ended = post(officer, f"{url}end/", early | {"on": "2023-02-01"})
    assert ended.json()["ended_on"] == "2023-02-01"


def test_lists_take_the_filters_of_the_pages(officer):
    bail, application = bailed(), applied(court="Invented Crown")
    unit = bail.arrest.district_id
    assert len(officer.get(f"{BAIL}?unit={unit}").json()) == 1
    assert officer.get(f"{BAIL}?unit=fenland").json() == []
    assert officer.get(f"{BAIL}?state=nonsense").status_code == 400
    assert officer.get(f"{BAIL}?colour=red").status_code == 400
    assert [row["id"] for row in officer.get(f"{REMAND}?ground=offend").json()] == [application.pk]
    assert officer.get(f"{REMAND}?ground=abscond").json() == []


def test_remand_application_and_its_disclosure(officer):
    nominal = NominalFactory.create()
    said = {
        "nominal": nominal.pk,
        "court": "Invented",
        "applied_on": "2023-01-12",
        "offence": "Burglary",
        "grounds": ["offend"],
        "text": "Three in a week",
    }
    made = post(officer, REMAND, said).json()
    url = f"{REMAND}{made['id']}/"
    result = {"result": "remanded", "on": "2023-01-12", "is_shareable": True, "version": 1}
    assert post(officer, f"{url}result/", result).json()["result"] == "remanded"
    share = {"recipient": "A colleague", "why": "Practice", "is_checked": True}
    assert post(officer, f"{url}disclosures/", share).status_code == 201
    assert AuditEvent.objects.filter(action="nominal.disclosed").count() == 1
    assert officer.get(url).json()["is_shareable"]


def test_library_is_searched(officer):
    found = applied(text="Curfew was broken")
    applied()
    rows = officer.get(f"{REMAND}?q=curfew").json()
    assert [row["id"] for row in rows] == [found.pk]


def test_lists_keep_their_queries(officer):
    assert_flat(lambda: officer.get(BAIL), bailed, rows=6)
    assert_flat(lambda: officer.get(REMAND), applied, rows=6)
