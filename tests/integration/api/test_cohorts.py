import pytest

from offenders.models import Membership
from tests.factories.cohorts import nominated, rated
from tests.factories.nominals import NominalFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db

MEMBERS = "/api/v1/cohorts/op-aware/members/"


@pytest.fixture
def officer(sign_in):
    return sign_in("act-officer")


@pytest.fixture
def boss(sign_in):
    return sign_in("act-supervisor")


def post(browser, url, **payload):
    return browser.post(url, payload, content_type="application/json")


def patch(browser, url, **payload):
    return browser.patch(url, payload, content_type="application/json")


def test_nomination_and_acceptance(officer, boss):
    nominal = NominalFactory.create()
    made = post(officer, MEMBERS, nominal=nominal.pk, reason="Prolific")
    assert made.status_code == 201
    url = f"/api/v1/members/{made.json()['id']}/"
    taken = post(boss, f"{url}accepted/", version=1, category="fixed", reason="Agreed")
    assert taken.json()["state"] == "accepted"
    assert [found["step"] for found in taken.json()["steps"]] == ["nominated", "accepted"]
    assert officer.get(url).json() == taken.json()
    assert [row["id"] for row in officer.get(MEMBERS).json()] == [made.json()["id"]]


@pytest.mark.parametrize(
    ("step", "wrong", "field"),
    [
        ("de-selected", {"reason": "x"}, "exit"),
        ("de-selected", {"exit": "moved"}, "reason"),
        ("reviewed", {"reason": "x", "rag": "blue"}, "rag"),
        ("reviewed", {"reason": "x", "rag": "pink"}, "rag"),
        ("reviewed", {"reason": "x", "rag": "red", "why": "x"}, "why"),
    ],
)
def test_step_refuses_what_cannot_be(boss, step, wrong, field):
    member = rated()
    member.refresh_from_db()
    url = f"/api/v1/members/{member.pk}/{step}/"
    response = post(boss, url, version=member.version, **wrong)
    assert response.status_code == 400
    assert field in response.json()
    assert Membership.objects.get().state == "active"


def test_step_that_is_not_open_and_one_that_is_unknown(boss):
    member = nominated()
    said = {"version": member.version, "reason": "x"}
    url = f"/api/v1/members/{member.pk}"
    assert "cannot be" in post(boss, f"{url}/checked/", **said).text
    assert post(boss, f"{url}/nonsense/", **said).status_code == 400


def test_officer_does_not_decide(officer):
    member = nominated()
    url = f"/api/v1/members/{member.pk}/accepted/"
    response = post(officer, url, version=1, category="fixed", reason="x")
    assert response.status_code == 403


def test_stale_step_is_a_conflict(boss):
    url = f"/api/v1/members/{rated().pk}/suspended/"
    assert post(boss, url, version=1, reason="x").status_code == 409


def test_handover(boss):
    nominal = NominalFactory.create()
    other = UserFactory.create(roles=["act-officer"])
    said = {"lead_officer": other.username, "reason": "Leave", "version": 1}
    response = post(boss, f"/api/v1/nominals/{nominal.pk}/handover/", **said)
    assert response.status_code == 201
    assert response.json()["lead"] == other.username


def test_my_work_and_the_cohorts(officer):
    rated(nominal=NominalFactory.create(lead_officer=officer.user))
    (task,) = officer.get("/api/v1/my-work/").json()
    assert task["is_overdue"]
    assert officer.get("/api/v1/my-work/?whose=nobody").status_code == 400
    (cohort,) = officer.get("/api/v1/cohorts/").json()
    assert (cohort["inside"], cohort["overdue"]) == (1, 1)


def test_cohort_is_made(boss, officer):
    made = post(boss, "/api/v1/cohorts/", name="Op Lantern")
    assert (made.status_code, made.json()["slug"]) == (201, "op-lantern")
    assert post(boss, "/api/v1/cohorts/", name="Op Lantern").status_code == 400
    assert post(officer, "/api/v1/cohorts/", name="Op Other").status_code == 403


def test_several_are_handed_over(boss, officer):
    nominals = [NominalFactory.create().pk for _ in range(2)]
    said = {"nominals": nominals, "lead_officer": officer.user.username, "reason": "Leave"}
    response = post(boss, "/api/v1/handovers/", **said)
    assert response.json() == [{"nominal": pk, "problem": ""} for pk in nominals]
    again = post(boss, "/api/v1/handovers/", **said)
    assert all("leads already" in row["problem"] for row in again.json())


def test_cohort_is_renamed_and_closed(boss, officer):
    member, url = rated(), "/api/v1/cohorts/op-aware/"
    assert patch(officer, url, version=1, name="Op Mine").status_code == 403
    assert patch(boss, url, version=1, name="Op Awake").json()["name"] == "Op Awake"
    assert patch(boss, url, version=1, name="Op Asleep").status_code == 409
    refused = post(boss, f"{url}close/", version=2, reason="Done")
    assert list(refused.json()) == ["ends_memberships"]
    closed = post(boss, f"{url}close/", version=2, reason="Done", ends_memberships=True).json()
    assert (closed["closed_reason"], closed["inside"]) == ("Done", 0)
    assert officer.get(f"/api/v1/members/{member.pk}/").json()["exit"] == "cohort-closed"
    assert officer.get(url).json() == closed
    assert officer.get("/api/v1/cohorts/not-there/").status_code == 404
