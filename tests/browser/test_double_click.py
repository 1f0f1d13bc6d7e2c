"""A hurried person clicks twice on a slow page: the second click sends nothing."""

from playwright.sync_api import Page

from tests.browser.conftest import SignIn

# Notes each form that is about to be sent, and keeps it from leaving the page, as a slow server does.
SLOW_SERVER = """() => {
    window.sent = []
    window.addEventListener('submit', (event) => {
        window.sent.push(!event.defaultPrevented)
        event.preventDefault()
    })
}"""


def test_a_second_click_sends_nothing(page: Page, sign_in: SignIn) -> None:
    sign_in(page, "act-officer")
    page.goto("/crimes/new/")
    page.evaluate(SLOW_SERVER)
    button = page.get_by_role("button", name="Record crime")
    button.click()
    button.click()
    assert page.evaluate("window.sent") == [True, False]


def test_a_filter_may_be_sent_again(page: Page, sign_in: SignIn) -> None:
    sign_in(page, "act-officer")
    page.goto("/crimes/")
    page.evaluate(SLOW_SERVER)
    page.get_by_role("button", name="Show filter").click()
    button = page.get_by_role("button", name="Apply filters")
    button.click()
    button.click()
    assert page.evaluate("window.sent") == [True, True]
