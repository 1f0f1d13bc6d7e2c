"""What a person without scripts does: 1. filters, sorts and pages through a list, 2. changes a record that somebody
else has just changed, 3. decides."""

from datetime import UTC, datetime

from playwright.sync_api import Page, expect

from core.models import Unit
from offenders.services.crimes import amend_crime
from tests.browser.conftest import SignIn
from tests.factories.crimes import CrimeFactory


def test_a_list_is_filtered_sorted_and_paged(page_without_scripts: Page, sign_in: SignIn) -> None:
    page = page_without_scripts
    CrimeFactory.create_batch(60)
    CrimeFactory.create(recorded_at=datetime(2020, 12, 1, tzinfo=UTC))
    sign_in(page, "act-officer")
    page.goto("/crimes/")
    page.get_by_label("Month recorded").fill("2021-01")
    page.get_by_role("button", name="Apply filters").click()
    expect(page.get_by_text("1 to 50 of 60 crimes")).to_be_visible()
    page.get_by_role("link", name="Reference", exact=True).click()
    page.get_by_role("link", name="Next page").click()
    expect(page.get_by_text("51 to 60 of 60 crimes")).to_be_visible()
    page.get_by_role("link", name="Remove this filter: Month recorded: January 2021").click()
    expect(page.get_by_text("of 61 crimes")).to_be_visible()


def test_two_people_change_one_record_and_nothing_is_lost(
    page_without_scripts: Page, sign_in: SignIn
) -> None:
    page = page_without_scripts
    crime = CrimeFactory.create(crime_ref="35/1/21", district_id="cambridge")
    officer = sign_in(page, "act-officer")
    page.goto("/crimes/35/1/21/edit/")
    amend_crime(
        by=officer, crime=crime, version=crime.version, district=Unit.objects.get(pk="fenland")
    )
    page.get_by_label("District").select_option("Peterborough")
    page.get_by_role("button", name="Save changes").click()
    both = page.get_by_role("row", name="District")
    expect(both.get_by_role("cell")).to_have_text(["Peterborough", "Fenland"])
    expect(page.get_by_label("District")).to_have_value("peterborough")
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_text("Crime changed.")).to_be_visible()
    crime.refresh_from_db()
    assert crime.district_id == "peterborough"
