"""The sheet for a briefing is one page of paper, however much is known."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from offenders.models import Address, Alias, Nominal, Vehicle
from offenders.services.parts import decide_priority
from tests.browser.conftest import SignIn
from tests.browser.desk import Check, Desk
from tests.factories.custody import ArrestFactory, detained
from tests.factories.nominals import NominalFactory
from tests.factories.users import UserFactory


@pytest.fixture
def desk(page: Page, sign_in: SignIn, assert_accessible: Check) -> Desk:
    sign_in(page, "act-officer")
    return Desk(page, assert_accessible)


@pytest.fixture
def quill() -> Nominal:
    return NominalFactory.create(surname="Quillfeather", forenames="Bartholomew", ref="N004711")


def test_the_briefing_sheet_is_one_page_of_paper(desk: Desk, quill: Nominal) -> None:
    detained(nominal=quill)
    desk.open(f"/nominals/{quill.pk}/")
    desk.follow("Briefing sheet")
    desk.sees("QUILLFEATHER")
    assert desk.pages() == 1


def test_the_briefing_sheet_of_somebody_of_whom_much_is_known_is_one_page(
    desk: Desk, quill: Nominal
) -> None:
    much_known(quill)
    desk.open(f"/nominals/{quill.pk}/briefing/")
    desk.sees("and 11 more on their page")
    assert desk.pages() == 1


def much_known(nominal: Nominal) -> None:
    """Fifteen of everything, each with as much to say as its column takes."""
    words = "Seen often near the invented station in the small hours "
    by = UserFactory.create(roles=["act-supervisor"])
    detained(nominal=nominal)
    for number in range(15):
        name = f"Wordsworth-Featherstonehaugh the {number}th"
        ArrestFactory.create(
            nominal=nominal, arrested_at=timezone.now() - timedelta(days=number + 1), place=words
        )
        Alias.objects.create(nominal=nominal, surname=name, forenames="Oswin Bartholomew")
        Address.objects.create(nominal=nominal, line=f"{number} {words}{words}")
        Vehicle.objects.create(nominal=nominal, registration=f"ZZ{number:02}ZZZ")
    decide_priority(
        by=by, nominal=nominal, threat=3, risk=3, harm=3, vulnerability=3, reason=words * 20
    )
