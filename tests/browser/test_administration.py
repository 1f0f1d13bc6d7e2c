"""An administrator and an auditor at work, in a browser.

1. The administrator makes an account, gives it a role and hands over a sign-in link.
2. The new person chooses a password through it and signs in.
3. The auditor finds both in the log, and asks what else the administrator did.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from core.models import SavedView
from core.services.tokens import issue_token
from tests.browser.conftest import SignIn

PASSWORD = "a-horse-that-is-correct"


def test_account_from_making_to_the_log(
    page: Page, sign_in: SignIn, assert_accessible: Callable[[Page], None]
) -> None:
    administrator = sign_in(page, "administrator")
    page.goto("/people/")
    page.get_by_role("button", name="New account").click()
    page.get_by_label("User name").fill("nina")
    page.get_by_label("Name", exact=True).fill("Nina New")
    page.get_by_label("Board viewer").check()
    page.get_by_role("button", name="Make the account").click()
    expect(page.get_by_role("heading", name="Nina New")).to_be_visible()
    page.get_by_role("button", name="Make a sign-in link").click()
    link = page.get_by_text("/accounts/password/reset/key/").inner_text()
    page.get_by_role("button", name="Sign out").click()

    page.goto(link)
    page.get_by_label("New Password", exact=True).fill(PASSWORD)
    page.get_by_label("New Password (again)").fill(PASSWORD)
    page.get_by_role("button", name="Change password").click()
    page.goto("/accounts/login/")
    page.get_by_label("Username or email").fill("nina")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Nina New")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()

    sign_in(page, "auditor")
    page.goto("/audit/")
    page.get_by_role("button", name="Show filter").click()
    page.get_by_label("To what").fill("nina")
    page.get_by_role("button", name="Apply filters").click()
    expect(page.get_by_role("cell", name="Granted a role")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name=administrator.username).first.click()
    expect(page.get_by_role("cell", name="Created an account")).to_be_visible()


@pytest.mark.parametrize("path", ["/tokens/", "/saved/"])
def test_list_with_rows_is_accessible(
    page: Page, sign_in: SignIn, assert_accessible: Callable[[Page], None], path: str
) -> None:
    person = sign_in(page, "analyst")
    issue_token(by=person, owner=person, name="Nightly upload")
    SavedView.objects.create(user=person, name="North", path="/crimes/?unit=north")
    page.goto(path)
    assert_accessible(page)
