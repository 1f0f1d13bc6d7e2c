from datetime import UTC, datetime
from typing import Any

import pytest
from django.urls import reverse

from core import audit
from core.models import AuditEvent, ExportRun
from core.services.exports import run_export
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
PAGE = "/audit/"


def event(at: datetime | None = None, **values: Any) -> AuditEvent:
    return AuditEvent.objects.create(
        **{"action": "record.changed", "actor": "sam", **values},
        at=at or datetime(2021, 3, 10, 12, tzinfo=UTC),
    )


def listed(browser, **query: str) -> list[str]:
    """The actors of the rows that the page shows."""
    rows = browser.get(PAGE, query).context["table"].rows
    return [row.record.actor for row in rows if row.record.action == "record.changed"]


def test_log_says_who_did_what_in_words(sign_in) -> None:
    event(target_id="35/1/21", detail={"district": ["fenland", "cambridge"]})
    page = sign_in("auditor").get(PAGE).content.decode()
    assert "Changed" in page
    assert "35/1/21" in page
    assert "district: fenland → cambridge" in page


@pytest.mark.parametrize(
    "query",
    [
        {"actor": "SAM"},
        {"action": "record.changed", "target_id": "35/1/21"},
        {"at_after": "2021-03-10", "at_before": "2021-03-10"},
    ],
)
def test_log_answers_who_what_and_when(sign_in, query: dict[str, str]) -> None:
    event(target_id="35/1/21")
    event(actor="kim", target_id="35/2/21", at=datetime(2021, 3, 11, 0, 30, tzinfo=UTC))
    assert listed(sign_in("auditor"), **query) == ["sam"]


@pytest.mark.parametrize("words", ["o'brien", "Tom O'Brien", "brien"])
def test_log_is_searched_by_what_somebody_searched_for(sign_in, words: str) -> None:
    """Also where nobody was found, whom the log could be asked about."""
    officer = sign_in("act-officer")
    officer.get("/nominals/", {"q": "Tom O'Brien"})
    officer.get("/nominals/", {"q": "Tom Quillfeather"})
    rows = sign_in("auditor").get(PAGE, {"searched": words}).context["table"].rows
    assert [row.record.detail["query"] for row in rows] == ["q=Tom+O%27Brien"]


def test_days_are_those_of_london(sign_in) -> None:
    event(at=datetime(2021, 6, 30, 23, 30, tzinfo=UTC))
    assert listed(sign_in("auditor"), at_after="2021-07-01") == ["sam"]


def test_job_stands_by_its_own_name(sign_in) -> None:
    event(actor="", job="import_records")
    page = sign_in("auditor").get(PAGE, {"job": "import"}).content.decode()
    assert "job import_records" in page


def test_reading_the_log_is_in_the_log(sign_in) -> None:
    browser = sign_in("auditor")
    browser.get(PAGE, {"actor": "sam"})
    read = AuditEvent.objects.get(action=audit.Action.AUDIT_READ)
    assert (read.actor, read.detail) == (browser.user.username, {"question": "actor=sam"})


def test_wrong_date_is_told_and_shows_nothing(sign_in) -> None:
    event()
    browser = sign_in("auditor")
    answer = browser.get(PAGE, {"at_after": "yesterday"})
    assert answer.status_code == 200
    assert "Enter a valid date" in answer.content.decode()
    assert listed(browser, at_after="yesterday") == []


def test_log_costs_the_same_for_many(sign_in, django_assert_max_num_queries) -> None:
    for _ in range(60):
        event()
    browser = sign_in("auditor")
    with django_assert_max_num_queries(6):
        browser.get(PAGE)


def test_log_is_paged(sign_in) -> None:
    for _ in range(60):
        event()
    browser = sign_in("auditor")
    assert len(listed(browser)) < 60
    assert listed(browser, page="2") != []


def test_sign_in_and_out_are_in_the_log(client) -> None:
    person = UserFactory.create(username="sam")
    client.force_login(person)
    client.post(reverse("account_logout"))
    assert list(AuditEvent.objects.order_by("pk").values_list("action", "actor")) == [
        ("sign-in.done", "sam"),
        ("sign-out.done", "sam"),
    ]


def test_answer_is_taken_away_as_a_file(sign_in) -> None:
    event(target_id="35/1/21")
    browser = sign_in("auditor")
    query = "action=record.changed"
    assert f'value="{query}"' in browser.get(f"{PAGE}?{query}").content.decode()
    browser.post(reverse("core:export-create"), {"kind": "audit", "query": query, "format": "csv"})
    run = ExportRun.objects.get()
    run_export(run.pk)
    file = browser.get(reverse("core:export-download", args=[run.pk]))
    lines = b"".join(file.streaming_content).decode().splitlines()
    assert len(lines) == 2
    assert "35/1/21" in lines[1]


def test_log_is_not_taken_away_by_others(sign_in) -> None:
    answer = sign_in("manager").post(
        reverse("core:export-create"), {"kind": "audit", "query": "", "format": "csv"}
    )
    assert answer.status_code == 403


def test_person_in_the_log_leads_to_the_rest_of_their_doing(sign_in) -> None:
    event(target_id="35/1/21")
    page = sign_in("auditor").get(PAGE).content.decode()
    assert 'href="?actor=sam"' in page
    assert 'href="?target_id=35%2F1%2F21"' in page
