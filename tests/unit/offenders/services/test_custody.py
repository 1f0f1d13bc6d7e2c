from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.concurrency import EditConflict
from core.models import AuditEvent
from core.ranks import Rank
from offenders.custody.clock import Kind
from offenders.models import Arrest, CustodyEvent, Detention
from offenders.policies.custody import Refusal
from offenders.services.arrests import ArrestedFor, amend_arrest, record_arrest
from offenders.services.attendances import record_attendance
from offenders.services.custody import (
    Admission,
    RefusedError,
    amend_detention,
    begin_detention,
    bring_in,
    end_detention,
    record_custody_event,
    withdraw_event,
)
from tests.factories.crimes import CrimeFactory
from tests.factories.custody import ARRESTED, ARRIVED, ArrestFactory, detained
from tests.factories.nominals import NominalFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db


def at(day, time):
    hour, minute = map(int, time.split(":"))
    return datetime(2023, 1, day, hour, minute, tzinfo=UTC)


@pytest.fixture
def officer():
    return UserFactory.create(roles=["act-officer"])


def arrest(officer, **facts):
    said = {
        "nominal": facts.pop("nominal", None) or NominalFactory.create(),
        "arrested_at": ARRESTED,
        "place": "Invented Street",
        "arresting_officer": officer,
        "offences": [ArrestedFor("either", title="Burglary in a dwelling")],
    }
    return record_arrest(by=officer, **said | facts)


def log(officer, detention, kind, day, time, **facts):
    return record_custody_event(
        by=officer, detention=detention, kind=kind, at=at(day, time), **facts
    )


def review(officer, detention, day, time):
    return log(officer, detention, Kind.REVIEWED, day, time, authorised_rank=Rank.INSPECTOR)


def end(officer, detention, result, day, time, version=None):
    return end_detention(
        by=officer, detention=detention, result=result, at=at(day, time), version=version
    )


def test_arrest_keeps_its_offences_and_is_audited(officer):
    crime = CrimeFactory.create(offence_id="126", is_dwelling=None)
    made = arrest(officer, offences=[ArrestedFor("summary", crime=crime)])
    found = made.offences.get()
    assert (found.crime_id, found.title) == (crime.pk, "Interfering with a motor vehicle")
    assert AuditEvent.objects.get(target_type="offenders.arrest").target_id == str(made.pk)


@pytest.mark.parametrize(
    "wrong", [{"offences": []}, {"place": ""}, {"arrested_at": timezone.now() + timedelta(hours=1)}]
)
def test_arrest_refuses_what_cannot_be(officer, wrong):
    with pytest.raises(ValidationError):
        arrest(officer, **wrong)


def test_arrest_refuses_a_cancelled_crime(officer):
    crime = CrimeFactory.create(cancelled_at=datetime(2021, 2, 1, tzinfo=UTC))
    with pytest.raises(ValidationError, match="cancelled"):
        arrest(officer, offences=[ArrestedFor("either", crime=crime)])


def test_arrest_of_a_merged_nominal_is_refused(officer):
    gone = NominalFactory.create(merged_into=NominalFactory.create(), merged_at=timezone.now())
    with pytest.raises(PermissionDenied, match="merged"):
        arrest(officer, nominal=gone)


def test_arrest_is_logged_once(officer):
    first = arrest(officer)
    with pytest.raises(ValidationError, match="logged already"):
        arrest(officer, nominal=first.nominal)


def test_arrest_amended_from_a_stale_version_is_a_conflict(officer):
    made = arrest(officer)
    amend_arrest(by=officer, arrest=made, version=1, place="Elsewhere")
    with pytest.raises(EditConflict):
        amend_arrest(by=officer, arrest=made, version=1, place="Nowhere")


def test_nobody_without_the_permission_logs_anything(officer):
    viewer, nominal = UserFactory.create(roles=["analyst"]), NominalFactory.create()
    detention = detained()
    with pytest.raises(PermissionDenied):
        arrest(viewer)
    with pytest.raises(PermissionDenied):
        review(viewer, detention, 11, "13:00")
    with pytest.raises(PermissionDenied):
        end(viewer, detention, "no-action", 11, "13:00")
    with pytest.raises(PermissionDenied):
        record_attendance(by=viewer, nominal=nominal, station="x", reason="x", officer=viewer)


def test_detention_begins_with_its_log():
    detention = detained()
    assert [event.kind for event in detention.entries.all()] == [
        "arrested",
        "arrived",
        "authorised",
    ]
    assert detention.clock.next_review == at(11, "13:45")
    assert detention.district_id == "cambridge"


def test_arrival_before_the_arrest_is_refused_and_leaves_nothing(officer):
    into = Admission("Parkside", ARRESTED - timedelta(minutes=1))
    said = {"arrested_at": ARRESTED, "place": "x", "arresting_officer": officer}
    offences = [ArrestedFor("either", title="Burglary")]
    with pytest.raises(RefusedError) as refused:
        bring_in(by=officer, nominal=NominalFactory.create(), offences=offences, into=into, **said)
    assert refused.value.reason is Refusal.BEFORE_ARREST
    assert list(refused.value.error_dict) == ["arrived_at"]
    assert not Arrest.objects.exists()


def test_nobody_is_in_custody_twice(officer):
    detention = detained()
    again = ArrestFactory.create(nominal=detention.arrest.nominal, arrested_at=at(12, "08:00"))
    with pytest.raises(ValidationError, match="in custody already"):
        begin_detention(by=officer, arrest=again, into=Admission("Parkside", at(12, "09:00")))


def test_whole_detention_follows_the_clock(officer):
    detention = detained()
    review(officer, detention, 11, "13:00")
    review(officer, detention, 11, "21:30")
    rank = Rank.SUPERINTENDENT
    log(officer, detention, Kind.EXTENDED, 12, "06:00", hours=36.0, authorised_rank=rank)
    assert Detention.objects.get().clock.limit_at == at(12, "19:30")
    done = end(officer, detention, "charged-remanded", 12, "12:45")
    assert (done.result, done.hours_used) == ("charged-remanded", 29)
    kinds = [event.kind for event in done.entries.all()]
    assert kinds[-2:] == ["charged", "released"]
    assert AuditEvent.objects.filter(target_type="offenders.custodyevent").count() == 8


def test_refusal_is_typed_and_writes_nothing(officer):
    detention = detained(mode="summary")
    review(officer, detention, 11, "13:00")
    review(officer, detention, 11, "21:30")
    with pytest.raises(RefusedError) as refused:
        log(officer, detention, Kind.EXTENDED, 12, "06:00", hours=36.0, authorised_rank=5)
    assert refused.value.reason is Refusal.SUMMARY_ONLY
    assert detention.entries.count() == 5


def test_return_from_bail_opens_the_detention_again(officer):
    detention = detained()
    end(officer, detention, "bailed", 11, "16:45")
    log(officer, detention, Kind.RETURNED, 23, "08:00")
    current = Detention.objects.get()
    assert (current.ended_at, current.result, current.hours_used) == (None, "", None)
    assert current.clock.limit_at == at(23, "22:45")


def test_withdrawn_end_opens_the_detention_again(officer):
    detention = detained()
    end(officer, detention, "no-action", 11, "16:45")
    last = detention.entries.get(kind="released")
    withdraw_event(by=officer, event=last, reason="Wrong person")
    assert Detention.objects.get().ended_at is None
    with pytest.raises(ValidationError, match="withdrawn already"):
        withdraw_event(by=officer, event=last, reason="Again")


def test_withdrawn_return_puts_the_person_back_on_bail(officer):
    detention = detained()
    end(officer, detention, "bailed", 11, "16:45")
    back = log(officer, detention, Kind.RETURNED, 23, "08:00")
    withdraw_event(by=officer, event=back, reason="Somebody else")
    current = Detention.objects.get()
    assert (current.result, current.ended_at) == ("bailed", at(11, "16:45"))


def test_withdrawn_arrival_is_refused_while_others_stand_on_it(officer):
    detention = detained()
    with pytest.raises(RefusedError):
        withdraw_event(by=officer, event=detention.entries.get(kind="arrived"), reason="x")


@pytest.mark.parametrize("result", ["refused", "nonsense"])
def test_result_that_does_not_fit_is_refused(officer, result):
    with pytest.raises(ValidationError):
        end(officer, detained(), result, 11, "16:00")


def test_charged_person_is_not_released_without_action(officer):
    detention = detained()
    log(officer, detention, Kind.CHARGED, 11, "12:00")
    with pytest.raises(ValidationError, match="charged"):
        end(officer, detention, "no-action", 11, "16:00")


def test_end_from_a_stale_version_is_a_conflict(officer):
    detention = detained()
    amend_detention(by=officer, detention=detention, version=1, station="Thorpe Wood")
    with pytest.raises(EditConflict):
        end(officer, detention, "no-action", 11, "16:00", version=1)


def test_bail_and_release_are_ends(officer):
    with pytest.raises(ValidationError, match="result"):
        log(officer, detained(), Kind.RELEASED, 11, "16:00")


@pytest.mark.parametrize(
    "facts",
    [
        {"kind": "questioned", "at": ARRIVED},
        {"kind": "extended", "at": ARRIVED, "hours": 37, "authorised_rank": 5},
        {"kind": "extended", "at": ARRIVED, "authorised_rank": 5},
        {"kind": "extended", "at": ARRIVED, "hours": 36},
        {"kind": "extended", "at": ARRIVED, "hours": 36, "authorised_rank": 3},
        {"kind": "warrant", "at": ARRIVED},
        {"kind": "postponed", "at": ARRIVED},
        {"kind": "arrived", "at": ARRIVED + timedelta(minutes=1)},
    ],
)
def test_database_refuses_by_itself(officer, facts):
    detention = detained()
    with pytest.raises(IntegrityError), transaction.atomic():
        CustodyEvent.objects.create(detention=detention, by=officer, **facts)


def child_detained(officer, born=date(2008, 5, 17)):
    """14 on the day of arrest."""
    return detained(by=officer, nominal=NominalFactory.create(date_of_birth=born))


def test_child_is_charged_once_an_appropriate_adult_is_named(officer):
    detention = child_detained(officer)
    with pytest.raises(ValidationError) as refusal:
        log(officer, detention, Kind.CHARGED, 11, "12:00")
    assert refusal.value.code == Refusal.NO_ADULT
    with pytest.raises(ValidationError, match="name the appropriate adult"):
        end(officer, detention, "charged-bailed", 11, "12:00")
    with pytest.raises(ValidationError, match="name the appropriate adult"):
        end(officer, detention, "disposed", 11, "12:00")
    adult = {"appropriate_adult": "Aunt Invented, told at 08:00"}
    amend_detention(by=officer, detention=detention, version=None, **adult)
    log(officer, detention, Kind.CHARGED, 11, "12:00")


def test_child_goes_without_a_charge_whoever_is_named(officer):
    assert end(officer, child_detained(officer), "no-action", 11, "12:00").result == "no-action"


def test_appropriate_adult_of_a_child_is_changed_and_not_taken_out(officer):
    detention = child_detained(officer)
    amend_detention(by=officer, detention=detention, version=None, appropriate_adult="Aunt")
    with pytest.raises(ValidationError, match="not taken out"):
        amend_detention(by=officer, detention=detention, version=None, appropriate_adult=" ")


def test_adult_on_the_day_of_arrest_needs_no_appropriate_adult(officer):
    detention = child_detained(officer, born=date(2005, 1, 11))
    log(officer, detention, Kind.CHARGED, 11, "12:00")


def test_charge_of_a_child_long_logged_does_not_stop_the_log(officer):
    detention = child_detained(officer)
    CustodyEvent.objects.create(
        detention=detention, kind=Kind.CHARGED, at=at(11, "12:00"), by=officer
    )
    log(officer, detention, Kind.TO_HOSPITAL, 11, "12:30", is_medical=True)
