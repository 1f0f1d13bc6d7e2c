from datetime import date, timedelta

import pytest

from offenders.models import Crime, HubReferral, Outcome
from tests.factories.crimes import CrimeFactory
from tests.factories.hub_referrals import HubReferralFactory
from tests.factories.outcomes import OutcomeFactory

pytestmark = pytest.mark.django_db


def live(crime):
    return Crime.objects.values_list("outcome_id", flat=True).get(pk=crime.pk)


def add(crime, code, days):
    moment = crime.recorded_at + timedelta(days=days)
    return OutcomeFactory(crime=crime, code_id=code, outcome_at=moment)


def test_latest_outcome_is_live():
    crime = CrimeFactory()
    add(crime, "1", days=5)
    add(crime, "18", days=3)
    assert live(crime) == "1"


def test_charge_beats_caution_at_one_moment():
    crime = CrimeFactory()
    add(crime, "3", days=3)
    add(crime, "1", days=3)
    assert live(crime) == "1"


def test_withdrawn_outcome_gives_way_to_the_one_before():
    crime = CrimeFactory()
    add(crime, "18", days=3)
    last = add(crime, "1", days=5)
    last.cancelled_at = last.outcome_at
    last.save()
    assert live(crime) == "18"


def test_only_outcome_withdrawn_leaves_none():
    outcome = OutcomeFactory()
    outcome.cancelled_at = outcome.outcome_at
    outcome.save()
    assert live(outcome.crime) is None


def test_deleted_outcome_leaves_none():
    outcome = OutcomeFactory()
    outcome.delete()
    assert live(outcome.crime) is None


def test_many_outcomes_in_one_statement_are_followed():
    crimes = CrimeFactory.create_batch(3)
    Outcome.objects.bulk_create(
        OutcomeFactory.build(crime=crime, code_id=code)
        for crime, code in zip(crimes, ["1", "8", "18"], strict=True)
    )
    assert [live(crime) for crime in crimes] == ["1", "8", "18"]


def test_outcome_moved_to_another_crime_leaves_the_first():
    outcome, other = OutcomeFactory(), CrimeFactory()
    Outcome.objects.filter(pk=outcome.pk).update(crime=other)
    assert (live(outcome.crime), live(other)) == (None, "1")


def test_stale_crime_cannot_put_back_an_old_outcome():
    crime = CrimeFactory()
    stale = Crime.objects.get(pk=crime.pk)
    add(crime, "1", days=3)
    stale.is_allocated = False
    stale.save()
    assert live(crime) == "1"


def test_crime_cannot_be_entered_with_an_outcome():
    crime = CrimeFactory(outcome_id="1", outcome_at="2021-01-20T12:00Z")
    assert live(crime) is None


def test_referral_is_followed():
    referral = HubReferralFactory(referred_on=date(2021, 2, 3))
    crime = Crime.objects.get(pk=referral.pk)
    assert (crime.referred_on, crime.referred_month) == (date(2021, 2, 3), date(2021, 2, 1))


def test_deleted_referral_leaves_none():
    referral = HubReferralFactory()
    HubReferral.objects.filter(pk=referral.pk).delete()
    assert Crime.objects.get(pk=referral.crime_id).referred_on is None
