"""1. An analyst watches an import. 2. It goes on. 3. It ends, and the page says so by itself."""

import pytest
from playwright.sync_api import Page, expect

from core.models import ImportRun, ImportState, User
from tests.browser.conftest import SignIn


@pytest.fixture
def run(page: Page, sign_in: SignIn) -> ImportRun:
    by: User = sign_in(page, "analyst")
    return ImportRun.objects.create(
        kind="crimes",
        file_name="c.csv",
        by=by,
        state=ImportState.RUNNING,
        rows_total=1000,
        read=250,
    )


def test_progress_moves_and_ends_by_itself(page: Page, run: ImportRun) -> None:
    page.goto(f"/imports/{run.pk}/")
    expect(page.get_by_text("250 of 1,000")).to_be_visible()
    ImportRun.objects.filter(pk=run.pk).update(read=750)
    expect(page.get_by_text("750 of 1,000")).to_be_visible()
    ImportRun.objects.filter(pk=run.pk).update(read=1000, created=1000, state=ImportState.DONE)
    expect(page.get_by_role("heading", name="What happened")).to_be_visible()
    expect(page.get_by_text("Finished")).to_be_visible()


def test_progress_shows_the_sign_in_page_when_the_session_ends(page: Page, run: ImportRun) -> None:
    page.goto(f"/imports/{run.pk}/")
    expect(page.get_by_text("250 of 1,000")).to_be_visible()
    page.context.clear_cookies()
    expect(page.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()


def test_progress_has_a_link_for_those_without_scripts(
    page_without_scripts: Page, sign_in: SignIn, run: ImportRun
) -> None:
    client = page_without_scripts
    sign_in(client, "analyst")
    client.goto(f"/imports/{run.pk}/")
    ImportRun.objects.filter(pk=run.pk).update(state=ImportState.DONE)
    client.get_by_role("link", name="Refresh this page").click()
    expect(client.get_by_role("heading", name="What happened")).to_be_visible()
