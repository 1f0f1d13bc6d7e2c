"""1. An analyst makes the paper of January 2021. 2. They see a finding, and mend it. 3. They send it to
review. 4. A manager releases it. 5. A crime is cancelled, and the restatement says so.
"""

from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import Page, expect

from offenders.models import Crime
from performance.models import Paper
from performance.services.figures import fold_changes
from tests.browser.conftest import SignIn
from tests.integration.board_records import record_history

JANUARY = date(2021, 1, 1)


@pytest.fixture
def analyst(page: Page, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> Page:
    monkeypatch.setattr("performance.services.paper_release.forms", list)
    record_history()
    sign_in(page, "analyst")
    page.goto("/papers/new/")
    return page


def make(page: Page) -> None:
    page.get_by_label("Month of the figures").fill("2021-01")
    days = {"Force performance meeting": ("23", "2"), "Board": ("16", "3")}
    for name, (day, month) in days.items():
        group = page.get_by_role("group", name=name, exact=True)
        group.get_by_label("Day").fill(day)
        group.get_by_label("Month").fill(month)
        group.get_by_label("Year").fill("2021")
    page.get_by_role("button", name="Make the paper").click()


def keep_burglary_only() -> None:
    """What the few records of this test can tell."""
    paper = Paper.objects.get()
    for section in paper.sections.exclude(title="Purpose"):
        section.delete()


def test_paper_goes_from_analyst_to_manager_and_is_restated(
    analyst: Page, sign_in: SignIn, assert_accessible
) -> None:
    make(analyst)
    expect(analyst.get_by_text("figures of January 2021")).to_be_visible()
    assert_accessible(analyst)
    keep_burglary_only()
    analyst.reload()

    analyst.get_by_role("link", name="Change 1.1").click()
    analyst.get_by_label("Paragraph", exact=True).fill(
        "January saw 4 burglaries, as in 9.9.9. [here]"
    )
    analyst.get_by_label("Indicator").select_option("dwelling-burglary-recorded")
    analyst.get_by_role("button", name="Put it in", exact=True).click()
    analyst.get_by_role("button", name="Save").click()
    beside = analyst.locator(".app-paper__right")
    expect(beside.get_by_text("sends the reader to 9.9.9")).to_be_visible()
    analyst.get_by_role("link", name="1.1", exact=True).first.click()
    assert "#p" in analyst.url

    analyst.get_by_role("link", name="Change 1.1").click()
    mended = "January saw {{figure:dwelling-burglary-recorded|force|month}} burglaries."
    analyst.get_by_label("Paragraph", exact=True).fill(mended)
    analyst.get_by_role("button", name="Save").click()
    analyst.get_by_role("button", name="Send to review").click()
    expect(analyst.get_by_text("Somebody else has to release it")).to_be_visible()

    sign_in(analyst, "manager")
    analyst.reload()
    analyst.get_by_role("button", name="Release").click()
    expect(analyst.get_by_text("Nothing in it changes any more")).to_be_visible()

    crime = Crime.objects.filter(recorded_month=JANUARY).first()
    assert crime
    Crime.objects.filter(pk=crime.pk).update(cancelled_at=datetime(2021, 3, 20, tzinfo=UTC))
    fold_changes()
    analyst.get_by_role("link", name="What has moved since").click()
    expect(analyst.get_by_role("row", name="Dwelling burglary")).to_contain_text("cancelled")
    analyst.get_by_role("link", name="Dwelling burglary").click()
    beneath = analyst.get_by_role("row", name="Numerator")
    expect(beneath.get_by_role("link", name="2 rows of the numerator counted then")).to_be_visible()
    expect(beneath.get_by_role("link", name="1 rows of the numerator counted now")).to_be_visible()
    assert_accessible(analyst)
