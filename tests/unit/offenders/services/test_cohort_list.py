from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from core.concurrency import EditConflict
from core.dates import today
from core.models import AuditEvent
from offenders.models import Cohort
from offenders.policies.cohorts import Refusal, Said, Step
from offenders.services.cohort_list import amend_cohort, close_cohort, open_cohort
from offenders.services.cohorts import nominate, review, take_step
from tests.factories.cohorts import NOMINATED, accepted, nominated, op_aware, rated, supervisor
from tests.factories.nominals import NominalFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss():
    return supervisor()


def codes(refusal):
    return {
        name: [error.code for error in errors] for name, errors in refusal.value.error_dict.items()
    }


def close(boss, **changes):
    said = {"reason": "Its work is done", "version": None, **changes}
    return close_cohort(by=boss, cohort=op_aware(), **said)


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Op Lantern", "op-lantern"), ("New", "new-cohort"), ("Nominate", "nominate-cohort")],
)
def test_cohort_is_made_with_an_address_from_its_name(boss, name, slug):
    cohort = open_cohort(by=boss, name=name, purpose="Pedal cycles")
    assert (cohort.pk, cohort.opened_on) == (slug, today())
    assert nominate(by=boss, nominal=NominalFactory.create(), cohort=cohort, reason="x")


@pytest.mark.parametrize(
    ("name", "why"),
    [("op aware", Refusal.NAME_TAKEN), ("Op  Aware!", Refusal.NAME_TAKEN), ("!", Refusal.NO_NAME)],
)
def test_cohort_is_not_made_without_a_name_of_its_own(boss, name, why):
    with pytest.raises(ValidationError) as refusal:
        open_cohort(by=boss, name=name)
    assert codes(refusal) == {"name": [why]}


def test_cohort_is_made_by_supervisors_alone():
    officer = UserFactory.create(roles=["act-officer"])
    with pytest.raises(PermissionDenied):
        open_cohort(by=officer, name="Op Lantern")


def test_cohort_is_renamed_and_keeps_its_address(boss):
    renamed = amend_cohort(by=boss, cohort=op_aware(), version=1, name=" Op Awake ")
    assert (renamed.pk, renamed.name) == ("op-aware", "Op Awake")
    event = AuditEvent.objects.get(action="record.changed", target_type="offenders.cohort")
    assert event.detail == {"fields": ["name"]}


@pytest.mark.parametrize(
    ("name", "why"), [("OP LANTERN", Refusal.NAME_TAKEN), ("!", Refusal.NO_NAME)]
)
def test_cohort_is_not_given_the_name_of_another_or_none(boss, name, why):
    open_cohort(by=boss, name="Op Lantern")
    with pytest.raises(ValidationError) as refusal:
        amend_cohort(by=boss, cohort=op_aware(), version=None, name=name)
    assert codes(refusal) == {"name": [why]}


def test_cohort_is_renamed_to_other_letters_of_its_own_name(boss):
    assert amend_cohort(by=boss, cohort=op_aware(), version=1, name="OP AWARE").name == "OP AWARE"


def test_two_supervisors_rename_a_cohort(boss):
    amend_cohort(by=boss, cohort=op_aware(), version=1, purpose="Burglars")
    with pytest.raises(EditConflict):
        amend_cohort(by=boss, cohort=op_aware(), version=1, purpose="Robbers")


def test_cohort_closes_and_lets_everybody_go_with_the_reason(boss):
    inside, waits = rated(by=boss), nominated(by=boss)
    close(boss, ends_memberships=True)
    for member in (inside, waits):
        member.refresh_from_db()
    assert (inside.state, inside.exit, inside.closed_on) == (
        "de-selected",
        "cohort-closed",
        today(),
    )
    assert (waits.state, waits.exit) == ("declined", "")
    reasons = [row.steps.latest("pk").reason for row in (inside, waits)]
    assert reasons == ["Its work is done"] * 2
    assert not inside.reviews.filter(done_on__isnull=True).exists()
    assert op_aware().closed_reason == "Its work is done"


def test_cohort_with_people_in_it_closes_with_them_or_not_at_all(boss):
    member = accepted(by=boss)
    with pytest.raises(ValidationError) as refusal:
        close(boss)
    assert codes(refusal) == {"ends_memberships": [Refusal.MEMBERS_STAY]}
    member.refresh_from_db()
    assert (member.state, op_aware().closed_on) == ("accepted", None)


@pytest.mark.parametrize(
    ("wrong", "field", "why"),
    [
        ({"reason": "  "}, "reason", Refusal.NO_REASON),
        ({"on": today() + timedelta(days=1)}, "on", Refusal.FUTURE),
        ({"on": date(2022, 12, 31)}, "on", Refusal.BEFORE_OPENING),
    ],
)
def test_cohort_closes_for_a_reason_on_a_day_that_can_be(boss, wrong, field, why):
    Cohort.objects.update(opened_on=date(2023, 1, 1))
    with pytest.raises(ValidationError) as refusal:
        close(boss, **wrong)
    assert codes(refusal) == {field: [why]}


def test_cohort_does_not_close_before_the_last_step_of_a_member(boss):
    member = rated(by=boss)
    review(by=boss, member=member, rag="green", reason="Calm", on=NOMINATED + timedelta(days=7))
    with pytest.raises(ValidationError) as refusal:
        close(boss, on=NOMINATED + timedelta(days=1), ends_memberships=True)
    assert codes(refusal) == {"on": [Refusal.BEFORE_LAST]}
    assert op_aware().closed_on is None


def test_closed_cohort_is_closed_once_and_takes_nobody(boss):
    close(boss)
    with pytest.raises(ValidationError, match="closed already"):
        close(boss)
    with pytest.raises(ValidationError) as refusal:
        nominate(by=boss, nominal=NominalFactory.create(), cohort=op_aware(), reason="x")
    assert codes(refusal) == {"cohort": [Refusal.CLOSED]}


def test_end_with_the_cohort_is_not_for_one_member(boss):
    said = Said(NOMINATED, "Gone", exit="cohort-closed")
    with pytest.raises(ValidationError) as refusal:
        take_step(by=boss, member=rated(by=boss), step=Step.DESELECTED, said=said)
    assert codes(refusal) == {"exit": [Refusal.WITH_ITS_COHORT]}


def test_cohort_is_renamed_and_closed_by_supervisors_alone():
    officer = UserFactory.create(roles=["act-officer"])
    with pytest.raises(PermissionDenied):
        amend_cohort(by=officer, cohort=op_aware(), version=None, name="Op Mine")
    with pytest.raises(PermissionDenied):
        close(officer)
