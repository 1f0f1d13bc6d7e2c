"""1. A sergeant finds the scan not done and starts it. 2. They work through sixty rows by keys and raise three actions.

3. They finish it and see the sheet for the briefing. 4. The owner of one action accepts it and says what came of it.
"""

from datetime import timedelta

from playwright.sync_api import Page, expect

from operations.models import Action, Mark, Scan
from tests.browser.conftest import SignIn
from tests.factories.actions import officer, raised
from tests.factories.scans import NIGHT, neighbour, night_crime

ROWS = 60
RAISED = (3, 20, 41)
QUIET = 10  # the row that needs no action


def a_night() -> None:
    neighbour(metres_north=150)
    for place in range(ROWS):
        night_crime(recorded_at=NIGHT + timedelta(minutes=place), metres_north=place * 35)


def raise_action(page: Page, owner: str, task: str) -> None:
    page.keyboard.press("a")
    expect(page.get_by_label("What is to be done, and what for")).to_be_focused()
    page.keyboard.type(task)
    page.get_by_label("Owner").select_option(label=owner)
    page.get_by_role("button", name="Raise it").click()


def work_through(page: Page, owner: str) -> None:
    for place in range(1, ROWS + 1):
        row = page.locator(f"#row-{place}")
        expect(row).to_have_attribute("aria-current", "true")
        if place in RAISED:
            raise_action(page, owner, f"Task of row {place}")
        elif place == QUIET:
            page.keyboard.press("n")
            page.keyboard.type("Reported twice")
            page.keyboard.press("Enter")
        else:
            page.keyboard.press("s")
        if place < ROWS:
            expect(page.locator(f"#row-{place + 1}")).to_have_attribute("aria-current", "true")


def test_a_scan_of_sixty_rows_is_worked_through_by_keys(
    page: Page, sign_in: SignIn, assert_accessible
) -> None:
    a_night()
    owner = officer(full_name="Olly Owner")
    sign_in(page, "act-supervisor")
    page.goto("/")
    page.get_by_role("link", name="South: not done today").click()
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_text(f"0 of {ROWS} looked at")).to_be_visible()
    assert_accessible(page)
    work_through(page, str(owner))
    expect(page.get_by_text(f"{ROWS} of {ROWS} looked at")).to_be_visible()
    page.get_by_role("button", name="Finish").click()
    page.get_by_label("For the briefing").fill("Mind the Mill Road")
    page.get_by_role("button", name="Finish").click()
    expect(page.get_by_text("Mind the Mill Road")).to_be_visible()
    expect(page.get_by_text("Reported twice")).to_be_visible()
    for place in RAISED:
        expect(page.get_by_role("link", name=f"Task of row {place}", exact=True)).to_be_visible()
    assert_accessible(page)
    assert Action.objects.filter(owner=owner).count() == len(RAISED)
    scan = Scan.objects.get()
    assert scan.rows.filter(mark=Mark.NO_ACTION).get().position == QUIET


def test_owner_accepts_an_action_and_says_what_came_of_it(page: Page, sign_in: SignIn) -> None:
    owner = sign_in(page, "act-officer")
    raised(owner=owner, task="Fetch the film")
    page.goto("/my-work/")
    page.get_by_role("link", name="Ordinary action: Fetch the film").click()
    page.get_by_role("button", name="Accept").click()
    page.get_by_role("button", name="Accept it").click()
    page.get_by_role("button", name="Record the result").click()
    page.get_by_role("button", name="It is done").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.get_by_label("What came of it").fill("A van was seen")
    page.get_by_role("button", name="It is done").click()
    expect(page.get_by_text("A van was seen").first).to_be_visible()
    assert Action.objects.get().state == "done"


def test_scan_works_without_scripts(page_without_scripts: Page, sign_in: SignIn) -> None:
    night_crime()
    sign_in(page_without_scripts, "act-officer")
    page_without_scripts.goto("/scans/new/?area=south")
    page_without_scripts.get_by_role("button", name="Start").click()
    page_without_scripts.get_by_label("Why no action").fill("Reported twice")
    page_without_scripts.get_by_role("button", name="No action").click()
    expect(page_without_scripts.get_by_text("1 of 1 looked at")).to_be_visible()
    page_without_scripts.get_by_role("button", name="Finish").click()
    page_without_scripts.get_by_role("button", name="Finish").click()
    expect(page_without_scripts.get_by_text("Scan finished.")).to_be_visible()
