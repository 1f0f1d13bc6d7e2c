"""1. Somebody without a session opens a page. 2. They sign in, by keys. 3. They are where they wanted to be.
4. They sign out."""

import pytest
from playwright.sync_api import Page, expect

from core.models import User
from tests.browser.conftest import TYPED
from tests.factories.users import UserFactory


@pytest.fixture
def manager() -> User:
    user: User = UserFactory.create(username="manager", full_name="Sam Manager", roles=["manager"])
    user.set_password(TYPED)
    user.save()
    return user


def test_signing_in_by_keys_leads_to_the_page_asked_for(page: Page, manager: User) -> None:
    page.goto("/accounts/2fa/")
    page.get_by_label("Username or email").focus()
    page.keyboard.type("manager")
    page.keyboard.press("Tab")
    page.keyboard.type(TYPED)
    page.keyboard.press("Enter")
    expect(page).to_have_url("/accounts/2fa/")
    expect(page.get_by_role("link", name="Sam Manager")).to_be_visible()


def test_signing_out_ends_the_session(page: Page, manager: User, sign_in) -> None:
    sign_in(page, "analyst")
    page.goto("/")
    page.get_by_role("button", name="Sign out").click()
    page.goto("/")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_a_wrong_password_keeps_the_name_and_leads_to_the_form(
    page: Page, manager: User, assert_accessible
) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Username or email").fill("manager")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    expect(page.get_by_label("Username or email")).to_have_value("manager")
    expect(page).to_have_title("Error: Sign in - Aware")
    assert_accessible(page)


def test_signing_in_works_without_scripts(page_without_scripts: Page, manager: User) -> None:
    page = page_without_scripts
    page.goto("/")
    page.get_by_label("Username or email").fill("manager")
    page.get_by_label("Password").fill(TYPED)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sam Manager")
