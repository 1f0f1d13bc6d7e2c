"""Every page of the access matrix: no rule of axe broken, nothing on the console, no sideways scroll on a phone."""

from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tests.browser.conftest import DESKTOP, PHONE, SignIn
from tests.browser.pages import WALKERS, arguments, is_page, names_beside, names_for
from tests.integration.access_matrix import MATRIX
from tests.integration.access_rows import EVERYBODY

SHOWN = 200
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def faults(page: Page, name: str, path: str, breaches) -> Iterator[str]:
    page.set_viewport_size(DESKTOP)
    response = page.goto(path)
    if response is None or response.status != SHOWN:
        yield f"{name}: {response and response.status}"
        return
    yield from (f"{name}: {breach}" for breach in breaches(page))
    page.set_viewport_size(PHONE)
    if page.evaluate(OVERFLOW) > 0:
        yield f"{name}: wider than a phone"


@pytest.mark.parametrize("role", WALKERS)
def test_pages_are_accessible(page: Page, sign_in: SignIn, breaches, role: str) -> None:
    records = arguments(sign_in(page, role))
    found: list[str] = []
    for name in names_for(role):
        kwargs = records.get(name, MATRIX[name].kwargs)
        found += faults(page, name, reverse(name, kwargs=kwargs), breaches)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("role", sorted(EVERYBODY - {"machine"}))  # which opens no browser
def test_pages_are_accessible_to_every_role(
    page: Page, sign_in: SignIn, breaches, role: str
) -> None:
    """What others walked already, as it looks to this role."""
    records = arguments(sign_in(page, role))
    found: list[str] = []
    for name in names_beside(role):
        kwargs = records.get(name, MATRIX[name].kwargs)
        path = reverse(name, kwargs=kwargs)
        # Some records are of the person who walks: what another may not open is theirs to look at.
        # Asked for beside the page first, since a refusal is an error on its console.
        if not kwargs or page.request.get(path).status == SHOWN:
            page.goto(path)
            found += [f"{name}: {breach}" for breach in breaches(page)]
    assert not found, "\n".join(found)


def test_every_page_has_its_walker() -> None:
    walked = {name for role in WALKERS for name in names_for(role)}
    to_walk = {name for name, row in MATRIX.items() if is_page(name, row) and row.allowed}
    assert to_walk - walked == set()
