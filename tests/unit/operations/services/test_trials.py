from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from core.states import StepError
from operations.models import FootwearMatch, TrialResult
from operations.policies.trials import Refusal
from operations.services.footwear import (
    add_candidate,
    qualify,
    record_scan,
    record_what_came,
    reject,
)
from operations.services.refusals import RefusedError
from operations.services.trials import (
    amend_trial,
    look_at_data,
    record_result,
    record_trial,
    write_test,
)
from tests.factories.crimes import CrimeFactory
from tests.factories.custody import ARRESTED, ArrestFactory
from tests.factories.operations import (
    SCANNED,
    FootwearMatchFactory,
    FootwearScanFactory,
    TrialFactory,
)
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
UNTESTED = {"test": "", "test_written_at": None, "test_written_by": None}
DECIDED = SCANNED + timedelta(days=1)


@pytest.fixture
def officer():
    return UserFactory.create(roles=["act-officer"])


def refused(reason):
    return pytest.raises(RefusedError, match=str(reason.label)[:40])


def told(officer, trial, **facts):
    said: dict[str, Any] = {"verdict": "unclear", "text": "Too few yet.", "at": SCANNED} | facts
    return record_result(by=officer, trial=trial, **said)


@pytest.mark.parametrize(
    ("starts", "ends", "months"),
    [
        (date(2020, 11, 1), date(2021, 4, 30), 6),
        (date(2020, 11, 16), date(2021, 5, 15), 6),
        (date(2020, 11, 16), date(2021, 5, 14), 5),
    ],
)
def test_trial_counts_its_whole_months(starts, ends, months):
    assert TrialFactory.build(starts_on=starts, ends_on=ends).months == months


def test_trial_that_ends_before_it_starts_is_refused(officer):
    days: dict[str, Any] = {"starts_on": date(2023, 2, 1), "ends_on": date(2023, 1, 31)}
    with pytest.raises(ValidationError, match="cannot end before it starts"):
        record_trial(by=officer, slug="x", name="x", purpose="x", **days)


def test_test_is_written_with_its_time_and_author(officer):
    trial = TrialFactory.create(**UNTESTED)
    done = write_test(by=officer, trial=trial, version=1, test="Ten matches")
    assert (done.test_written_by, done.test) == (officer, "Ten matches")
    assert done.test_written_at is not None


def test_result_before_the_success_test_is_refused(officer):
    trial = TrialFactory.create(**UNTESTED)
    with refused(Refusal.NO_TEST):
        told(officer, trial)
    with pytest.raises(IntegrityError, match="success test"), transaction.atomic():
        TrialResult.objects.create(trial=trial, verdict="met", text="x", by=officer)


def test_result_dated_before_its_test_is_refused(officer):
    trial = TrialFactory.create(test_written_at=SCANNED)
    with refused(Refusal.NO_TEST):
        told(officer, trial, at=SCANNED - timedelta(hours=1))


def test_test_stands_after_the_first_result(officer):
    trial = TrialFactory.create()
    told(officer, trial)
    with refused(Refusal.TEST_STANDS):
        write_test(by=officer, trial=trial, version=None, test="One match will do")
    trial.test = "One match will do"
    with pytest.raises(IntegrityError, match="cannot be changed"), transaction.atomic():
        trial.save()


def test_decided_match_is_a_result_too(officer):
    trial = TrialFactory.create()
    match = FootwearMatchFactory.create(scan__trial=trial)
    qualify(by=officer, match=match, reason="Same wear", at=DECIDED)
    with refused(Refusal.TEST_STANDS):
        write_test(by=officer, trial=trial, version=None, test="One match will do")


def test_test_may_be_changed_until_then_and_facts_after(officer):
    trial = TrialFactory.create()
    done = write_test(by=officer, trial=trial, version=None, test="Ten matches")
    told(officer, done, at=timezone.now())
    assert amend_trial(by=officer, trial=done, version=None, purpose="Another").purpose == "Another"


def test_results_are_only_added(officer):
    made = told(officer, TrialFactory.create())
    with pytest.raises(DatabaseError), transaction.atomic():
        made.delete()


def test_nothing_follows_the_last_word(officer):
    trial = TrialFactory.create()
    told(officer, trial, verdict="met", is_final=True)
    with refused(Refusal.FINISHED):
        told(officer, trial)


def test_result_of_a_trial_to_come_is_refused(officer):
    with refused(Refusal.EARLY):
        told(officer, TrialFactory.create(starts_on=date(2023, 2, 1)))
    with refused(Refusal.FUTURE):
        told(officer, TrialFactory.create(), at=timezone.now() + timedelta(days=1))


def test_every_look_at_the_data_is_kept(officer):
    trial = TrialFactory.create()
    for _ in range(2):
        look_at_data(by=officer, trial=trial)
    assert [look.by for look in trial.looks.all()] == [officer, officer]


def test_scan_is_linked_to_its_arrest(officer):
    trial, arrest = TrialFactory.create(), ArrestFactory.create()
    made = record_scan(by=officer, arrest=arrest, trial=trial, scanned_at=SCANNED, pattern="Bars")
    assert (made.arrest, made.district_id) == (arrest, "cambridge")


@pytest.mark.parametrize(
    ("at", "reason"),
    [
        (ARRESTED - timedelta(minutes=1), Refusal.BEFORE_ARREST),
        (datetime(2023, 5, 1, 9, tzinfo=UTC), Refusal.OUTSIDE),
    ],
)
def test_scan_at_a_wrong_time_is_refused(officer, at, reason):
    with refused(reason):
        record_scan(
            by=officer,
            arrest=ArrestFactory.create(),
            trial=TrialFactory.create(),
            scanned_at=at,
            pattern="Bars",
        )


def test_scan_needs_a_right_to_people():
    manager = UserFactory.create(roles=["manager"])
    with pytest.raises(PermissionDenied):
        record_scan(by=manager, arrest=ArrestFactory.create(), pattern="Bars", scanned_at=SCANNED)


def test_match_without_a_reason_is_refused(officer):
    match = FootwearMatchFactory.create()
    with refused(Refusal.NO_REASON):
        qualify(by=officer, match=match, reason="  ", at=DECIDED)
    with pytest.raises(IntegrityError, match="decided_with_a_reason"), transaction.atomic():
        FootwearMatch.objects.filter(pk=match.pk).update(
            state="qualified", decided_at=DECIDED, decided_by=officer
        )


def test_match_in_a_trial_without_a_test_is_refused(officer):
    match = FootwearMatchFactory.create(scan__trial=TrialFactory.create(**UNTESTED))
    with refused(Refusal.NO_TEST):
        qualify(by=officer, match=match, reason="Same wear", at=DECIDED)
    decided = {"state": "qualified", "decided_at": DECIDED, "decided_by": officer, "reason": "x"}
    with pytest.raises(IntegrityError, match="success test"), transaction.atomic():
        FootwearMatch.objects.filter(pk=match.pk).update(**decided)


def test_second_candidate_of_the_same_scene_is_refused(officer):
    scan, crime = FootwearScanFactory.create(), CrimeFactory.create()
    add_candidate(by=officer, scan=scan, crime=crime)
    with pytest.raises(ValidationError, match="candidate of this scan already"):
        add_candidate(by=officer, scan=scan, crime=crime)


def test_cancelled_crime_is_no_candidate(officer):
    crime = CrimeFactory.create(cancelled_at=SCANNED)
    with refused(Refusal.CANCELLED):
        add_candidate(by=officer, scan=FootwearScanFactory.create(), crime=crime)


def test_something_comes_of_a_qualified_match_only(officer):
    match = FootwearMatchFactory.create()
    with refused(Refusal.NOT_QUALIFIED):
        record_what_came(by=officer, match=match, came_of="charge")
    match = qualify(by=officer, match=match, reason="Same wear", at=DECIDED)
    done = record_what_came(by=officer, match=match, came_of="charge", note="By the CPS")
    assert (done.came_of, done.came_of_note) == ("charge", "By the CPS")
    turned = reject(by=officer, match=done, reason="Another size")
    assert (turned.state, turned.came_of) == ("rejected", "")


def test_match_is_not_qualified_twice(officer):
    match = qualify(by=officer, match=FootwearMatchFactory.create(), reason="Wear", at=DECIDED)
    with pytest.raises(StepError, match="qualified: it cannot be qualified"):
        qualify(by=officer, match=match, reason="Wear", at=DECIDED)
