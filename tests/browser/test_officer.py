"""The working day of a detective constable.

A. 1. They look for somebody whose name they cannot spell. 2. They log the arrest in one form.
   3. They log the authorisation, two reviews and a superintendent's extension, and are told why an
   earlier try was refused. 4. They charge from the custody board.
B. 1. They offer a conditional caution. 2. The person accepts. 3. One condition is met, one is not: a
   breach. 4. A supervisor decides.
C. 1. They ask for a tag. 2. Consent. 3. It is fitted. 4. It is checked. 5. It is taken off.
"""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from offenders.models import Detention, Disposal, Nominal, TagDeployment
from tests.browser.conftest import SignIn
from tests.browser.desk import ASKED, Check, Desk
from tests.factories.crimes import CrimeFactory
from tests.factories.custody import detained
from tests.factories.nominals import NominalFactory
from tests.factories.tags import TagUnitFactory

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ASKED_FOR_AN_ARREST = 6  # that have to be filled in; the rest has its usual value


@pytest.fixture
def desk(page: Page, sign_in: SignIn, assert_accessible: Check) -> Desk:
    sign_in(page, "act-officer")
    return Desk(page, assert_accessible)


@pytest.fixture
def quill() -> Nominal:
    return NominalFactory.create(surname="Quillfeather", forenames="Bartholomew", ref="N004711")


def hours_ago(hours: float) -> datetime:
    return (timezone.now() - hours * HOUR).replace(second=0, microsecond=0)


def test_from_a_misspelt_name_to_a_charge(desk: Desk, quill: Nominal) -> None:
    desk.open("/nominals/")
    desk.type("Name, date of birth, number or registration mark", "Quilfether Bart")
    desk.page.keyboard.press("Enter")
    desk.follow("QUILLFEATHER, Bartholomew", exact=False)
    desk.follow("Log an arrest")
    desk.type("Where", "Mallow Close, Cambridge")
    desk.at("Arrested", hours_ago(20))
    desk.type("Arrested for", "Burglary in a dwelling")
    desk.type("Taken to", "Parkside")
    desk.at("Arrived at the station", hours_ago(19.5))
    desk.send("Log the arrest", "Arrest logged.")
    _log(desk, "Detention authorised", hours_ago(19.4))
    _log(desk, "Reviewed", hours_ago(14))
    desk.sees("Why the rest is not open")
    _log(desk, "Reviewed", hours_ago(5.5))
    desk.follow("Extended by a superintendent")
    desk.type("Name", "Superintendent Invented")
    desk.send("Log it", "Logged.")
    desk.sees("superintendent Superintendent Invented")
    desk.open("/custody/")
    desk.follow("Charge QUILLFEATHER, Bartholomew")
    expect(desk.page.get_by_role("radio", name="Charged and bailed to court")).to_be_checked()
    desk.send("End the detention", "The detention has ended.")
    detention = Detention.objects.get(arrest__nominal=quill)
    assert detention.result == "charged-bailed"
    assert detention.hours_used == 20


def _log(desk: Desk, what: str, at: datetime) -> None:
    desk.follow(what)
    desk.at("When", at)
    if desk.page.get_by_label("Name", exact=True).count():
        desk.type("Name", "Inspector Invented")
    desk.send("Log it", "Logged.")


def test_an_arrest_asks_for_little(desk: Desk, quill: Nominal) -> None:
    """Under a minute: so many boxes are empty and have to be filled, or may be."""
    desk.open(f"/nominals/{quill.pk}/arrests/new/")
    empty = [
        box for box in desk.page.locator(ASKED).all() if box.is_visible() and not box.input_value()
    ]
    required = [box for box in empty if box.get_attribute("required") is not None]
    assert len(required) <= ASKED_FOR_AN_ARREST


def test_a_refusal_says_why_and_keeps_what_was_typed(desk: Desk) -> None:
    detention = detained(mode="summary")
    desk.open(f"/custody/{detention.pk}/log/extended/")
    desk.type("Name", "Superintendent Invented")
    desk.page.get_by_role("button", name="Log it").press("Enter")
    expect(desk.page.locator(".govuk-error-summary")).to_be_focused()
    desk.look(desk.page)
    expect(desk.page.get_by_label("Name", exact=True)).to_have_value("Superintendent Invented")


def test_a_caution_its_conditions_and_their_breach(
    desk: Desk, quill: Nominal, sign_in: SignIn
) -> None:
    crime = CrimeFactory.create(crime_ref="35/10001/21")
    today = timezone.localdate()
    desk.open(f"/nominals/{quill.pk}/")
    desk.follow("Offer a disposal")
    desk.pick("Disposal", "Conditional caution (formal, out of court)")
    desk.type("For the crimes", crime.pk)
    desk.choose("Admits the offence")
    desk.choose("Supports it")
    desk.type("Why this, and why now", "A warning did not do.")
    desk.pick("Authorised by: rank", "Inspector")
    desk.type("Name", "Inspector Invented")
    for place, text in enumerate(("Write to the victim", "See the drug service"), 1):
        desk.pick(f"Condition {place}", "Rehabilitative")
        desk.type(f"Condition {place}: what the person has to do", text)
        desk.on(f"Condition {place}: by", today + 10 * DAY)
    desk.send("Offer it", "Recorded.")
    desk.follow("The person accepts")
    desk.page.get_by_label("The person consents and has signed").check()
    desk.send("Record that they accept", "Accepted.")
    desk.follow("Met : Write to the victim")
    desk.type("What shows that it is met", "The letter was read.")
    desk.send("Record that it is met", "Condition met.")
    desk.follow("Not met : See the drug service")
    desk.type("Reason", "Never came.")
    desk.choose("No: it is a breach")
    desk.send("Record that it is not met", "Recorded.")
    desk.sees("A supervisor decides what follows.")
    _decide(desk, sign_in)


def _decide(desk: Desk, sign_in: SignIn) -> None:
    disposal = Disposal.objects.get()
    assert disposal.state == "breached"
    sign_in(desk.page, "act-supervisor")
    desk.open(f"/disposals/{disposal.pk}/")
    desk.follow("Decide on the breach")
    desk.choose("Prosecute the original offence")
    desk.type("Reason", "No excuse was given.")
    desk.send("Decide", "Decided.")
    disposal.refresh_from_db()
    assert disposal.state == "prosecuted"


def test_a_tag_from_the_request_to_its_removal(desk: Desk, quill: Nominal) -> None:
    unit = TagUnitFactory.create(serial="TAG-4711")
    desk.open(f"/nominals/{quill.pk}/")
    desk.follow("Ask for a tag")
    desk.choose("Voluntary")
    desk.type("What it is for", "To stay at home at night")
    desk.send("Ask for it", "Asked for.")
    desk.follow("Record consent")
    desk.type("How it was given, and who saw it", "Signed before a colleague")
    desk.send("Record it", "Recorded.")
    desk.follow("Fit")
    desk.pick("Unit", str(unit))
    desk.send("Record it", "Recorded.")
    desk.follow("Record a check")
    desk.choose("In order")
    desk.type("Charge, per cent", "80")
    desk.page.get_by_role("button", name="Save").press("Enter")
    desk.sees("Check recorded.")
    desk.follow("Remove")
    desk.choose("End date reached")
    desk.send("Record it", "Recorded.")
    tag = TagDeployment.objects.get(nominal=quill)
    unit.refresh_from_db()
    assert (tag.state, unit.status) == ("removed", "stock")
