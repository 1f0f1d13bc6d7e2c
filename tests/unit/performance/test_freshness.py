from datetime import UTC, date, datetime

import pytest

from performance.selectors.freshness import coverage, freshness
from performance.services.figures import fold_changes, verify
from tests.factories.crimes import CrimeFactory
from tests.factories.victim_care_contracts import VictimCareContractFactory

pytestmark = pytest.mark.django_db


def reach(source):
    [found] = [each for each in coverage() if each.source == source]
    return found


def test_waiting_changes_are_told():
    fold_changes()
    CrimeFactory()
    now = freshness()
    assert now.pending == 1
    assert now.oldest_pending is not None


def test_folded_changes_wait_no_more():
    CrimeFactory()
    fold_changes()
    now = freshness()
    assert (now.pending, now.oldest_pending) == (0, None)
    assert now.folded_at is not None


def test_verification_is_told():
    CrimeFactory()
    verify()
    assert freshness().verified_at is not None


def test_coverage_has_first_and_last_month_and_gaps():
    CrimeFactory(recorded_at=datetime(2020, 10, 5, tzinfo=UTC))
    CrimeFactory(recorded_at=datetime(2021, 1, 5, tzinfo=UTC))
    fold_changes()
    crimes = reach("Crimes")
    assert (crimes.first, crimes.last) == (date(2020, 10, 1), date(2021, 1, 1))
    assert (crimes.rows, crimes.gaps) == (2, 2)


def test_source_without_rows_has_no_reach():
    assert reach("Calls").first is None


def test_contracts_reach_from_the_month_they_opened():
    VictimCareContractFactory(opened_on=date(2020, 11, 3))
    fold_changes()
    assert reach("Victim care contracts").first == date(2020, 11, 1)
