import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from core.bounds import MOST
from core.models import AuditEvent
from tests.factories.crimes import CrimeFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "path", ["/crimes/a%00b/", "/crimes/?q=a%00b", "/api/v1/crimes/a%00b/", "/boards/?month=%00"]
)
def test_nul_in_the_address_is_a_bad_request(sign_in, path: str) -> None:
    assert sign_in("analyst").get(path).status_code == 400


@pytest.mark.parametrize(
    "body", [r'{"version": 1, "offence_code": "28\u0000"}', "[" * 100_000 + "]" * 100_000]
)
def test_json_that_cannot_be_kept_is_a_bad_request(sign_in, body: str) -> None:
    crime = CrimeFactory.create()
    answer = sign_in("analyst").patch(
        f"/api/v1/crimes/{crime.pk}/", body, content_type="application/json"
    )
    assert answer.status_code == 400


@pytest.mark.parametrize("path", ["/indicators/all-crime-recorded/", "/api/v1/boards/headlines/"])
@pytest.mark.parametrize("month", ["0001-01", "9999-12"])
def test_month_out_of_bounds_is_no_fault_of_ours(sign_in, path: str, month: str) -> None:
    assert sign_in("analyst").get(path, {"month": month}).status_code in (200, 302, 400, 404)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_day_out_of_bounds_is_told(sign_in, day: str) -> None:
    answer = sign_in("analyst").get("/crimes/", {"recorded_from": day, "recorded_to": day})
    assert answer.context["form"].errors.keys() == {"recorded_from", "recorded_to"}


def sent(browser: Client, path: str) -> int:
    file = SimpleUploadedFile("x.csv", b"x" * (MOST + 1))
    return browser.post(path, {"file": file, "kind": "crimes"}).status_code


def test_large_body_is_taken_from_an_importer_only(sign_in, settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    assert sent(Client(), "/imports/new/") == 413
    assert sent(sign_in("board-viewer"), "/imports/new/") == 413
    assert sent(sign_in("analyst"), "/crimes/new/") == 413
    assert sent(sign_in("analyst"), "/imports/new/") in (200, 302)
    assert sent(Client(), "/api/v1/imports/") == 401


def test_forged_form_is_written_down(sign_in) -> None:
    browser = sign_in("analyst")
    browser.handler.enforce_csrf_checks = True
    assert browser.post("/exports/new/", {}).status_code in (403, 404)
    assert browser.post("/accounts/logout/", {}).status_code == 403
    event = AuditEvent.objects.filter(action="access.refused").latest("pk")
    assert (event.actor, event.detail["reason"]) == (browser.user.username, "csrf")
