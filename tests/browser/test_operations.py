"""1. An officer opens a family of operations. 2. They read its results. 3. They open a figure to its rows.
Then: 1. they record a footwear scan from the page of an arrest. 2. They add a scene. 3. They qualify it."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from core.models import Unit
from offenders.models import Sentence
from operations.models import OperationOfficer
from tests.browser.conftest import SignIn
from tests.browser.desk import Check, Desk
from tests.factories.crimes import CrimeFactory
from tests.factories.custody import ArrestFactory
from tests.factories.operations import (
    OperationArrestFactory,
    OperationConvictionFactory,
    OperationFactory,
    OperationVehicleFactory,
    TrialFactory,
)
from tests.factories.users import UserFactory


@pytest.fixture
def desk(page: Page, sign_in: SignIn, assert_accessible: Check) -> Desk:
    sign_in(page, "act-officer")
    return Desk(page, assert_accessible)


def test_a_family_is_opened_read_and_followed_to_its_rows(
    page: Page, sign_in: SignIn, assert_accessible
) -> None:
    outer = OperationFactory.create(name="Op Outer")
    inner = OperationFactory.create(name="Op Inner", parent=outer)
    OperationArrestFactory.create(operation=inner)
    link = OperationConvictionFactory.create(operation=inner)
    Sentence.objects.create(conviction=link.conviction, kind="custody", months=54)
    OperationVehicleFactory.create(
        operation=inner, registration="QX12ABC", recovered_on=date(2023, 1, 9)
    )
    sign_in(page, "act-officer")
    page.goto("/operations/")
    page.get_by_role("link", name="See them as families").click()
    page.get_by_role("link", name="Op Outer").click()
    expect(page.get_by_text("Of 1 stolen vehicle, 1 recovered, worth £20,000.")).to_be_visible()
    expect(page.get_by_text("Custody, 4 years 6 months").first).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="1 vehicles recovered: show the rows").click()
    expect(page.get_by_role("cell", name="QX12ABC")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Back to Op Outer").click()
    page.get_by_role("link", name="What did it achieve").click()
    expect(page.get_by_role("heading", name="Op Outer", level=1)).to_be_visible()
    assert_accessible(page)


def test_what_a_large_family_achieved_is_one_page_of_paper(desk: Desk) -> None:
    outer = OperationFactory.create(name="Op Outer", aim="To find invented vehicles. " * 8)
    for number in range(15):
        link = OperationConvictionFactory.create(operation=outer)
        Sentence.objects.create(conviction=link.conviction, kind="custody", months=54)
        OperationArrestFactory.create(operation=outer)
        area = Unit.objects.get(pk="south" if number % 2 else "north")
        OperationOfficer.objects.create(
            operation=outer, officer=UserFactory.create(), area=area, since=outer.starts_on
        )
    desk.open("/operations/")
    desk.follow("Op Outer")
    desk.follow("What did it achieve")
    desk.sees("and 3 more on its page")
    assert desk.pages() == 1


def test_footwear_is_scanned_and_its_match_qualified(
    page: Page, sign_in: SignIn, assert_accessible
) -> None:
    arrest, trial, crime = ArrestFactory.create(), TrialFactory.create(), CrimeFactory.create()
    sign_in(page, "act-officer")
    page.goto(f"/custody/arrest/{arrest.pk}/")
    page.get_by_role("button", name="Record a footwear scan").click()
    page.get_by_label("Day").fill("11")
    page.get_by_label("Month").fill("1")
    page.get_by_label("Year").fill("2023")
    page.get_by_label("Time").fill("09:00")
    page.get_by_label("Sole pattern").fill("Bars and circles")
    page.get_by_label("Trial").select_option(label=f"{trial.name}, 1 Nov 2022 to 30 Apr 2023")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("Footwear scan recorded.")).to_be_visible()
    page.get_by_role("button", name="Add a scene that may match").click()
    page.get_by_label("Crime reference").fill(crime.pk)
    page.get_by_role("button", name="Add it").click()
    page.get_by_role("link", name="Qualify").click()
    page.get_by_role("button", name="Record it").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    assert_accessible(page)
    page.get_by_label("Why").fill("The same wear at the heel.")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("Qualified by")).to_be_visible()
    assert_accessible(page)
