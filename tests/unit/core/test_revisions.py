from datetime import timedelta

import pghistory.models
import pytest
from django.apps import apps

from offenders.models import Crime
from tests.factories.crimes import CrimeFactory
from tests.factories.outcomes import OutcomeFactory

pytestmark = pytest.mark.django_db


def revisions(label):
    return apps.get_model(label).objects.order_by("pgh_id")


def test_update_keeps_the_old_row():
    crime = CrimeFactory(offence_id="28E")
    Crime.objects.filter(pk=crime.pk).update(offence="48")
    kept = revisions("offenders.CrimeEvent").get()
    assert (kept.offence_id, kept.pgh_label) == ("28E", "update")


def test_delete_keeps_the_row():
    CrimeFactory().delete()
    assert revisions("offenders.CrimeEvent").get().pgh_label == "delete"


def test_insert_keeps_nothing():
    CrimeFactory()
    assert not revisions("offenders.CrimeEvent").exists()


def test_following_an_outcome_is_no_revision_of_the_crime():
    OutcomeFactory()
    assert not revisions("offenders.CrimeEvent").exists()


def test_withdrawn_outcome_keeps_its_revision():
    outcome = OutcomeFactory()
    outcome.cancelled_at = outcome.outcome_at + timedelta(days=1)
    outcome.save()
    assert revisions("offenders.OutcomeEvent").get().cancelled_at is None


def test_revision_names_who_made_it():
    crime = CrimeFactory()
    with pghistory.context(job="tests"):
        Crime.objects.filter(pk=crime.pk).update(offence="48")
    kept = pghistory.models.Events.objects.tracks(crime).get()
    assert kept.pgh_context["job"] == "tests"
