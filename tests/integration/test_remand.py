"""The library of remand applications."""

from datetime import UTC, datetime

import pytest

from core.models import AuditEvent
from offenders.models import (
    Disclosure,
    RemandApplication,
)
from tests.factories.bail import applied
from tests.factories.custody import ArrestFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(sign_in):
    return sign_in("act-officer")


@pytest.fixture
def arrest():
    return ArrestFactory.create(arrested_at=datetime(2023, 1, 10, 9, tzinfo=UTC))


def day(name, value):
    values = zip(("year", "month", "day"), value.split("-"), strict=True)
    return {f"{name}_{box}": number for box, number in values}


def remand(**changes):
    return {
        "court": "Invented Magistrates",
        **day("applied_on", "2023-01-12"),
        "offence": "Burglary in a dwelling",
        "grounds": ["offend", "abscond"],
        "text": "Three offences in a week, each on bail.",
        "asks_for_tag": "on",
        **changes,
    }


def test_remand_application_from_the_court_to_colleagues(officer, arrest):
    officer.post(f"/nominals/{arrest.nominal_id}/remand/new/", remand())
    found = RemandApplication.objects.get()
    url = f"/bail/remand/{found.pk}/"
    result = {
        "version": 1,
        "result": "bailed-tag",
        **day("on", "2023-01-12"),
        "lessons": "Bring the curfew checks",
        "is_shareable": "on",
    }
    officer.post(f"{url}result/", result)
    share = {"recipient": "Professional development unit", "why": "Good practice"}
    assert "Check that the application is accurate" in officer.post(f"{url}share/", share).text
    officer.post(f"{url}share/", share | {"is_checked": "on"})
    assert "Professional development unit" in officer.get(url).text
    (log,) = AuditEvent.objects.filter(action="nominal.disclosed")
    assert log.detail["to"] == "Professional development unit"
    assert log.target_id == str(arrest.nominal_id)


def test_application_that_is_not_to_share_is_not_shared(officer):
    found = applied()
    share = {"recipient": "Somebody", "why": "x", "is_checked": "on"}
    response = officer.post(f"/bail/remand/{found.pk}/share/", share)
    assert "not marked as one to share" in response.text
    assert not Disclosure.objects.exists()


def test_result_is_recorded_once(officer):
    found = applied()
    said = {"version": 1, "result": "remanded"} | day("on", "2023-01-13")
    officer.post(f"/bail/remand/{found.pk}/result/", said)
    response = officer.post(f"/bail/remand/{found.pk}/result/", said | {"version": 2})
    assert "is recorded already" in response.text


def test_library_is_searched_by_words_ground_and_result(officer):
    found = applied(text="Curfew was broken", grounds=["abscond"])
    applied(text="Nothing of the kind")
    for query in ("q=broken+curfew", "ground=abscond", "q=curfew&asks_for_tag=false"):
        assert list(officer.get(f"/bail/remand/?{query}").context["object_list"]) == [found]
    assert not officer.get("/bail/remand/?result=remanded").context["object_list"]
