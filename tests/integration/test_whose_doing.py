"""A change is put down to whoever made it: a person on a page, a program by its token, or a job."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from core.models import AuditEvent
from core.selectors.history import history_of
from core.services.tokens import issue_token
from offenders.models import Crime
from tests.factories.crimes import CrimeFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def crime() -> Crime:
    return CrimeFactory.create(crime_ref="35-1-21")


def doer(crime: Crime) -> str:
    crime.refresh_from_db()
    (revision,) = history_of(crime)
    return revision.by


def test_change_on_a_page_is_the_persons(sign_in, crime: Crime) -> None:
    browser = sign_in("act-officer")
    path = "/crimes/35-1-21/edit/"
    form = browser.get(path).context["form"]
    sent = {"offence": "28F", "version": "1", "has_victim": "true", "is_dwelling": "true"}
    boxes = {box.name: box.value for box in form["recorded_at"].boxes}
    browser.post(path, {**boxes, "district": "cambridge", "crime_ref": "35-1-21", **sent})
    assert doer(crime) == str(browser.user)


def test_change_through_the_api_is_the_tokens_owners(crime: Crime) -> None:
    officer = UserFactory.create(full_name="Olive", roles=["analyst"])
    _, secret = issue_token(by=officer, owner=officer, name="x")
    answer = Client().patch(
        "/api/v1/crimes/35-1-21/",
        {"version": 1, "offence_code": "28F"},
        content_type="application/json",
        headers={"authorization": f"Token {secret}"},
    )
    assert answer.status_code == 200, answer.json()
    assert doer(crime) == "Olive"


def test_change_by_a_file_is_the_commands(crime: Crime, tmp_path: Path, capsys) -> None:
    file = tmp_path / "crimes.csv"
    file.write_text(
        "crime_ref,recorded_at,offence_code,district\n35-1-21,2021-01-15 12:00,28F,cambridge\n"
    )
    call_command("import_records", "crimes", str(file))
    assert doer(crime) == "the job import_records"
    assert AuditEvent.objects.get(action="import.finished").job == "import_records"
