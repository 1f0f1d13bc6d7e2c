"""A small provider of identities on loopback, as a force's own would answer."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from time import time
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
import pytest
import requests
from django.test import Client
from pytest_django import Settings

from core.models import AuditEvent, User
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
CLIENT_ID = "aware-test"
LOGIN = "/accounts/oidc/force/login/"


class Provider(BaseHTTPRequestHandler):
    """Says yes to everybody who asks, as the person whom the test names."""

    claims: dict[str, Any] = {}
    asked: dict[str, list[str]] = {}

    def do_GET(self) -> None:
        path, query = urlsplit(self.path).path, parse_qs(urlsplit(self.path).query)
        if path == "/authorize":
            Provider.asked = query
            back = urlencode({"code": "one", "state": query["state"][0]})
            self.send_response(302)
            self.send_header("Location", f"{query['redirect_uri'][0]}?{back}")
            self.end_headers()
        elif path == "/userinfo":
            self.answer(self.claims)
        else:
            self.answer(self.configuration())

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        known = {"iss": self.issuer, "aud": CLIENT_ID, "exp": time() + 60, **self.claims}
        token = jwt.encode(known, "a key of thirty-two bytes or more", algorithm="HS256")
        self.answer({"access_token": "token", "token_type": "Bearer", "id_token": token})

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"  # type: ignore[attr-defined]  # a TCP server

    def configuration(self) -> dict[str, str]:
        names = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
        ends = {f"{name}_endpoint": f"{self.issuer}/{path}" for name, path in names.items()}
        return ends | {"issuer": self.issuer, "jwks_uri": f"{self.issuer}/keys"}

    def answer(self, content: Any) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(content).encode())

    def log_message(self, *_: Any) -> None:
        """Not into the output of the tests."""


@pytest.fixture(autouse=True)
def _provider(settings: Settings) -> Iterator[None]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    Thread(target=server.serve_forever, daemon=True).start()
    app = {
        "provider_id": "force",
        "name": "the force",
        "client_id": CLIENT_ID,
        "secret": "x",
        "settings": {"server_url": f"http://127.0.0.1:{server.server_port}"},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}
    }
    yield
    server.shutdown()
    server.server_close()


@pytest.fixture
def person() -> User:
    return UserFactory.create(username="sam", email="sam@force.example", roles=["manager"])


def sign_in(browser: Client, email: str, number: str = "1", **claims: Any) -> Any:
    Provider.claims = {"sub": number, "email": email, **claims}
    leaves = browser.get(LOGIN)
    back = requests.get(leaves["Location"], allow_redirects=False, timeout=5).headers["Location"]
    return browser.get(back.removeprefix("http://testserver"), follow=True)


def signed_in_as(browser: Client) -> str | None:
    return browser.session.get("_auth_user_id")


def test_sign_in_page_offers_the_force_provider(client: Client) -> None:
    page = client.get("/accounts/login/?next=/exports/").content.decode()

    assert "Sign in with the force" in page
    assert "next=%2Fexports%2F" in page


def test_a_known_address_signs_in_to_its_account(client: Client, person: User) -> None:
    sign_in(client, "Sam@Force.example")

    assert signed_in_as(client) == str(person.pk)
    assert Provider.asked["code_challenge_method"] == ["S256"]
    assert AuditEvent.objects.filter(action="sign-in.done", actor="sam").exists()


@pytest.mark.parametrize(
    "claims", [{"aud": "another"}, {"iss": "https://other.example"}, {"exp": 1_000_000_000}]
)
def test_what_was_said_to_or_by_another_or_long_ago_signs_nobody_in(
    client: Client, person: User, claims: dict[str, Any]
) -> None:
    sign_in(client, "sam@force.example", **claims)

    assert signed_in_as(client) is None


def test_an_account_is_kept_by_the_providers_number(client: Client, person: User) -> None:
    sign_in(client, "sam@force.example", number="7")
    client.logout()

    sign_in(client, "renamed@force.example", number="7")

    assert signed_in_as(client) == str(person.pk)


@pytest.mark.parametrize("email", ["somebody@force.example", ""])
def test_nobody_gets_an_account_by_signing_in(client: Client, person: User, email: str) -> None:
    UserFactory.create(username="no-address", email="")

    page = sign_in(client, email).content.decode()

    assert signed_in_as(client) is None
    assert "You have no account here yet" in page
    assert User.objects.count() == 2
    assert AuditEvent.objects.filter(action="sign-in.failed", detail__name=email).exists()


def test_a_closed_account_stays_closed(client: Client, person: User) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)

    sign_in(client, "sam@force.example")

    assert signed_in_as(client) is None


@pytest.mark.parametrize("asks", [True, False])
def test_the_providers_second_factor_counts_where_the_force_says_so(
    client: Client, person: User, settings: Settings, asks: bool
) -> None:
    settings.REQUIRE_SECOND_FACTOR, settings.OIDC_SECOND_FACTOR = True, asks

    page = sign_in(client, "sam@force.example")

    reached = [address for address, _ in page.redirect_chain]
    assert ("/accounts/2fa/totp/activate/" in reached) is not asks
    assert (reached[-1] == "/") is asks
