"""1. A manager sets up an authenticator app. 2. They keep their recovery codes. 3. They sign in again with password and code."""

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect
from pytest_django import Settings

from tests.browser.conftest import TYPED, SignIn

STEP = 30  # seconds that a code stands


def code_of(secret: str, *, steps_on: int = 0) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // STEP + steps_on)))


def test_second_factor_is_set_up_and_asked_for(
    page: Page, sign_in: SignIn, assert_accessible, settings: Settings
) -> None:
    settings.MFA_TOTP_TOLERANCE = 1  # a code is good once: the second is that of the next step
    user = sign_in(page, "manager")
    page.goto("/accounts/2fa/")
    page.get_by_role("button", name="Activate").click()
    page.get_by_label("Password").fill(TYPED)
    page.get_by_role("button", name="Confirm").click()
    assert_accessible(page)
    secret = page.get_by_label("Authenticator secret").input_value()
    page.get_by_label("Authenticator code").fill(code_of(secret))
    page.get_by_role("button", name="Activate").click()
    expect(page.get_by_text("Authenticator app activated.")).to_be_visible()
    page.goto("/accounts/2fa/recovery-codes/")
    assert_accessible(page)
    assert len(page.get_by_label("Unused codes").input_value().split()) == 10
    page.get_by_role("button", name="Sign out").click()
    page.get_by_label("Username or email").fill(user.username)
    page.get_by_label("Password").fill(TYPED)
    page.get_by_role("button", name="Sign in").click()
    assert_accessible(page)
    page.get_by_label("Code").fill(code_of(secret, steps_on=1))
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(str(user))
