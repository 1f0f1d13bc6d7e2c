from datetime import UTC, date, datetime

import pytest

from core.dates import add_months
from performance.panels import boards
from performance.services.figures import fold_changes
from tests.factories.crimes import CrimeFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
JANUARY = date(2021, 1, 1)


@pytest.fixture
def steady_year() -> None:
    """One dwelling burglary a month for thirteen months, then three."""
    months = [add_months(JANUARY, -back) for back in range(1, 14)] + [JANUARY] * 3
    for month in months:
        CrimeFactory.create(recorded_at=datetime(month.year, month.month, 15, tzinfo=UTC))
    fold_changes()


@pytest.mark.usefixtures("steady_year")
def test_home_tells_which_verdicts_turned() -> None:
    panel = boards(UserFactory.create())
    assert panel is not None
    turns = {turn.indicator.slug: (turn.before, turn.now) for turn in panel["turns"]}
    assert turns["dwelling-burglary-recorded"] == ("Comparable", "Higher")
    assert panel["month"] == JANUARY


@pytest.mark.usefixtures("steady_year")
def test_home_tells_what_stands_outside_its_limits() -> None:
    panel = boards(UserFactory.create())
    assert panel is not None
    outside = {found.indicator.slug: found.shown for found in panel["outside"]}
    assert outside["dwelling-burglary-recorded"] == "3"


def test_home_without_records_has_nothing_to_tell() -> None:
    panel = boards(UserFactory.create())
    assert panel is not None
    assert panel["turns"] == panel["outside"] == []
