from datetime import UTC, datetime

import pytest
import time_machine

from core.models import AuditEvent
from offenders.models import Arrest, Detention, VoluntaryAttendance
from tests.factories.crimes import CrimeFactory
from tests.factories.custody import ArrestFactory, ArrestOffenceFactory, detained
from tests.factories.nominals import NominalFactory

pytestmark = pytest.mark.django_db

ARRESTS, CUSTODY = "/api/v1/arrests/", "/api/v1/custody/"
MORNING = "2023-01-11T06:40:00Z"
REVIEW = {"kind": "reviewed", "at": "2023-01-11T13:00:00Z", "authorised_rank": 3}


@pytest.fixture
def officer(sign_in):
    return sign_in("act-officer")


def post(browser, url, **payload):
    return browser.post(url, payload, content_type="application/json")


def _arrest(**changes):
    return {
        "nominal": NominalFactory.create().pk,
        "arrested_at": MORNING,
        "place": "Invented Street",
        "offences": [{"mode": "either", "title": "Burglary in a dwelling"}],
        **changes,
    }


def test_arrest_is_recorded_with_its_crime(officer):
    crime = CrimeFactory.create()
    offences = [{"mode": "either", "crime_ref": crime.pk}]
    response = post(officer, ARRESTS, **_arrest(offences=offences))
    assert response.status_code == 201
    assert response.json()["offences"][0]["crime_ref"] == crime.pk
    assert response.json()["arresting_officer"] == officer.user.username
    assert officer.get(f"{ARRESTS}{response.json()['id']}/").json() == response.json()


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("offences", {"offences": []}),
        ("arrested_at", {"arrested_at": "2031-01-15T12:00:00Z"}),
        ("place", {"place": ""}),
        ("plce", {"plce": "x"}),
    ],
)
def test_arrest_refuses_what_cannot_be(officer, field, wrong):
    response = post(officer, ARRESTS, **_arrest(**wrong))
    assert response.status_code == 400
    assert field in response.json()
    assert not Arrest.objects.exists()


def test_arrest_of_nobody_is_404(officer):
    assert post(officer, ARRESTS, **_arrest(nominal=999999)).status_code == 404


def test_attendance_is_recorded(officer):
    said = {"attended_at": MORNING, "station": "Parkside", "reason": "Interview"}
    nominal = NominalFactory.create()
    assert post(officer, "/api/v1/attendances/", nominal=nominal.pk, **said).status_code == 201
    assert VoluntaryAttendance.objects.get().officer == officer.user


def test_detention_begins_and_shows_its_clock(officer):
    url = f"{ARRESTS}{ArrestFactory.create().pk}/detention/"
    said = {"station": "Parkside", "arrived_at": "2023-01-11T07:30:00Z"}
    response = post(officer, url, authorised_at="2023-01-11T07:45:00Z", **said)
    assert response.status_code == 201
    assert response.json()["next_review"] == "2023-01-11T13:45:00Z"
    assert post(officer, url, **said).status_code == 400


def test_arrival_before_the_arrest_is_refused(officer):
    url = f"{ARRESTS}{ArrestFactory.create().pk}/detention/"
    response = post(officer, url, station="Parkside", arrived_at="2023-01-11T06:39:00Z")
    assert (response.status_code, list(response.json())) == (400, ["arrived_at"])
    assert not Detention.objects.exists()


def test_review_moves_the_next_and_is_withdrawn(officer):
    url = f"{CUSTODY}{detained().pk}/"
    shown = post(officer, f"{url}entries/", **REVIEW).json()
    assert shown["next_review"] == "2023-01-11T22:00:00Z"
    entry = shown["entries"][-1]["id"]
    shown = post(officer, f"{url}entries/{entry}/withdraw/", reason="Wrong person").json()
    assert shown["next_review"] == "2023-01-11T13:45:00Z"
    assert post(officer, f"{url}entries/0/withdraw/", reason="x").status_code == 404


def test_refusal_is_a_sentence(officer):
    url = f"{CUSTODY}{detained().pk}/entries/"
    given = {"kind": "extended", "at": "2023-01-12T06:00:00Z", "hours": 36, "authorised_rank": 5}
    response = post(officer, url, **given)
    assert response.status_code == 400
    assert "before the second review" in response.text


def test_end_needs_the_version_that_was_read(officer):
    url = f"{CUSTODY}{detained().pk}/end/"
    said = {"ended_at": "2023-01-11T16:00:00Z", "result": "charged-bailed"}
    assert post(officer, url, version=7, **said).status_code == 409
    assert post(officer, url, version=1, **said).json()["result"] == "charged-bailed"


def test_board_lists_who_is_held(officer):
    detained()
    with time_machine.travel(datetime(2023, 1, 11, 13, 30, tzinfo=UTC), tick=False):
        (row,) = officer.get(CUSTODY).json()
    assert (row["due"], row["urgency"], row["minutes_used"]) == ("Review 1", "red", 360)


def test_look_at_a_detention_is_logged_once(officer):
    detention = detained()
    officer.get(f"{CUSTODY}{detention.pk}/")
    looks = AuditEvent.objects.filter(action="nominal.viewed")
    assert [look.target_id for look in looks] == [str(detention.arrest.nominal_id)]


def test_analyst_sees_nobody_in_custody(sign_in):
    analyst, detention = sign_in("analyst"), detained()
    assert analyst.get(f"{CUSTODY}{detention.pk}/").status_code == 404
    assert post(analyst, f"{CUSTODY}{detention.pk}/entries/", **REVIEW).status_code == 404


def test_arrest_and_its_offences_are_corrected(officer):
    offence = ArrestOffenceFactory.create()
    url = f"{ARRESTS}{offence.arrest_id}/"
    change = {"place": "Elsewhere", "version": 1}
    assert officer.patch(url, change, content_type="application/json").json()["version"] == 2
    assert officer.patch(url, change, content_type="application/json").status_code == 409
    made = post(officer, f"{url}offences/", mode="summary", title="Vehicle interference")
    assert [row["title"] for row in made.json()["offences"]] == [
        "Burglary in a dwelling",
        "Vehicle interference",
    ]
    row = f"{url}offences/{offence.pk}/"
    said = {"mode": "either", "title": "Handling"}
    after = officer.put(row, said, content_type="application/json").json()
    assert after["offences"][0]["title"] == "Handling"
    gone = officer.delete(row, {"reason": "Not for that"}, content_type="application/json")
    assert [found["title"] for found in gone.json()["offences"]] == ["Vehicle interference"]
    assert officer.put(row, said, content_type="application/json").status_code == 404


def test_arrests_are_listed_by_the_filters_of_the_page(officer):
    mine, _ = ArrestFactory.create(operation="Invented"), ArrestFactory.create()
    for query in (f"nominal={mine.nominal_id}", "operation=invented"):
        found = officer.get(f"{ARRESTS}?{query}").json()["results"]
        assert [row["id"] for row in found] == [mine.pk], query
    assert officer.get(f"{ARRESTS}?colour=red").status_code == 400
    looks = AuditEvent.objects.filter(action="nominal.viewed").values_list("detail", flat=True)
    assert list(looks) == [{"arrests": [mine.nominal_id]}] * 2


def test_who_is_in_the_case_is_corrected(officer):
    detention = detained()
    said = {"appropriate_adult": "Aunt Invented", "version": detention.version}
    url = f"{CUSTODY}{detention.pk}/"
    changed = officer.patch(url, said, content_type="application/json")
    assert changed.json()["appropriate_adult"] == "Aunt Invented"
    assert officer.patch(url, said, content_type="application/json").status_code == 409
