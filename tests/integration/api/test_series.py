import pytest

from tests.factories.crimes import CrimeFactory
from tests.factories.nominals import NominalFactory
from tests.factories.series import SeriesFactory

pytestmark = pytest.mark.django_db

SERIES = "/api/v1/series/"
FACTS = {"name": "Back doors", "method": "Rear doors forced"}


@pytest.fixture
def officer(sign_in):
    return sign_in("act-officer")


def post(browser, url, **payload):
    return browser.post(url, payload, content_type="application/json")


def test_life_of_a_series(officer):
    crime, nominal = CrimeFactory.create(), NominalFactory.create()
    made = post(officer, SERIES, **FACTS, crime_ref=crime.pk, why="The first")
    assert made.status_code == 201
    assert made.json()["officer"] == officer.user.username
    url = f"{SERIES}{made.json()['id']}/"
    (link,) = made.json()["links"]
    named = post(officer, f"{url}suspects/", nominal=nominal.pk, why="Seen nearby").json()
    (suspect,) = named["suspects"]
    standing = f"{url}suspects/{suspect['id']}/standing/"
    after = post(officer, standing, standing="eliminated", reason="In prison").json()
    assert (after["suspects"][0]["standing"], after["suspected"]) == ("eliminated", 0)
    after = post(officer, f"{url}crimes/{link['id']}/unlink/", reason="Another hand").json()
    assert after["crimes"] == 0
    second = CrimeFactory.create()
    assert post(officer, f"{url}crimes/", crime_ref=second.pk, why="x").json()["crimes"] == 1
    assert post(officer, f"{url}close/", reason="Solved").json()["state"] == "closed"
    assert post(officer, f"{url}crimes/", crime_ref=crime.pk, why="x").status_code == 400
    assert post(officer, f"{url}reopen/", reason="It goes on").json()["state"] == "open"
    assert officer.get(url).json()["suspected"] == 0


def test_change_names_the_version_it_was_made_from(officer):
    series = SeriesFactory.create()
    url = f"{SERIES}{series.pk}/"
    said = {"name": "Front doors", "version": 1, "officer": officer.user.username}
    changed = officer.patch(url, said, content_type="application/json")
    assert changed.json()["name"] == "Front doors"
    assert officer.patch(url, said, content_type="application/json").status_code == 409


@pytest.mark.parametrize(
    ("payload", "field"),
    [
        ({"name": "x"}, "method"),
        ({**FACTS, "crime_ref": "nowhere"}, "crime_ref"),
        ({**FACTS, "officer": "nobody"}, "officer"),
        ({**FACTS, "colour": "red"}, "colour"),
    ],
)
def test_series_refuses_what_cannot_be(officer, payload, field):
    response = post(officer, SERIES, **payload)
    assert response.status_code == 400
    assert field in response.json()


def test_list_takes_the_filters_of_the_page(officer):
    SeriesFactory.create(name="Quarry lorries")
    SeriesFactory.create()
    found = officer.get(f"{SERIES}?q=quarry").json()["results"]
    assert [row["name"] for row in found] == ["Quarry lorries"]
    assert officer.get(f"{SERIES}?colour=red").status_code == 400
