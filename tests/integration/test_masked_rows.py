"""What the lists around a masked nominal tell of them: a place at most, and no fact."""

import pytest

from offenders.models import Association
from offenders.services.parts import add_part, amend_part
from tests.factories.access import CONTACT, restricted
from tests.factories.bail import NEW, applied, bailed
from tests.factories.convictions import ConvictionFactory
from tests.factories.custody import ArrestFactory, detained
from tests.factories.nominals import NominalFactory
from tests.factories.tags import worn

MASK = f"Restricted record, contact {CONTACT}"


@pytest.fixture
def masked():
    """Arrested, tagged, bailed, put before a court, convicted and held."""
    nominal = detained(place="Quillet Lane").arrest.nominal
    arrest = ArrestFactory.create(nominal=nominal, arrested_at=NEW)
    worn(nominal=nominal)
    bailed(arrest=arrest)
    applied(nominal=nominal, text="Seen in Quillet Lane.")
    ConvictionFactory.create(nominal=nominal, title="Theft from Quillet Lane")
    return restricted("masked", nominal)


@pytest.mark.parametrize("path", ["arrests", "tags", "bail", "remand-applications"])
def test_api_lists_have_no_row_of_a_masked_nominal(sign_in, masked, path):
    response = sign_in("act-officer").get(f"/api/v1/{path}/")
    assert response.status_code == 200
    found = response.json()
    assert (found["results"] if isinstance(found, dict) else found) == []


@pytest.mark.parametrize("path", ["/convictions/", "/bail/remand/", "/bail/remand/?q=Quillet"])
def test_lists_of_what_courts_were_told_leave_them_out(sign_in, masked, path):
    page = sign_in("act-officer").get(path).content.decode()
    assert "Invented" not in page
    assert MASK not in page


def test_bail_list_shows_the_mask_until_it_is_sorted(sign_in, masked):
    officer = sign_in("act-officer")
    assert MASK in officer.get("/bail/").content.decode()
    assert MASK not in officer.get("/bail/?sort=name").content.decode()


def test_custody_board_shows_the_mask_and_what_is_due_alone(sign_in, masked):
    page = sign_in("act-officer").get("/custody/").content.decode()
    assert MASK in page
    assert "Burglary in a dwelling" not in page
    assert "/log/" not in page


def test_masked_page_sends_to_the_contact_and_not_to_an_administrator(sign_in, masked):
    page = sign_in("act-officer").get(f"/nominals/{masked.pk}/").content.decode()
    assert "Its contact can have you cleared" in page
    assert "administrator" not in page


def test_masked_nominals_stand_last_and_not_in_their_place(sign_in):
    restricted("masked", NominalFactory.create(surname="Aardwick"))
    NominalFactory.create(surname="Zedham")
    page = sign_in("act-officer").get("/nominals/").content.decode()
    assert page.index(MASK) > page.index("ZEDHAM")


def test_link_to_a_masked_nominal_is_there_without_its_words(sign_in, masked):
    """On the page of the other; the reference is in no form, and the API has no row of it."""
    officer, friend = sign_in("act-officer"), NominalFactory.create()
    link = add_part(Association, by=officer.user, nominal=friend, other=masked, text="Quillet Lane")
    amend_part(link, by=officer.user, version=None, text="Quillet Lane 7")
    url = f"/nominals/{friend.pk}/"
    page = officer.get(url).text
    assert MASK in page
    assert f"{url}parts/association/{link.pk}/" not in page
    for path in (url, f"{url}briefing/", f"{url}history/", f"/api/v1{url}parts/association/"):
        assert "Quillet" not in officer.get(path).text
    for step in ("edit", "remove"):
        assert officer.get(f"{url}parts/association/{link.pk}/{step}/").status_code == 404
    ended = officer.delete(f"/api/v1{url}parts/association/{link.pk}/", {"reason": "Wrong"})
    assert ended.status_code == 404
