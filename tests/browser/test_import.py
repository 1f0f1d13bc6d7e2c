"""An analyst 1. sends a file, 2. reads what would happen, 3. imports it, 4. reads the receipt."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings

from core.models import ImportRun
from core.services.imports import check_import, run_import
from offenders.models import Crime
from tests.browser.conftest import SignIn
from tests.unit.core.imports.records import crime, csv_file, text


@pytest.fixture
def file(tmp_path: Path, settings: Settings) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    return csv_file(tmp_path, text(crime("A1"), crime("A2", district="nowhere")))


def test_a_file_becomes_records(
    page: Page, sign_in: SignIn, file: Path, assert_accessible: Callable[[Page], None]
) -> None:
    sign_in(page, "analyst")
    page.goto("/imports/new/")
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("crimes.csv")).to_be_visible()
    page.get_by_role("button", name="Check the file").click()

    run = ImportRun.objects.get()
    check_import(run.pk)
    expect(page.get_by_role("heading", name="What would happen")).to_be_visible()
    expect(page.get_by_text("Is not a known district")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Import the good rows").click()

    run_import(run.pk)
    expect(page.get_by_role("heading", name="What happened")).to_be_visible()
    assert_accessible(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the rejected rows").click()
    assert "A2" in download.value.path().read_text()
    assert Crime.objects.get().pk == "A1"


def test_a_file_is_sent_without_scripts(
    page_without_scripts: Page, sign_in: SignIn, file: Path
) -> None:
    page = page_without_scripts
    sign_in(page, "analyst")
    page.goto("/imports/new/")
    page.get_by_label("What is in the file").select_option("Crimes")
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_role("button", name="Check the file").click()
    check_import(ImportRun.objects.get().pk)
    page.get_by_role("link", name="Refresh this page").click()
    page.get_by_role("button", name="Do not import").click()

    expect(page.get_by_text("crimes.csv was not imported. Nothing has changed.")).to_be_visible()
    assert not Crime.objects.exists()
