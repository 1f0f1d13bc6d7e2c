from datetime import UTC, datetime
from typing import Any

import pytest
from django.urls import reverse
from django.utils.timezone import localtime

from core.models import AuditEvent, ExportRun
from core.services.exports import run_export
from tests.factories.crimes import CrimeFactory

pytestmark = pytest.mark.django_db
REQUEST = {"kind": "crimes", "query": "month=2021-01", "format": "csv"}


@pytest.fixture(autouse=True)
def _files(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


def asked(browser: Any, **changes: str) -> ExportRun:
    browser.post(reverse("core:export-create"), {**REQUEST, **changes})
    return ExportRun.objects.latest("created_at")


def test_export_goes_from_request_to_download(sign_in) -> None:
    CrimeFactory.create(crime_ref="=1+1")
    CrimeFactory.create(recorded_at=datetime(2020, 12, 1, tzinfo=UTC))
    browser = sign_in("manager")
    run = asked(browser)
    detail = reverse("core:export-detail", args=[run.pk])
    assert "Waiting to run" in browser.get(detail).content.decode()
    run_export(run.pk)
    assert "1 row" in browser.get(detail).content.decode()
    file = browser.get(reverse("core:export-download", args=[run.pk]))
    lines = b"".join(file.streaming_content).decode().splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("'=1+1,")
    name = f"crimes-{localtime(run.created_at):%Y-%m-%d-%H%M}-{browser.user.username}.csv"
    assert f'filename="{name}"' in file["Content-Disposition"]


def test_progress_alone_is_sent_to_htmx(sign_in) -> None:
    browser = sign_in("manager")
    path = reverse("core:export-detail", args=[asked(browser).pk])
    assert b"<html" not in browser.get(path, headers={"hx-request": "true"}).content
    assert b"<html" in browser.get(path).content


def test_export_is_refused_without_the_right(sign_in) -> None:
    answer = sign_in("act-officer").post(reverse("core:export-create"), REQUEST)
    assert answer.status_code == 403
    assert not ExportRun.objects.exists()
    assert AuditEvent.objects.filter(action="access.refused").exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "no-such-kind"},
        {"format": "exe"},
        {"query": "month=yesterday"},
        {"query": "mnth=2021-01"},
    ],
)
def test_wrong_export_is_told_why(sign_in, changes: dict[str, str]) -> None:
    answer = sign_in("manager").post(
        reverse("core:export-create"), {**REQUEST, **changes}, follow=True
    )
    assert "There is a problem" in answer.content.decode()
    assert not ExportRun.objects.exists()


def test_export_of_another_is_not_there(sign_in) -> None:
    run = asked(sign_in("manager"))
    other = sign_in("manager")
    assert other.get(reverse("core:export-detail", args=[run.pk])).status_code == 404
    assert other.get(reverse("core:export-download", args=[run.pk])).status_code == 404


def test_unfinished_export_is_not_downloaded(sign_in) -> None:
    browser = sign_in("manager")
    run = asked(browser)
    answer = browser.get(reverse("core:export-download", args=[run.pk]), follow=True)
    assert "not ready" in answer.content.decode()


def test_list_holds_ones_own_only(sign_in) -> None:
    asked(sign_in("manager"))
    browser = sign_in("analyst")
    asked(browser, format="xlsx")
    rows = browser.get(reverse("core:export-list")).context["table"].rows
    assert [row.record.format for row in rows] == ["xlsx"]
