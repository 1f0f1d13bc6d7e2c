"""The pages that are open all day ask as often for much as for little: 200 events, 30 held."""

from datetime import timedelta

import pytest

from core.models import AuditEvent
from offenders.models import Arrest, CustodyEvent, Nominal
from offenders.services.tag_watch import check
from tests.factories.bail import bailed
from tests.factories.cohorts import accepted
from tests.factories.crimes import CrimeFactory
from tests.factories.custody import ARRIVED, ArrestFactory, ArrestOffenceFactory, detained
from tests.factories.disposals import BORN, running
from tests.factories.nominals import NominalFactory
from tests.factories.tags import FITTED, worn
from tests.queries import assert_flat, assert_queries

pytestmark = pytest.mark.django_db
EVENTS, AT_ONCE, HELD, DUE = 200, 20, 30, 8


@pytest.fixture
def officer(sign_in):
    browser = sign_in("act-officer")
    browser.user.unit_id = "north"
    browser.user.save(update_fields=["unit"])
    return browser


def full_life(by):
    """A nominal with something of every kind."""
    nominal = NominalFactory.create(lead_officer=by, unit_id="north", date_of_birth=BORN)
    detention = detained(by=by, nominal=nominal, arresting_officer=by)
    arrest = ArrestFactory.create(nominal=nominal, arrested_at=ARRIVED - timedelta(days=9))
    bailed(by=by, arrest=arrest, granted_at=arrest.arrested_at)
    running(by=by, nominal=nominal, crimes=[CrimeFactory.create()])
    tag = worn(by=by, nominal=nominal)
    check(by=by, tag=tag, at=FITTED + timedelta(days=1), result="good", battery=80)
    return nominal, detention, tag


def more(by, nominal, detention, tag):
    """Twenty more entries in custody, and one more of what else a busy life has most of."""
    first = CustodyEvent.objects.count()
    CustodyEvent.objects.bulk_create(
        CustodyEvent(
            detention=detention,
            kind="reviewed",
            at=ARRIVED + timedelta(minutes=minute),
            authorised_rank=3,
            by=by,
        )
        for minute in range(first, first + AT_ONCE)
    )
    arrested_at = ARRIVED - timedelta(days=20 + Arrest.objects.count())
    ArrestOffenceFactory.create(
        arrest=ArrestFactory.create(nominal=nominal, arrested_at=arrested_at)
    )
    running(by=by, nominal=nominal, crimes=[CrimeFactory.create()])
    check(by=by, tag=tag, at=FITTED + timedelta(days=1), result="good", battery=80)


@pytest.mark.parametrize("sheet", ["/nominals/{}/", "/nominals/{}/briefing/"])
def test_nominal_asks_no_more_with_200_events(officer, sheet):
    nominal, detention, tag = full_life(officer.user)
    address = sheet.format(nominal.pk)
    officer.get(address)
    assert_flat(
        lambda: officer.get(address),
        lambda: more(officer.user, nominal, detention, tag),
        rows=EVENTS // AT_ONCE,
    )


def _held(officer):
    nominal: Nominal = NominalFactory.create(lead_officer=officer.user, unit_id="north")
    detained(by=officer.user, nominal=nominal, arresting_officer=officer.user)


def test_custody_board_asks_no_more_with_30_people(officer):
    officer.get("/custody/")
    assert_flat(lambda: officer.get("/custody/"), lambda: _held(officer), rows=HELD)
    assert_queries("offenders:custody-board", lambda: officer.get("/custody/"))


def _due(officer):
    """A detention, a review of the cohort, a condition, a tag and bail."""
    nominal, *_ = full_life(officer.user)
    accepted(nominal=nominal)


@pytest.mark.parametrize("address", ["/my-work/", "/my-work/?whose=team", "/"])
def test_work_asks_no_more_however_much_is_due(officer, address):
    officer.get(address)
    assert_flat(lambda: officer.get(address), lambda: _due(officer), rows=DUE)


def test_work_is_pinned(officer):
    _due(officer)
    officer.get("/")
    assert_queries("offenders:my-work", lambda: officer.get("/my-work/"))
    assert_queries("offenders:home", lambda: officer.get("/"))


def test_home_says_who_is_held_what_is_due_and_whom_one_leads(officer):
    nominal, *_ = full_life(officer.user)
    page = officer.get("/").text
    for words in ("In custody now", "Due today", "Tags that need me", "My nominals"):
        assert words in page
    assert str(nominal) in page
    assert "Check the tag" in page


def test_home_leaves_a_look_that_names_those_who_are_seen(officer):
    nominal, *_ = full_life(officer.user)
    officer.get("/")
    seen = officer.user.username
    event = AuditEvent.objects.filter(action="nominal.viewed", actor=seen).latest("pk")
    assert nominal.pk in event.detail["home"]


@pytest.mark.parametrize(
    ("start", "leads_to"),
    [("/nominals/", "/convictions/"), ("/bail/", "/bail/remand/"), ("/", "/custody/arrest/new/")],
)
def test_every_list_is_reached_from_another_page(officer, start, leads_to):
    assert f'href="{leads_to}"' in officer.get(start).text
