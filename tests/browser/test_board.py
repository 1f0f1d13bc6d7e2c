"""1. A manager opens a board. 2. They open the row of dwelling burglary and read how it is judged. 3. They choose a unit and come
back. 4. They click on the number and find as many crimes.
"""

import pytest
from playwright.sync_api import Page, expect

from performance.services.figures import fold_changes
from tests.browser.conftest import SignIn
from tests.factories.crimes import CrimeFactory
from tests.integration.board_records import record_history

BOARD = "/boards/combat-acquisitive-crime/?month=2021-01"


@pytest.fixture
def board(page: Page, sign_in: SignIn) -> Page:
    record_history()
    CrimeFactory.create(district_id="fenland")
    fold_changes()
    sign_in(page, "manager")
    page.goto(BOARD)
    return page


def test_number_on_a_board_opens_as_many_rows(board: Page) -> None:
    row = board.get_by_role("row", name="Recorded crime").first
    expect(row.get_by_role("cell").first).to_have_text("3")
    board.get_by_text("How this row is judged: Dwelling burglary: recorded crime").click()
    expect(board.get_by_text("Crimes of the group dwelling burglary recorded")).to_be_visible()

    board.get_by_role("link", name="North", exact=True).click()
    expect(row.get_by_role("cell").first).to_have_text("1")
    board.get_by_role("link", name="Force", exact=True).click()

    row.get_by_role("link", name="3", exact=True).click()
    expect(board.locator(".app-words")).to_contain_text("not cancelled: 3")
    expect(board.locator("tbody tr")).to_have_count(3)


def test_verdict_explains_itself_on_focus(board: Page) -> None:
    verdict = (
        board.locator(".app-verdict", has_text="Comparable")
        .or_(board.locator(".app-verdict", has_text="Lower"))
        .first
    )
    why = board.locator(f"#{verdict.get_attribute('aria-describedby')}")
    expect(why).to_be_hidden()
    verdict.focus()
    expect(why).to_be_visible()
    expect(why).to_contain_text("Rule: relative tolerance 5%")


def test_opened_board_is_accessible(board: Page, assert_accessible) -> None:
    for summary in board.get_by_text("How this row is judged").all():
        summary.click()
    assert_accessible(board)


def test_board_fits_a_phone(board: Page) -> None:
    board.set_viewport_size({"width": 375, "height": 700})
    wide = "document.querySelector('.app-scroll').scrollWidth"
    assert board.evaluate(wide) <= 375
