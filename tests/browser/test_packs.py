"""ISD staff, by keys alone: receive 900 packs, give them out, set a count right, read the forecast.
Then a home is assessed and its works ordered, and a planning application answered."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from core.dates import today
from operations.models import PackMovement, PlanningApplication, StockPlace, WorksOrder
from tests.browser.conftest import SignIn
from tests.browser.test_keyboard import MANY, NAME, follow, tab_to
from tests.factories.packs import (
    DeliveryFactory,
    PackTargetFactory,
    PartnerFactory,
    StockPlaceFactory,
)
from tests.factories.planning import PlanningFactory
from tests.factories.properties import PropertyFactory


@pytest.fixture
def staff(page: Page, sign_in: SignIn) -> Page:
    StockPlaceFactory.create(name="Headquarters store")
    PartnerFactory.create(name="Invented food bank")
    PackTargetFactory.create(
        number=900, starts_on=today() - timedelta(days=27), due_on=today() + timedelta(days=70)
    )
    sign_in(page, "isd-staff")
    page.goto("/")
    return page


def send(page: Page) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")


def typed(page: Page, label: str, text: str) -> None:
    tab_to(page, label)
    page.keyboard.type(text)


def test_packs_are_received_given_and_counted_by_keys(staff: Page, assert_accessible) -> None:
    expect(staff.get_by_role("heading", name="Planning answers due")).to_be_visible()
    follow(staff, "Prevention")
    follow(staff, "Receive a delivery")
    expect(staff.get_by_label("Packs delivered")).to_be_focused()
    staff.keyboard.type("900")
    send(staff)
    expect(staff.get_by_text("900 bronze packs came in at Headquarters store.")).to_be_visible()
    follow(staff, "Give packs out")
    expect(staff.get_by_label("To a partner")).to_be_focused()
    staff.keyboard.type("Invented food")
    typed(staff, "Packs given", "40")
    send(staff)
    said = "40 bronze packs given to Invented food bank. 860 are left at Headquarters store."
    expect(staff.get_by_text(said)).to_be_visible()
    staff.keyboard.press("Tab")  # what was done is read out first; the next gift follows it
    expect(staff.get_by_label("To a partner")).to_be_focused()
    typed(staff, "Or to an address (optional)", "1 Invented Row")
    typed(staff, "Packs given", "9000")
    send(staff)
    expect(staff.locator(".govuk-error-summary")).to_contain_text("Only 860 bronze packs can leave")
    expect(staff.get_by_label("Or to an address")).to_have_value("1 Invented Row")
    assert_accessible(staff)
    staff.goto("/prevention/")
    follow(staff, "Count a stock")
    typed(staff, "Packs found", "857")
    typed(staff, "Why it differs from the entries", "Three were damp")
    follow(staff, "Reconcile")
    expect(staff.get_by_text("was set right by -3 packs")).to_be_visible()
    bronze = staff.get_by_role("region", name="Bronze")
    expect(bronze).to_contain_text("857 in stock")
    expect(bronze).to_contain_text("40 of 900 given")
    expect(bronze).to_contain_text("Needs 86 a week; at the present rate 140 by then.")
    assert_accessible(staff)
    assert PackMovement.objects.count() == 3


class Keys:
    """Counts what is pressed: somebody at work presses two keys in a second without haste."""

    def __init__(self, page: Page) -> None:
        self.page, self.pressed = page, 0

    def press(self, key: str) -> None:
        self.pressed += 1
        self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        for letter in text:
            self.press(letter)

    def go_to(self, name: str) -> None:
        for _ in range(MANY):
            self.press("Tab")
            if self.page.evaluate(NAME).strip() == name:
                return
        raise AssertionError(f"No Tab leads to “{name}”.")

    def enter(self) -> None:
        with self.page.expect_navigation():
            self.press("Enter")


MOST = 30  # keys of a delivery or a gift, from the home page to the sentence that says it is done


@pytest.mark.parametrize(
    ("start", "to", "said"),
    [
        ("Receive a delivery", "", "40 bronze packs came in at Headquarters store."),
        ("Give packs out", "Inv", "40 bronze packs given to Invented food bank."),
    ],
)
def test_forty_packs_take_few_keys(staff: Page, start: str, to: str, said: str) -> None:
    DeliveryFactory.create(place=StockPlace.objects.get(), number=60)
    keys = Keys(staff)
    keys.press("Tab")  # the first leads past the navigation
    keys.press("Enter")
    keys.go_to(start)
    keys.enter()
    if to:
        keys.type(to)
        keys.go_to("Packs given")
    keys.type("40")
    keys.enter()
    expect(staff.get_by_text(said)).to_be_visible()
    assert keys.pressed <= MOST


def test_home_is_assessed_and_its_works_ordered(staff: Page, assert_accessible) -> None:
    home = PropertyFactory.create(address="4 Invented Close")
    staff.goto("/prevention/properties/")
    follow(staff, home.pk)
    staff.get_by_role("button", name="Assess it").click()
    staff.get_by_label("Doors", exact=True).check()
    staff.get_by_role("group", name="Result").get_by_label("Gold").check()
    staff.get_by_role("button", name="Save the assessment").click()
    expect(staff.locator(".govuk-error-summary")).to_contain_text("Say why it became another level")
    staff.get_by_label("Why another level").fill("The frame is rotten")
    staff.get_by_role("button", name="Save the assessment").click()
    staff.get_by_role("link", name="Record a quote for works").click()
    staff.get_by_label("Price quoted, £").fill("850")
    staff.get_by_label("Works", exact=True).select_option("Doors")
    staff.get_by_role("button", name="Save the quote").click()
    staff.get_by_role("link", name="Doors (quoted)").click()
    assert_accessible(staff)
    staff.get_by_role("button", name="Order the works").click()
    staff.get_by_role("button", name="They are ordered").click()
    expect(staff.get_by_text("The assessment stays as it is from now on.")).to_be_visible()
    assert WorksOrder.objects.get().state == "ordered"
    staff.goto(f"/prevention/properties/{home.pk}/")
    expect(staff.get_by_text("Works were ordered on it")).to_be_visible()


def test_planning_application_is_answered(staff: Page, assert_accessible) -> None:
    PlanningFactory.create(application_ref="21/00042/FUL")
    staff.goto("/")
    follow(staff, "21/00042/FUL")
    staff.get_by_role("button", name="Answer it").click()
    staff.get_by_label("Conditions asked for").check()
    staff.get_by_label("Advice in words").fill("Lights over the doors")
    assert_accessible(staff)
    staff.get_by_role("button", name="Save the answer").click()
    expect(staff.get_by_text("Answer recorded.")).to_be_visible()
    assert PlanningApplication.objects.get().advice == "conditions"
