from datetime import UTC, datetime, timedelta

import pytest

from core.models import AuditEvent
from offenders.services.crimes import amend_crime, cancel_crime
from tests.factories.crimes import JANUARY, CrimeFactory
from tests.factories.hub_referrals import HubReferralFactory
from tests.factories.outcomes import OutcomeFactory
from tests.factories.users import UserFactory
from tests.queries import assert_flat, assert_queries

pytestmark = pytest.mark.django_db


def page(browser, crime):
    return browser.get(f"/crimes/{crime.pk}/")


def test_crime_detail_shows_facts_outcomes_and_referral(sign_in):
    crime = CrimeFactory.create(crime_ref="35/1/21")
    OutcomeFactory.create(crime=crime, code_id="18")
    OutcomeFactory.create(crime=crime, code_id="1", outcome_at=JANUARY + timedelta(days=9))
    HubReferralFactory.create(crime=crime)
    text = page(sign_in("manager"), crime).text
    assert "28E Burglary residential" in text
    assert text.index("1 Charged") < text.index("18 Investigation complete")
    assert text.count(">Live<") == 1
    assert "Referred on 20 January 2021." in text


def test_crime_detail_shows_before_and_after_of_a_change(sign_in):
    crime, by = CrimeFactory.create(), UserFactory.create()
    amend_crime(by=by, crime=crime, version=1, district_id="fenland")
    text = page(sign_in("manager"), crime).text
    assert "<del>cambridge</del> became <ins>fenland</ins>" in text


def test_crime_detail_says_why_a_crime_was_cancelled(sign_in):
    crime = CrimeFactory.create()
    cancel_crime(
        by=UserFactory.create(), crime=crime, at=datetime(2021, 2, 1, tzinfo=UTC), reason="Lost"
    )
    text = page(sign_in("act-officer"), crime).text
    assert "Cancelled on 1 February 2021, 00:00: Lost. It is counted in no figure." in text
    assert ">Cancelled</h3>" in text
    assert "Cancelled at: set to <ins>1 Feb 2021 00:00</ins>" in text
    assert "Record outcome" not in text


def test_crime_detail_ends_the_reason_with_one_full_stop(sign_in):
    crime = CrimeFactory.create()
    cancel_crime(
        by=UserFactory.create(), crime=crime, at=datetime(2021, 2, 1, tzinfo=UTC), reason="Lost. "
    )
    assert ": Lost. It is counted" in page(sign_in("act-officer"), crime).text


def test_crime_detail_offers_changes_to_those_who_may(sign_in):
    crime = CrimeFactory.create()
    assert "Cancel crime" in page(sign_in("act-officer"), crime).text
    assert "Cancel crime" not in page(sign_in("manager"), crime).text


def test_crime_detail_logs_the_look(sign_in):
    crime, browser = CrimeFactory.create(), sign_in("manager")
    page(browser, crime)
    event = AuditEvent.objects.get(action="record.viewed")
    assert (event.actor, event.target_id) == (browser.user.username, crime.pk)


def test_crime_detail_queries_are_pinned_and_flat(sign_in):
    browser, crime = sign_in("manager"), CrimeFactory.create()
    assert_queries("offenders:crime-detail", lambda: page(browser, crime))
    days = iter(range(100))
    assert_flat(
        lambda: page(browser, crime),
        lambda: OutcomeFactory.create(crime=crime, outcome_at=JANUARY + timedelta(days=next(days))),
    )
