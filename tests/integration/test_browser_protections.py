"""What keeps a page of ours from being used against the person who reads it."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.nominals import NominalFactory
from tests.factories.users import UserFactory
from tests.integration.access_matrix import MATRIX
from tests.integration.access_rows import Row
from tests.integration.conftest import Browser
from tests.probes.records import fitting

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"
ANSWERS = [
    "/",
    "/nominals/",
    "/api/v1/nominals/",
    "/api/v1/docs/",
    "/there-is-no-such/",
    "/people/",
]


@pytest.fixture
def over_https(settings) -> None:
    """As the settings stand where HTTPS is on: tests/unit/config/test_production.py reads those."""
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 365 * 24 * 3600
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True


@pytest.mark.usefixtures("over_https")
@pytest.mark.parametrize("path", ANSWERS)
def test_every_answer_carries_its_protections(sign_in: Callable[..., Browser], path: str) -> None:
    headers = sign_in("act-officer").get(path, secure=True).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "base-uri 'none'" in policy
    assert "form-action 'self'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert "Access-Control-Allow-Origin" not in headers
    assert "charset=utf-8" in headers["Content-Type"] or "json" in headers["Content-Type"]


@pytest.mark.usefixtures("over_https")
def test_plain_http_is_led_to_https(client: Client) -> None:
    answer = client.get("/accounts/login/")
    assert (answer.status_code, answer["Location"]) == (301, "https://testserver/accounts/login/")


@pytest.mark.usefixtures("over_https")
def test_no_cookie_can_be_read_by_a_script_or_sent_by_another_site(client: Client) -> None:
    UserFactory.create(username="sam", roles=["manager"])
    page = client.get("/accounts/login/", secure=True)
    said = {"login": "sam", "password": PASSWORD}
    client.post(
        "/accounts/login/",
        said,
        secure=True,
        follow=True,
        headers={"referer": "https://testserver/"},
    )
    assert page.status_code == 200
    assert {"sessionid", "csrftoken"} == set(client.cookies)
    for cookie in client.cookies.values():
        assert cookie["httponly"]
        assert cookie["secure"]
        assert cookie["samesite"] == "Lax"
        assert cookie["path"] == "/"
        assert not cookie["domain"]


def test_sessions_differ_before_and_after_signing_in(client: Client) -> None:
    UserFactory.create(username="sam", roles=["manager"])
    client.cookies["sessionid"] = "of-a-stranger-who-knows-it"
    client.post("/accounts/login/", {"login": "sam", "password": PASSWORD})
    first = client.cookies["sessionid"].value
    assert first != "of-a-stranger-who-knows-it"
    client.post("/accounts/logout/")
    thief = Client()
    thief.cookies["sessionid"] = first
    assert thief.get("/").status_code == 302


def test_pages_of_people_are_kept_by_no_browser(sign_in: Callable[..., Browser]) -> None:
    officer, nominal = sign_in("act-officer"), NominalFactory.create()
    for path in (f"/nominals/{nominal.pk}/", "/nominals/", f"/api/v1/nominals/{nominal.pk}/"):
        assert officer.get(path)["Cache-Control"] == "private, no-store"
    assert officer.get("/boards/")["Cache-Control"] == "private, no-cache"


def test_signing_out_empties_the_browsers_cache(sign_in: Callable[..., Browser]) -> None:
    assert sign_in("act-officer").post("/accounts/logout/")["Clear-Site-Data"] == '"cache"'


def takes_a_form(key: str, row: Row) -> bool:
    return bool(row.allowed) and not key.startswith("api:") and "openid" not in key


def test_no_form_is_taken_without_its_token(sign_in: Callable[..., Browser]) -> None:
    """Each page address, as somebody who may use it."""
    browsers: dict[str, Browser] = {}
    answers = {}
    for key in [key for key, row in MATRIX.items() if takes_a_form(key, row)]:
        role = fitting(key)
        if role not in browsers:
            browsers[role] = sign_in(role)
            browsers[role].handler.enforce_csrf_checks = True
        path = reverse(key.split()[0], kwargs=MATRIX[key].kwargs)
        answers[key] = browsers[role].post(path, {"reason": "forged"}).status_code
    assert len(answers) > 200
    assert {key: status for key, status in answers.items() if status != 403} == {}


@pytest.mark.parametrize("method", ["post", "patch", "put", "delete"])
def test_api_asks_a_session_for_the_token_of_the_form(
    sign_in: Callable[..., Browser], method: str
) -> None:
    officer = sign_in("act-officer")
    officer.handler.enforce_csrf_checks = True
    keys = [key for key in MATRIX if key.startswith("api:") and key.endswith(f" {method.upper()}")]
    keys = [key for key in keys if "act-officer" in MATRIX[key].allowed]
    answers = [
        getattr(officer, method)(reverse(key.split()[0], kwargs=MATRIX[key].kwargs)).status_code
        for key in keys
    ]
    assert answers
    assert set(answers) == {403}


@pytest.mark.parametrize(
    "host", ["evil.example", "testserver.evil.example", "a b", "testserver:80:80"]
)
def test_another_host_name_is_refused(client: Client, host: str) -> None:
    assert client.get("/accounts/login/", headers={"host": host}).status_code == 400


def test_a_forwarded_host_is_not_believed(client: Client, mailoutbox) -> None:
    UserFactory.create(email="sam@aware.example")
    forged = {"x-forwarded-host": "evil.example", "x-forwarded-proto": "https"}
    client.post("/accounts/password/reset/", {"email": "sam@aware.example"}, headers=forged)
    assert "http://testserver/" in mailoutbox[0].body
    assert "evil" not in mailoutbox[0].body


@pytest.mark.parametrize("path", ["/", "/api/v1/crimes/"])
def test_trace_and_unknown_methods_are_refused(sign_in: Callable[..., Browser], path: str) -> None:
    officer = sign_in("act-officer")
    assert officer.trace(path).status_code in (403, 405)
    assert officer.generic("PROPFIND", path).status_code in (403, 405)
