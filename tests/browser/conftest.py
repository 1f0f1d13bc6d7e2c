"""A real browser on a live server: Chromium of the machine, no network but this one."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.test import Client
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    ViewportSize,
    expect,
)
from pytest_django.live_server_helper import LiveServer

from core.models import User
from tests.factories.users import UserFactory

TYPED = "a long enough password"
NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 320, "height": 700}
PATIENCE = 30_000  # milliseconds: a machine that does other work is no fault of the page
expect.set_options(timeout=PATIENCE)

# Every rule; what it passed, which is most of an answer, stays in the browser.
VIOLATIONS = "axe.run({resultTypes: ['violations']}).then(found => found.violations)"

SignIn = Callable[[Page, str], User]


def chromium() -> str | None:
    named = os.environ.get("PLAYWRIGHT_BROWSER_EXECUTABLE_PATH")
    return named or next(filter(None, map(shutil.which, NAMES)), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = os.path.dirname(__file__)
    mark = pytest.mark.skip(
        reason="no Chromium on this machine: install it (on Debian: apt-get install chromium), "
        "or name one in PLAYWRIGHT_BROWSER_EXECUTABLE_PATH"
    )
    for item in items:
        if str(item.path).startswith(here):
            item.add_marker(pytest.mark.django_db(transaction=True))
            if chromium() is None:
                item.add_marker(mark)


@pytest.fixture(scope="session", autouse=True)
def _database_beside_the_loop() -> Iterator[None]:
    # Playwright keeps an event loop in this thread, and Django would refuse to ask the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    yield
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {"executable_path": chromium(), "args": list(ARGUMENTS)}


@pytest.fixture(scope="session")
def browser_context_args(base_url: str) -> dict[str, Any]:
    return {
        "base_url": base_url,
        "viewport": DESKTOP,
        "locale": "en-GB",
        "timezone_id": "Europe/London",
    }


@pytest.fixture(scope="session")
def base_url(live_server: LiveServer) -> str:
    return str(live_server.url)


@pytest.fixture
def complaints(context: BrowserContext) -> Iterator[list[str]]:
    """What the console says; a test that leaves any here fails. Clear it where one is expected."""
    said: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            said.append(f"{message.type} on {message.page and message.page.url}: {message.text}")

    context.on("console", note)
    context.on("weberror", lambda error: said.append(str(error.error)))
    yield said
    assert said == []


@pytest.fixture
def page(page: Page, complaints: list[str]) -> Page:
    page.set_default_timeout(PATIENCE)
    return page


@pytest.fixture
def page_without_scripts(browser: Browser, base_url: str) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False, base_url=base_url, viewport=DESKTOP)
    yield context.new_page()
    context.close()


@pytest.fixture
def sign_in(live_server: LiveServer) -> SignIn:
    """Puts a session of a new person with this role into the page's browser."""

    def with_role(page: Page, role: str) -> User:
        user = UserFactory.create(roles=[role])
        user.set_password(TYPED)
        user.save()
        client = Client()
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
        page.context.add_cookies([cookie])  # type: ignore[list-item]  # a plain dict is what it wants
        return user

    return with_role


@pytest.fixture(scope="session")
def breaches() -> Callable[[Page], list[str]]:
    """What axe finds on a page: the rule, and the element that breaks it."""

    def find(page: Page) -> list[str]:
        page.evaluate(AXE_SCRIPT)
        found = page.evaluate(VIOLATIONS)
        return [f"{rule['id']}: {node['html']}" for rule in found for node in rule["nodes"]]

    return find


@pytest.fixture
def assert_accessible(breaches: Callable[[Page], list[str]]) -> Callable[[Page], None]:
    def check(page: Page) -> None:
        assert breaches(page) == []

    return check
