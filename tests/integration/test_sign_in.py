from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.access.roles import ROLES
from core.models import AuditEvent, User
from core.services import demo_accounts
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"
LOGIN = "/accounts/login/"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def _no_failures_before() -> None:
    cache.clear()


@pytest.fixture
def person() -> User:
    return UserFactory.create(username="sam", roles=["manager"])


def attempt(browser: Client, password: str = PASSWORD) -> int:
    return browser.post(LOGIN, {"login": "sam", "password": password}).status_code


def signed_in(browser: Client) -> bool:
    return browser.get("/").status_code == 200


def test_anonymous_is_led_to_sign_in_and_back(client, person: User) -> None:
    answer = client.get("/exports/?page=1")
    assert answer["Location"] == "/accounts/login/?next=/exports/%3Fpage%3D1"
    answer = client.post(
        answer["Location"], {"login": "sam", "password": PASSWORD, "next": "/exports/"}
    )
    assert answer["Location"] == "/exports/"
    assert signed_in(client)


def test_part_of_a_page_leads_the_whole_page_to_sign_in(client) -> None:
    headers = {"hx-request": "true", "hx-current-url": "http://testserver/exports/?page=1"}
    answer = client.get("/exports/", headers=headers)
    assert answer["HX-Redirect"] == "/accounts/login/?next=/exports/%3Fpage%3D1"


def test_wrong_password_is_refused_and_logged(client, person: User) -> None:
    answer = client.post(LOGIN, {"login": "sam", "password": "wrong"})
    assert "not correct" in answer.content.decode()
    event = AuditEvent.objects.get(action="sign-in.failed")
    assert (event.actor, event.detail) == ("", {"name": "sam"})


def test_five_failures_lock_the_account_for_every_worker(client, person: User) -> None:
    for _ in range(5):
        attempt(Client(), "wrong")
    told = client.post(LOGIN, {"login": "sam", "password": PASSWORD})
    assert "Wait five minutes" in told.text
    assert not signed_in(client)
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        cache.clear()  # the server's own clock forgets, which this clock cannot move
        assert attempt(client) == 302


def test_closed_account_does_not_sign_in(client, person: User) -> None:
    person.is_active = False
    person.save()
    attempt(client)
    assert not signed_in(client)


def test_signing_up_is_not_offered(client) -> None:
    assert client.get(reverse("account_signup")).status_code == 403


def with_totp(person: User) -> None:
    secret = get_adapter().encrypt(SECRET)
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": secret})


def code_now() -> str:
    return str(format_hotp_value(hotp_value(SECRET, next(yield_hotp_counters_from_time()))))


def test_second_factor_is_asked_after_the_password(client, person: User) -> None:
    with_totp(person)
    answer = client.post(LOGIN, {"login": "sam", "password": PASSWORD})
    assert answer["Location"] == reverse("mfa_authenticate")
    assert not signed_in(client)
    client.post(reverse("mfa_authenticate"), {"code": code_now()})
    assert signed_in(client)


def test_wrong_code_does_not_sign_in(client, person: User) -> None:
    with_totp(person)
    attempt(client)
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert not signed_in(client)


def test_where_required_nothing_opens_before_the_second_factor(client, settings, person) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    attempt(client)
    assert client.get("/exports/")["Location"] == reverse("mfa_activate_totp")
    page = client.get(reverse("mfa_activate_totp"), follow=True)
    assert page.redirect_chain[-1][0].startswith(reverse("account_reauthenticate"))
    with_totp(person)
    assert client.get("/exports/").status_code == 200


def test_chosen_password_and_second_factor_are_in_the_log(client, person: User) -> None:
    client.force_login(person)
    attempt(client)
    new = {"oldpassword": PASSWORD, "password1": "battery staple", "password2": "battery staple"}
    client.post(reverse("account_change_password"), new)
    authenticator_added.send(
        sender=Authenticator, request=None, user=person, authenticator=Authenticator(type="totp")
    )
    actions = set(AuditEvent.objects.values_list("action", flat=True))
    assert {"password.changed", "second-factor.added"} <= actions


def test_session_ends_after_an_idle_hour(client, settings, person: User) -> None:
    attempt(client)
    assert client.session.get_expiry_age() == settings.SESSION_COOKIE_AGE
    assert client.cookies["sessionid"]["max-age"] == ""  # and with the browser


def test_demonstration_offers_every_role(client, settings) -> None:
    settings.DEMO = True
    page = client.get(LOGIN).content.decode()
    assert all(f'name="login" value="{role.slug}"' in page for role in ROLES)


def test_nothing_is_offered_outside_a_demonstration(client) -> None:
    page = client.get(LOGIN).content.decode()
    assert demo_accounts.PASSWORD not in page
    assert "demonstration" not in page


def test_password_of_the_demonstration_opens_nothing_else(client, settings) -> None:
    UserFactory.create(username="sam", password=make_password(demo_accounts.PASSWORD))
    attempt(client, demo_accounts.PASSWORD)
    assert not signed_in(client)
    settings.DEMO = True
    attempt(client, demo_accounts.PASSWORD)
    assert signed_in(client)


def test_page_behind_a_policy_is_kept_by_no_shared_cache(sign_in) -> None:
    assert sign_in("manager").get("/")["Cache-Control"] == "private, no-cache"
    assert not Client().get("/healthz").has_header("Cache-Control")


@pytest.mark.parametrize(("proxies", "address"), [(0, "192.0.2.1"), (1, "198.51.100.7")])
def test_caller_does_not_choose_the_address_in_the_log(settings, proxies, address) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    Client().post(
        "/accounts/login/",
        {"login": "nobody", "password": "guess"},
        REMOTE_ADDR="192.0.2.1",
        headers={"x-forwarded-for": "203.0.113.9, 198.51.100.7"},
    )
    assert AuditEvent.objects.get(action="sign-in.failed").address == address


def test_a_session_ends_some_hours_after_its_sign_in(client, person: User, settings) -> None:
    attempt(client)
    for hour in range(1, settings.SESSION_HOURS):
        with time_machine.travel(timezone.now() + timedelta(hours=hour)):
            assert signed_in(client)

    with time_machine.travel(timezone.now() + timedelta(hours=settings.SESSION_HOURS, minutes=1)):
        assert not signed_in(client)
