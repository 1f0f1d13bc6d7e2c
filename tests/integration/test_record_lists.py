from datetime import UTC, date, datetime
from typing import Any

import pytest
from factory.django import DjangoModelFactory

from tests.factories.calls import CallFactory
from tests.factories.hub_referrals import HubReferralFactory
from tests.factories.incidents import IncidentFactory
from tests.factories.integrity_audits import IntegrityAuditFactory
from tests.factories.outcomes import OutcomeFactory
from tests.factories.supervisory_reviews import SupervisoryReviewFactory
from tests.factories.survey_responses import SurveyResponseFactory
from tests.factories.victim_care_contracts import VictimCareContractFactory
from tests.queries import assert_flat, assert_queries

pytestmark = pytest.mark.django_db

LISTS: dict[str, type[DjangoModelFactory[Any]]] = {
    "outcomes": OutcomeFactory,
    "referrals": HubReferralFactory,
    "incidents": IncidentFactory,
    "calls": CallFactory,
    "surveys": SurveyResponseFactory,
    "victim-care": VictimCareContractFactory,
    "reviews": SupervisoryReviewFactory,
    "integrity-audits": IntegrityAuditFactory,
}

REFERENCES = (
    *("incident_ref", "call_ref", "response_ref", "contract_ref", "review_ref", "audit_ref"),
    "crime_id",
)


@pytest.mark.parametrize("kind", LISTS)
def test_record_list_shows_its_records(sign_in, kind):
    record = LISTS[kind].create()
    text = sign_in("manager").get(f"/records/{kind}/").text
    reference = next(name for name in REFERENCES if hasattr(record, name))
    assert str(getattr(record, reference)) in text
    assert "1 to 1 of 1 " in text


@pytest.mark.parametrize("kind", LISTS)
def test_record_list_says_when_it_is_empty(sign_in, kind):
    assert "matches this filter." in sign_in("manager").get(f"/records/{kind}/").text


@pytest.mark.parametrize("kind", LISTS)
def test_record_list_queries_are_pinned_and_flat(sign_in, kind):
    browser = sign_in("manager")
    url = f"/records/{kind}/"
    assert_flat(lambda: browser.get(url), LISTS[kind].create)
    assert_queries(f"records/{kind}", lambda: browser.get(url))


@pytest.mark.parametrize(
    ("kind", "query", "wanted"),
    [
        ("outcomes", {"code": "18"}, {"code_id": "18"}),
        ("outcomes", {"withdrawn": "true"}, {"cancelled_at": datetime(2021, 2, 1, tzinfo=UTC)}),
        ("referrals", {"referred_from": "2021-02-01"}, {"referred_on": date(2021, 2, 1)}),
        ("incidents", {"grade": "prompt"}, {"grade": "prompt"}),
        ("incidents", {"category": "Road traffic"}, {"category": "road-traffic"}),
        ("incidents", {"unit": "north"}, {"district_id": "fenland"}),
        ("incidents", {"domestic": "true"}, {"is_domestic": True}),
        ("calls", {"wait": "abandoned"}, {"answered_at": None}),
        ("surveys", {"positive": "false"}, {"is_positive": False}),
        ("surveys", {"question": "treatment"}, {"question": "treatment"}),
        ("victim-care", {"contacted": "true"}, {"contacted_on": date(2021, 1, 12)}),
        ("victim-care", {"due_to": "2021-01-12"}, {"due_on": date(2021, 1, 12)}),
        ("reviews", {"department": "local-south"}, {"department_id": "local-south"}),
        ("reviews", {"done": "true"}, {"done_on": date(2021, 1, 12)}),
        ("integrity-audits", {"subject": "sexual"}, {"subject": "Sexual offences"}),
        ("integrity-audits", {"unit": "south"}, {"district_id": "cambridge"}),
    ],
)
def test_record_list_filters(sign_in, kind, query, wanted):
    LISTS[kind].create()
    LISTS[kind].create(**wanted)
    assert "1 to 1 of 1 " in sign_in("manager").get(f"/records/{kind}/", query).text


def test_calls_belong_to_no_unit_below_the_force(sign_in):
    """Calls carry no district, so there is nothing to filter by."""
    assert 'name="unit"' not in sign_in("manager").get("/records/calls/").text


def test_record_kinds_lead_to_every_list(sign_in):
    text = sign_in("manager").get("/records/").text
    assert [kind for kind in LISTS if f'href="/records/{kind}/"' not in text] == []


def test_calls_say_how_long_the_caller_waited(sign_in):
    CallFactory.create()
    CallFactory.create(answered_at=None)
    text = sign_in("manager").get("/records/calls/").text
    assert "Answered within 10 seconds</td>" in text
    assert "Abandoned</td>" in text


@pytest.mark.parametrize("kind", ["incidents", "victim-care"])
def test_record_detail_shows_facts_and_the_crime_of_it(sign_in, kind):
    record = LISTS[kind].create(crime_ref="35/1/21")
    browser, url = sign_in("manager"), f"/records/{kind}/{record.pk}/"
    assert_queries(f"records/{kind}/detail", lambda: browser.get(url))
    text = browser.get(url).text
    assert "Nothing has been changed since this was recorded." in text
    assert 'href="/crimes/35/1/21/"' in text
