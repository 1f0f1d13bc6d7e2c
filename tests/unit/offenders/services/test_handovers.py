import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from offenders.models import Handover
from offenders.policies.cohorts import Refusal
from offenders.selectors.officers import without_officer
from offenders.services.handovers import hand_over, hand_over_many
from offenders.services.merges import merge_nominals
from tests.factories.cohorts import supervisor
from tests.factories.nominals import NominalFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return UserFactory.create(roles=["act-officer"])


@pytest.fixture
def boss():
    return supervisor()


def codes(refusal):
    return {
        name: [error.code for error in errors] for name, errors in refusal.value.error_dict.items()
    }


def test_handover_keeps_the_reason_and_both_officers(officer):
    nominal = NominalFactory.create(lead_officer=officer)
    other = UserFactory.create(roles=["act-officer"])
    made = hand_over(by=officer, nominal=nominal, lead_officer=other, reason="Leave")
    nominal.refresh_from_db()
    assert nominal.lead_officer == other
    assert (made.lead_before, made.lead, made.reason) == (officer, other, "Leave")


def test_handover_by_somebody_else_is_for_supervisors(officer, boss):
    nominal = NominalFactory.create()
    with pytest.raises(PermissionDenied, match="lead officer"):
        hand_over(by=officer, nominal=nominal, lead_officer=officer, reason="x")
    hand_over(by=boss, nominal=nominal, lead_officer=officer, reason="x")
    assert Handover.objects.get().by == boss


@pytest.mark.parametrize(
    ("fields", "roles", "why"),
    [
        ({"is_active": False}, ["act-officer"], Refusal.OFFICER_LEFT),
        ({}, ["auditor"], Refusal.NOT_AN_OFFICER),
    ],
)
def test_handover_to_somebody_who_cannot_lead_is_refused(boss, fields, roles, why):
    other = UserFactory.create(roles=roles, **fields)
    nominal = NominalFactory.create()
    with pytest.raises(ValidationError) as refusal:
        hand_over(by=boss, nominal=nominal, lead_officer=other, reason="x")
    assert codes(refusal) == {"lead_officer": [why]}


def test_handover_needs_another_officer_and_a_reason(boss, officer):
    nominal = NominalFactory.create(lead_officer=officer)
    with pytest.raises(ValidationError, match="leads already"):
        hand_over(by=boss, nominal=nominal, lead_officer=officer, reason="x")
    with pytest.raises(ValidationError, match="Say why"):
        hand_over(by=boss, nominal=nominal, lead_officer=supervisor(), reason=" ")
    with pytest.raises(ValidationError, match="second officer cannot be"):
        hand_over(by=boss, nominal=nominal, lead_officer=boss, second_officer=boss, reason="x")


def left(**fields):
    """Somebody whose account was closed."""
    return UserFactory.create(roles=["act-officer"], is_active=False, **fields)


def test_nominal_without_an_officer_is_one_whose_officer_left_or_changed_jobs(officer):
    moved = UserFactory.create(roles=["isd-staff"])
    gone = [NominalFactory.create(lead_officer=one) for one in (left(), moved)]
    NominalFactory.create(lead_officer=officer)
    assert set(without_officer()) == set(gone)


def test_several_are_handed_over_each_with_its_reason(boss, officer):
    nominals = [NominalFactory.create(lead_officer=left()) for _ in range(3)]
    results = hand_over_many(by=boss, nominals=nominals, lead_officer=officer, reason="Left")
    assert [result.problem for result in results] == ["", "", ""]
    assert list(Handover.objects.values_list("lead", "reason")) == [(officer.pk, "Left")] * 3
    assert not without_officer().exists()


def test_one_that_cannot_be_handed_over_stops_no_other(boss, officer):
    merged, fine = (NominalFactory.create(lead_officer=left()) for _ in range(2))
    merge_nominals(by=boss, kept=NominalFactory.create(), gone=merged, reason="One person")
    merged.refresh_from_db()
    bad, good = hand_over_many(
        by=boss, nominals=[merged, fine], lead_officer=officer, reason="Left"
    )
    assert "was merged into another" in bad.problem
    assert good.problem == ""


def test_second_officer_stays_unless_they_lead_now_or_left(boss, officer):
    second = UserFactory.create(roles=["act-officer"])
    for given, kept in ((second, second), (officer, None), (left(), None)):
        nominal = NominalFactory.create(lead_officer=left(), second_officer=given)
        hand_over_many(by=boss, nominals=[nominal], lead_officer=officer, reason="Left")
        nominal.refresh_from_db()
        assert (nominal.lead_officer, nominal.second_officer) == (officer, kept)


def test_several_are_handed_over_by_supervisors_and_with_a_reason(boss, officer):
    nominals = [NominalFactory.create(lead_officer=left())]
    with pytest.raises(PermissionDenied, match="Only a supervisor"):
        hand_over_many(by=officer, nominals=nominals, lead_officer=officer, reason="x")
    with pytest.raises(ValidationError, match="Say why"):
        hand_over_many(by=boss, nominals=nominals, lead_officer=officer, reason=" ")
