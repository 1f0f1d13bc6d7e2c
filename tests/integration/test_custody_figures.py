"""Arrests and custody reach the board, and their rows name nobody."""

from datetime import UTC, date, datetime

import pytest

from offenders.custody.clock import Kind
from offenders.services.custody import end_detention, record_custody_event
from performance.models import Figure
from performance.services.figures import fold_changes
from tests.factories.custody import detained
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db

JANUARY = date(2023, 1, 1)


def figure(slug, unit="cambridge"):
    fold_changes()
    found = Figure.objects.filter(indicator=slug, unit=unit, month=JANUARY).first()
    return (found.numerator, found.denominator) if found else None


def ended(result, day=11):
    officer, detention = UserFactory.create(roles=["act-officer"]), detained()
    at = datetime(2023, 1, day, 16, 0, tzinfo=UTC)
    return end_detention(by=officer, detention=detention, result=result, at=at, version=None)


def test_arrest_is_counted_where_it_was_made():
    detained()
    assert figure("arrests")[0] == 1
    assert figure("arrests", "force")[0] == 1


def test_share_charged_in_custody():
    ended("charged-bailed")
    ended("charged-remanded")
    ended("no-action")
    assert figure("charged-in-custody") == (2, 3)


def test_hours_are_summed():
    ended("no-action")
    ended("charged-bailed")
    assert figure("custody-hours")[0] == 18  # twice 8 h 30, half up


def test_return_from_bail_takes_the_end_back():
    detention = ended("bailed")
    assert figure("charged-in-custody") == (0, 1)
    record_custody_event(
        by=UserFactory.create(roles=["act-officer"]),
        detention=detention,
        kind=Kind.RETURNED,
        at=datetime(2023, 1, 23, 8, 0, tzinfo=UTC),
    )
    assert figure("charged-in-custody") in {None, (0, 0)}


@pytest.mark.parametrize("slug", ["arrests", "charged-in-custody", "custody-hours"])
def test_rows_behind_name_nobody(sign_in, slug):
    detention = ended("charged-bailed")
    fold_changes()
    url = f"/indicators/{slug}/rows/?part=numerator&month=2023-01&unit=force&period=month"
    page = sign_in("analyst").get(url)
    assert page.status_code == 200
    assert page.context["found"] == 1
    assert str(detention.arrest.nominal) not in page.text
    assert detention.arrest.place not in page.text


def test_board_of_offender_management_opens(sign_in):
    page = sign_in("board-viewer").get("/boards/offender-management/?month=2023-01&unit=force")
    assert "Charged in custody" in page.text
