"""1. An officer looks for a crime. 2. They open it. 3. They cancel it, first without saying why. 4. They see that it is done.

All by keys: Tab to what is wanted, Enter or typing on it.
"""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, SignIn
from tests.factories.crimes import CrimeFactory

MANY = 80
NAME = "document.activeElement.labels?.[0]?.innerText || document.activeElement.innerText"


def tab_to(page: Page, name: str) -> None:
    for _ in range(MANY):
        page.keyboard.press("Tab")
        if page.evaluate(NAME).strip() == name:
            return
    raise AssertionError(f"No Tab leads to “{name}”.")


def follow(page: Page, name: str) -> None:
    tab_to(page, name)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_crime_is_found_and_cancelled_by_keys(
    page: Page, sign_in: SignIn, assert_accessible
) -> None:
    crime = CrimeFactory.create(crime_ref="35/77777/21")
    CrimeFactory.create()
    sign_in(page, "act-officer")
    page.goto("/")
    follow(page, "Crimes")
    tab_to(page, "Show filter")
    page.keyboard.press("Enter")
    tab_to(page, "Reference starts with")
    page.keyboard.type("35/777")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_text("1 to 1 of 1 crimes")).to_be_visible()
    follow(page, "35/77777/21")
    follow(page, "Cancel crime")
    follow(page, "Cancel this crime")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    assert_accessible(page)
    tab_to(page, "Enter a reason.")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Reason")).to_be_focused()
    page.keyboard.type("The caller had moved it.")
    follow(page, "Cancel this crime")
    expect(page.get_by_text("Crime cancelled.")).to_be_visible()
    crime.refresh_from_db()
    assert crime.cancelled_at is not None


def test_the_first_tab_skips_to_the_content(page: Page, sign_in: SignIn) -> None:
    sign_in(page, "act-officer")
    page.goto("/crimes/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main-content")).to_be_focused()


def test_the_menu_opens_by_keys_on_a_phone(page: Page, sign_in: SignIn) -> None:
    page.set_viewport_size(PHONE)
    sign_in(page, "act-officer")
    page.goto("/")
    expect(page.get_by_role("link", name="Crimes", exact=True)).to_be_hidden()
    tab_to(page, "Menu")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Crimes", exact=True)).to_be_visible()


@pytest.mark.parametrize("column", ["Recorded", "Offence"])
def test_a_list_is_sorted_by_keys(page: Page, sign_in: SignIn, column: str) -> None:
    CrimeFactory.create_batch(2)
    sign_in(page, "act-officer")
    page.goto("/crimes/")
    follow(page, column)
    heading = page.get_by_role("columnheader", name=column, exact=True)
    expect(heading).to_have_attribute("aria-sort", "ascending")
