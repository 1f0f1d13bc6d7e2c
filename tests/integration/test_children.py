"""A child in custody, or who comes of their own will: the mark, and the appropriate adult."""

from datetime import date

import pytest

from core.dates import today
from core.models import AuditEvent
from offenders.models import Detention, VoluntaryAttendance
from tests.factories.custody import AttendanceFactory, detained
from tests.factories.nominals import NominalFactory
from tests.integration.custody_forms import arrest_form, moment

pytestmark = pytest.mark.django_db
BORN = today().replace(year=today().year - 16, month=1, day=1)


@pytest.fixture
def officer(sign_in):
    return sign_in("act-officer")


@pytest.fixture
def child():
    return NominalFactory.create(date_of_birth=BORN)


def test_page_of_a_child_asks_for_the_appropriate_adult(officer):
    child = NominalFactory.create(date_of_birth=date(2008, 5, 17))
    detention = detained(by=officer.user, nominal=child)
    url = f"/custody/{detention.pk}/"
    assert "no appropriate adult is named" in officer.get(url).text
    named = {
        "officer": officer.user.pk,
        "station": "Parkside",
        "appropriate_adult": "Aunt Invented",
        "version": detention.version,
    }
    officer.post(f"{url}edit/", named)
    page = officer.get(url)
    assert "no appropriate adult is named" not in page.text
    assert "Aunt Invented" in page.text


def test_quick_form_of_a_child_asks_for_the_adult_and_that_of_an_adult_does_not(officer, child):
    adult = NominalFactory.create(date_of_birth=date(1990, 1, 1))
    page = officer.get(f"/nominals/{child.pk}/arrests/new/").text
    assert "Child</strong>" in page
    assert "Appropriate adult" in page
    other = officer.get(f"/nominals/{adult.pk}/arrests/new/").text
    assert "Appropriate adult" not in other
    assert "Child</strong>" not in other


def _into_custody(officer, **changes):
    times = {**moment("arrived_at", time="07:30"), **moment("authorised_at", time="07:45")}
    return arrest_form(officer, station="Parkside", **times, **changes)


def test_adult_named_on_the_quick_form_stands_on_the_detention(officer, child):
    said = _into_custody(officer, appropriate_adult="Aunt Invented")
    page = officer.post(f"/nominals/{child.pk}/arrests/new/", said, follow=True)
    assert "no appropriate adult is named" not in page.text
    assert Detention.objects.get().appropriate_adult == "Aunt Invented"


def test_arrest_of_a_child_by_their_reference_says_what_is_missing(officer, child):
    said = _into_custody(officer, nominal=child.ref)
    page = officer.post("/custody/arrest/new/", said, follow=True)
    assert "Arrest logged. This is a child: name the appropriate adult." in page.text


def test_adult_without_a_station_is_no_detention(officer, child):
    said = arrest_form(officer, appropriate_adult="Aunt Invented")
    page = officer.post(f"/nominals/{child.pk}/arrests/new/", said)
    assert page.context["form"].errors["station"] == ["Say where the person was taken."]
    assert "Aunt Invented" in page.text


def test_voluntary_attendance_is_another_thing(officer):
    nominal = NominalFactory.create()
    payload = {**moment("attended_at"), "station": "Parkside", "reason": "Interview"}
    page = officer.post(f"/nominals/{nominal.pk}/attendances/new/", payload, follow=True)
    assert "the person may leave at will" in page.text
    assert VoluntaryAttendance.objects.get().nominal == nominal
    assert not Detention.objects.exists()
    assert page.request["PATH_INFO"] in officer.get(f"/nominals/{nominal.pk}/").text


def test_result_of_an_attendance_is_added_once_the_adult_is_named(officer, child):
    attendance = AttendanceFactory.create(nominal=child)
    url = f"/custody/attendance/{attendance.pk}/"
    assert "no appropriate adult is named" in officer.get(url).text
    said = {"station": "Parkside", "reason": "Interview", "result": "Interviewed", "version": 1}
    page = officer.post(f"{url}edit/", said | {"appropriate_adult": ""})
    assert "name the appropriate adult who was there" in page.text
    assert "Interviewed" in page.text
    page = officer.post(f"{url}edit/", said | {"appropriate_adult": "Aunt Invented"}, follow=True)
    assert "Aunt Invented" in page.text
    assert "no appropriate adult is named" not in page.text


def test_attendance_leaves_a_look(officer):
    attendance = AttendanceFactory.create()
    officer.get(f"/custody/attendance/{attendance.pk}/")
    assert AuditEvent.objects.get(action="nominal.viewed").people == [attendance.nominal_id]


def test_attendance_by_api(officer, child):
    made = officer.post(
        "/api/v1/attendances/",
        {
            "nominal": child.pk,
            "attended_at": "2023-01-11T06:40:00Z",
            "station": "Parkside",
            "reason": "Interview",
        },
        content_type="application/json",
    ).json()
    url = f"/api/v1/attendances/{made['id']}/"
    refused = officer.patch(url, {"version": 1, "result": "x"}, content_type="application/json")
    assert "appropriate adult" in refused.json()["appropriate_adult"][0]
    said = {"version": 1, "result": "x", "appropriate_adult": "Aunt Invented"}
    assert officer.patch(url, said, content_type="application/json").status_code == 200
    assert officer.get(url).json()["appropriate_adult"] == "Aunt Invented"
