"""The morning of a sergeant: 1. They nominate. 2. They accept. 3. They review and set the RAG.

4. They de-select, first without saying why. 5. Their home page shows what is due for the team.
"""

import pytest
from playwright.sync_api import Page, expect

from offenders.models import Membership, Nominal
from tests.browser.conftest import SignIn
from tests.browser.desk import Check, Desk
from tests.factories.cohorts import accepted
from tests.factories.custody import detained
from tests.factories.nominals import NominalFactory


@pytest.fixture
def desk(page: Page, sign_in: SignIn, assert_accessible: Check) -> Desk:
    user = sign_in(page, "act-supervisor")
    user.unit_id = "south"
    user.save(update_fields=["unit"])
    return Desk(page, assert_accessible)


@pytest.fixture
def quill() -> Nominal:
    return NominalFactory.create(surname="Quillfeather", forenames="Bartholomew", ref="N004711")


def test_into_the_cohort_and_out_of_it(desk: Desk, quill: Nominal) -> None:
    desk.open(f"/nominals/{quill.pk}/")
    desk.follow("Nominate to a cohort")
    expect(desk.page.get_by_label("Reference of the nominal")).to_have_value(quill.ref)
    desk.type("Reason", "Three burglaries in a month")
    desk.send("Nominate", "Nominated.")
    desk.follow("Accept")
    desk.choose("Fixed")
    desk.type("Reason", "The panel agrees")
    desk.send("Accept", "Minuted.")
    desk.follow("Review and set RAG")
    desk.choose("Red")
    desk.type("Reason", "Wanted")
    desk.send("Review and set RAG", "Minuted.")
    _leave(desk)
    member = Membership.objects.get(nominal=quill)
    assert (member.state, member.exit) == ("de-selected", "moved")


def _leave(desk: Desk) -> None:
    desk.follow("De-select")
    desk.page.get_by_role("button", name="De-select").press("Enter")
    expect(desk.page.locator(".govuk-error-summary")).to_be_focused()
    desk.look(desk.page)
    desk.choose("Moved to another force")
    desk.type("Reason", "Moved away")
    desk.send("De-select", "Minuted.")


def test_home_shows_what_the_team_owes(desk: Desk, quill: Nominal) -> None:
    member = accepted(nominal=quill)
    quill.lead_officer.unit_id = "south"
    quill.lead_officer.save(update_fields=["unit"])
    held = detained()
    desk.open("/")
    desk.sees("In custody now")
    desk.sees("Due today in my team")
    main = desk.page.locator("main")
    expect(main.get_by_role("link", name=str(held.arrest.nominal)).first).to_be_visible()
    expect(main.get_by_role("link", name="Op Aware: review").first).to_be_visible()
    desk.follow("Op Aware: review", exact=False)
    assert f"/cohorts/members/{member.pk}/" in desk.page.url
