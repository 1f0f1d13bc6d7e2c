"""What somebody works on: asked for once, kept for a while, written on every look."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.models import AuditEvent, Unit
from tests.factories.access import restricted
from tests.factories.nominals import NominalFactory
from tests.factories.tags import worn
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
SEARCH = "/nominals/?q=Quillfeather"


@pytest.fixture(autouse=True)
def needed(settings):
    settings.PURPOSE_NEEDED = ["search", "export", "out-of-area", "restricted"]


@pytest.fixture
def officer(sign_in):
    return sign_in("act-officer")


def choose(browser, code="crime", reference="35/1/21", back="/"):
    said = {"code": code, "reference": reference, "next": back}
    return browser.post("/purpose/", said)


def test_search_asks_and_leads_back_to_where_the_person_was_going(officer):
    asked = officer.get(SEARCH, follow=True)
    assert asked.redirect_chain[0][0].startswith("/purpose/?next=")
    assert f'value="{SEARCH}"' in asked.text
    assert choose(officer, back=SEARCH)["Location"] == SEARCH
    assert officer.get(SEARCH).status_code == 200


def test_question_is_no_refusal_and_shows_nobody(officer):
    NominalFactory.create(surname="Quillfeather")
    assert "QUILLFEATHER" not in officer.get(SEARCH, follow=True).text
    assert not AuditEvent.objects.filter(action="access.refused").exists()


def test_purpose_stands_on_every_look_and_at_the_top_of_the_page(officer):
    nominal = NominalFactory.create()
    choose(officer)
    page = officer.get(f"/nominals/{nominal.pk}/").text
    assert "Investigating a crime (35/1/21)" in page
    look = AuditEvent.objects.get(action="nominal.viewed")
    assert (look.purpose, look.purpose_ref) == ("crime", "35/1/21")


def test_purpose_runs_out(officer, monkeypatch):
    choose(officer)
    later = timezone.now() + timedelta(minutes=31)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    assert officer.get(SEARCH).status_code == 302
    assert "You are working on" not in officer.get("/nominals/").text


def test_purpose_is_finished_by_the_person(officer):
    choose(officer)
    officer.post("/purpose/end/")
    assert officer.get(SEARCH).status_code == 302


def test_list_without_words_and_a_page_of_ones_own_area_need_none(officer):
    nominal = NominalFactory.create()
    assert officer.get("/nominals/").status_code == 200
    assert officer.get(f"/nominals/{nominal.pk}/").status_code == 200


def in_units(officer, own, other, **facts):
    officer.user.unit = Unit.objects.get(pk=own)
    officer.user.save()
    return NominalFactory.create(unit_id=other, **facts)


@pytest.mark.parametrize(
    ("own", "other", "status"),
    [
        ("north", "south", 302),
        ("north", "north", 200),
        ("north", "fenland", 200),
        ("force", "south", 200),
    ],
)
def test_nominal_of_another_area_needs_one(officer, own, other, status):
    nominal = in_units(officer, own, other)
    assert officer.get(f"/nominals/{nominal.pk}/").status_code == status
    choose(officer)
    assert officer.get(f"/nominals/{nominal.pk}/").status_code == 200


def test_attaching_a_document_is_no_way_to_them_without_one(officer):
    nominal = in_units(officer, "north", "south", surname="Quillfeather")
    page, api = f"/documents/nominal/{nominal.pk}/new/", f"/api/v1/documents/nominal/{nominal.pk}/"
    assert officer.get(page).status_code == 302
    assert officer.get(api).status_code == 403
    choose(officer)
    assert "QUILLFEATHER" in officer.get(page).text


def test_owner_of_a_nominal_of_another_area_needs_none(officer):
    nominal = in_units(officer, "north", "south", lead_officer=officer.user)
    assert officer.get(f"/nominals/{nominal.pk}/").status_code == 200


def test_restricted_record_needs_one_of_whoever_is_cleared(officer):
    nominal = restricted("hidden", cleared=officer.user)
    page, call = f"/nominals/{nominal.pk}/", f"/api/v1/nominals/{nominal.pk}/"
    assert officer.get(page)["Location"] == f"/purpose/?next=%2Fnominals%2F{nominal.pk}%2F"
    assert officer.get(call).status_code == 403
    assert officer.get(call, headers={"X-Purpose": "crime"}).status_code == 200
    choose(officer)
    assert officer.get(page).status_code == 200


def test_restricted_record_that_a_task_led_to_needs_none(officer):
    tag = worn()
    restricted("masked", tag.nominal, cleared=officer.user)
    assert officer.get(f"/api/v1/tags/{tag.pk}/").status_code == 200


def test_restricted_record_asks_for_none_of_whoever_may_not_see_it(officer):
    nominal = restricted("masked")
    assert officer.get(f"/nominals/{nominal.pk}/").status_code == 403


def test_setting_says_what_needs_one(officer, settings):
    settings.PURPOSE_NEEDED = ["none"]
    assert officer.get(SEARCH).status_code == 200
    settings.PURPOSE_NEEDED = ["view"]
    assert officer.get(f"/nominals/{NominalFactory.create().pk}/").status_code == 302


def test_export_asks_and_leads_back_to_the_list(sign_in):
    browser = sign_in("analyst")
    said = {"kind": "crimes", "query": "", "format": "csv"}
    came_from = "http://testserver/crimes/?district=fenland"
    asked = browser.post("/exports/new/", said, headers={"referer": came_from})
    assert asked["Location"] == "/purpose/?next=%2Fcrimes%2F%3Fdistrict%3Dfenland"
    choose(browser)
    assert browser.post("/exports/new/", said)["Location"] != "/purpose/"
    assert AuditEvent.objects.get(action="export.requested").purpose == "crime"


def test_api_says_it_in_a_header(officer):
    url = "/api/v1/nominals/?q=Quillfeather"
    refused = officer.get(url)
    assert refused.status_code == 403
    assert refused.json()["header"] == "X-Purpose"
    assert "crime" in refused.json()["codes"]
    assert officer.get(url, headers={"X-Purpose": "nonsense"}).status_code == 403
    assert officer.get(url, headers={"X-Purpose": "crime; 35/1/21"}).status_code == 200
    assert AuditEvent.objects.get(action="nominal.searched").purpose_ref == "35/1/21"


def test_task_that_led_there_is_purpose_enough(officer):
    officer.get(f"/api/v1/tags/{worn().pk}/")
    look = AuditEvent.objects.get(action="nominal.viewed")
    assert look.purpose == "task"


def test_list_of_somebodys_disposals_is_no_task(officer, settings):
    """Nor are their convictions, or what a tag did: they are about the person."""
    settings.PURPOSE_NEEDED = ["view"]
    nominal = NominalFactory.create()
    for part in ("disposals", "convictions"):
        assert officer.get(f"/api/v1/nominals/{nominal.pk}/{part}/").status_code == 403


@pytest.mark.parametrize(
    "next_", ["https://evil.example/", "//evil.example", "javascript:alert(1)"]
)
def test_nobody_is_led_away_from_here(officer, next_):
    assert choose(officer, back=next_)["Location"] == "/"


@pytest.mark.parametrize("code", ["", "task", "nonsense"])
def test_purpose_is_one_of_those_offered(officer, code):
    assert "code" in choose(officer, code=code).context["form"].errors


def test_two_people_on_one_machine_do_not_share_one(officer, client):
    choose(officer)
    client.force_login(UserFactory.create(roles=["act-officer"]))
    assert client.get(SEARCH).status_code == 302
