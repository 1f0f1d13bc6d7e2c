from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from core.concurrency import EditConflict
from core.models import AuditEvent
from offenders.models import Crime, Outcome
from offenders.services.crimes import amend_crime, cancel_crime, record_crime, reinstate_crime
from offenders.services.outcomes import record_outcome, withdraw_outcome
from offenders.services.referrals import record_referral
from tests.factories.crimes import JANUARY, CrimeFactory
from tests.factories.outcomes import OutcomeFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
TOMORROW = timedelta(days=1)


@pytest.fixture
def by():
    return UserFactory.create()


def test_record_crime_refuses_a_time_in_the_future(by, time_machine):
    time_machine.move_to(JANUARY)
    with pytest.raises(ValidationError, match="lies in the future"):
        record_crime(by=by, crime_ref="x", recorded_at=JANUARY + TOMORROW, offence_id="48")
    assert not Crime.objects.exists()


def test_record_crime_refuses_a_code_not_in_force(by):
    with pytest.raises(ValidationError, match="28I was not in force on 15 January 2021"):
        record_crime(by=by, crime_ref="x", recorded_at=JANUARY, offence_id="28I")


def test_record_crime_leaves_no_trace_when_refused(by):
    with pytest.raises(ValidationError):
        record_crime(by=by, crime_ref="", recorded_at=JANUARY, offence_id="48")
    assert not AuditEvent.objects.exists()


def test_amend_crime_names_the_fields_in_the_log(by):
    amend_crime(by=by, crime=CrimeFactory.create(), version=1, district_id="fenland")
    assert AuditEvent.objects.get().detail == {"fields": ["district_id"]}


def test_amend_crime_refuses_a_stale_version(by):
    crime = CrimeFactory.create()
    amend_crime(by=by, crime=crime, version=1, district_id="fenland")
    with pytest.raises(EditConflict) as conflict:
        amend_crime(by=by, crime=crime, version=1, district_id="cambridge")
    assert conflict.value.current == crime
    assert Crime.objects.get().district_id == "fenland"


def test_amend_crime_keeps_what_it_is_not_told(by):
    crime = CrimeFactory.create(has_victim=True)
    assert amend_crime(by=by, crime=crime, version=1, district_id="fenland").has_victim is True


def test_cancel_crime_refuses_a_second_time(by):
    crime = CrimeFactory.create()
    cancel_crime(by=by, crime=crime, at=JANUARY, reason="No crime")
    with pytest.raises(ValidationError, match="cancelled already"):
        cancel_crime(by=by, crime=crime, at=JANUARY, reason="No crime")


def test_reinstate_crime_refuses_one_that_counts(by):
    with pytest.raises(ValidationError, match="is not cancelled"):
        reinstate_crime(by=by, crime=CrimeFactory.create(), reason="x")


@pytest.mark.parametrize(
    ("code", "at", "why"),
    [
        ("1", JANUARY - TOMORROW, "older than its crime"),
        ("1", datetime(2090, 1, 1, tzinfo=UTC), "lies in the future"),
        ("23", JANUARY + TOMORROW, "23 was not in force"),
        ("zz", JANUARY + TOMORROW, "is not a valid choice"),
    ],
)
def test_record_outcome_refuses_what_cannot_be(by, code, at, why):
    with pytest.raises(ValidationError, match=why):
        record_outcome(by=by, crime=CrimeFactory.create(), code=code, at=at)
    assert not Outcome.objects.exists()


def test_record_outcome_refuses_the_same_twice(by):
    outcome = OutcomeFactory.create()
    with pytest.raises(ValidationError, match="already has this outcome"):
        record_outcome(by=by, crime=outcome.crime, code="1", at=outcome.outcome_at)


def test_withdraw_outcome_refuses_a_second_time(by):
    outcome = OutcomeFactory.create()
    withdraw_outcome(by=by, outcome=outcome, reason="Not charged")
    with pytest.raises(ValidationError, match="withdrawn already"):
        withdraw_outcome(by=by, outcome=outcome, reason="Not charged")


@pytest.mark.parametrize("day", [date(2021, 1, 14), date(2090, 1, 1)])
def test_record_referral_refuses_a_day_that_cannot_be(by, day):
    with pytest.raises(ValidationError, match="between the day the crime was recorded and today"):
        record_referral(by=by, crime=CrimeFactory.create(), referred_on=day)
