"""Tags reach the board of offender management, and their rows name nobody."""

from datetime import date, timedelta

import pytest

from offenders.services.tags import remove
from performance.boards import BOARDS
from performance.models import Figure
from performance.services.figures import fold_changes
from tests.factories.tags import FITTED, worn
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db

JANUARY, FEBRUARY = date(2021, 1, 1), date(2021, 2, 1)


def figure(slug, month, unit="north"):
    fold_changes()
    found = Figure.objects.filter(indicator=slug, unit=unit, month=month).first()
    return found.numerator if found else None


def taken_off(days):
    officer, tag = UserFactory.create(roles=["act-officer"]), worn()
    return remove(by=officer, tag=tag, at=FITTED + timedelta(days=days), reason="end-date")


def test_tag_counts_in_the_month_it_was_fitted():
    worn()
    worn()
    assert figure("tags-fitted", JANUARY) == 2
    assert figure("tags-fitted", JANUARY, "force") == 2


def test_days_worn_are_summed_in_the_month_the_tag_came_off():
    taken_off(30)
    taken_off(31)
    worn()
    assert figure("tag-days-worn", FEBRUARY) == 61
    assert figure("tag-days-worn", FEBRUARY, "force") == 61


@pytest.mark.parametrize(
    ("slug", "month", "found", "total"),
    [("tags-fitted", "2021-01", 2, None), ("tag-days-worn", "2021-02", 2, 61)],
)
def test_rows_behind_name_nobody(sign_in, slug, month, found, total):
    tags = [taken_off(30), taken_off(31)]
    fold_changes()
    url = f"/indicators/{slug}/rows/?part=numerator&month={month}&unit=force&period=month"
    page = sign_in("analyst").get(url)
    assert (page.context["found"], page.context["total"]) == (found, total)
    assert all(str(tag.nominal) not in page.text for tag in tags)


def test_board_holds_all_that_offender_management_is_told_by():
    told = {slug for group in BOARDS["offender-management"].groups for slug in group.indicators}
    assert told >= {
        "arrests",
        "charged-in-custody",
        "disposals-diversion",
        "disposals-informal",
        "disposals-formal",
        "disposals-charge",
        "tags-fitted",
        "tag-days-worn",
        "cohort-size",
        "cohort-reviews-overdue",
    }
