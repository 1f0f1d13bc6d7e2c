from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from core.ranks import Rank
from core.selectors.history import histories_of
from offenders.custody.clock import Kind
from offenders.models import ArrestOffence
from offenders.services.arrest_offences import add_offence, amend_offence, remove_offence
from offenders.services.arrests import ArrestedFor
from offenders.services.custody import record_custody_event
from tests.factories.crimes import JANUARY, CrimeFactory
from tests.factories.custody import ARRIVED, ArrestOffenceFactory, detained
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return UserFactory.create(roles=["act-officer"])


def extended(officer):
    """Two reviews, then the superintendent's extension."""
    detention = detained(by=officer)
    for hours, kind, facts in (
        (6, Kind.REVIEWED, {"authorised_rank": Rank.INSPECTOR}),
        (15, Kind.REVIEWED, {"authorised_rank": Rank.INSPECTOR}),
        (20, Kind.EXTENDED, {"authorised_rank": Rank.SUPERINTENDENT, "hours": 36.0}),
    ):
        at = ARRIVED + timedelta(hours=hours)
        record_custody_event(by=officer, detention=detention, kind=kind, at=at, **facts)
    return detention


def test_offence_is_added_changed_and_taken_out_with_its_history(officer):
    arrest = ArrestOffenceFactory.create().arrest
    crime = CrimeFactory.create(offence_id="48")
    made = add_offence(by=officer, arrest=arrest, wanted=ArrestedFor("either", crime=crime))
    assert made.title == "Theft or unauthorised taking of motor vehicle"
    amend_offence(by=officer, offence=made, title="Handling", mode="either", crime=None)
    remove_offence(by=officer, offence=made, reason="Not what they were arrested for")
    removed, changed = histories_of(ArrestOffence, arrest=arrest.pk)
    assert removed.title == "Removed: arrest offence"
    assert ("Title", made.title, "Handling") in [
        (change.label, change.before, change.after) for change in changed.changes
    ]


def test_arrest_is_for_one_offence_at_least(officer):
    offence = ArrestOffenceFactory.create()
    with pytest.raises(ValidationError, match="at least one offence"):
        remove_offence(by=officer, offence=offence, reason="x")
    assert ArrestOffence.objects.count() == 1


def test_offence_is_not_taken_out_without_a_reason(officer):
    offence = ArrestOffenceFactory.create()
    with pytest.raises(ValidationError, match="Say why"):
        remove_offence(by=officer, offence=offence, reason=" ")


def test_offence_of_a_cancelled_crime_or_of_no_name_is_refused(officer):
    offence = ArrestOffenceFactory.create()
    crime = CrimeFactory.create(cancelled_at=JANUARY + timedelta(days=1))
    with pytest.raises(ValidationError, match="is cancelled"):
        amend_offence(by=officer, offence=offence, title="", mode="either", crime=crime)
    with pytest.raises(ValidationError, match="Say what"):
        add_offence(by=officer, arrest=offence.arrest, wanted=ArrestedFor("either"))


def test_extended_detention_keeps_an_indictable_offence(officer):
    offence = extended(officer).arrest.offences.get()
    said: dict[str, Any] = {"title": "Vehicle interference", "crime": None}
    with pytest.raises(ValidationError, match="takes an indictable offence"):
        amend_offence(by=officer, offence=offence, mode="summary", **said)
    wanted = ArrestedFor("summary", title="Vehicle interference")
    add_offence(by=officer, arrest=offence.arrest, wanted=wanted)
    with pytest.raises(ValidationError, match="takes an indictable offence"):
        remove_offence(by=officer, offence=offence, reason="x")
    offence.refresh_from_db()
    assert offence.mode == "either"


def test_offences_are_changed_by_officers_alone():
    offence = ArrestOffenceFactory.create()
    with pytest.raises(PermissionDenied):
        remove_offence(by=UserFactory.create(roles=["analyst"]), offence=offence, reason="x")
