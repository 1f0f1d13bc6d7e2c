from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from core.concurrency import EditConflict
from core.dates import today
from core.models import AuditEvent
from core.states import StepError
from offenders.models import Cohort, CohortReview, Membership, MembershipStep
from offenders.policies.cohorts import Refusal, Said, Step
from offenders.services.cohorts import (
    accept,
    deselect,
    nominate,
    resume,
    review,
    suspend,
    take_step,
)
from tests.factories.cohorts import (
    NOMINATED,
    accepted,
    nominated,
    op_aware,
    rated,
    supervisor,
)
from tests.factories.nominals import NominalFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
TOMORROW = today() + timedelta(days=1)


@pytest.fixture
def officer():
    return UserFactory.create(roles=["act-officer"])


@pytest.fixture
def boss():
    return supervisor()


def open_review(member):
    return member.reviews.get(done_on=None)


def codes(refusal):
    return {
        name: [error.code for error in errors] for name, errors in refusal.value.error_dict.items()
    }


def test_op_aware_is_the_first_cohort():
    assert list(Cohort.objects.values_list("name", flat=True)) == ["Op Aware"]


def test_officer_nominates_and_the_panel_accepts(officer, boss):
    member = nominated(by=officer)
    assert (member.state, member.joined_on) == ("nominated", None)
    member = accept(by=boss, member=member, category="flex", reason="Agreed", on=NOMINATED)
    assert (member.state, member.category, member.joined_on) == ("accepted", "flex", NOMINATED)
    assert open_review(member).due_on == NOMINATED + timedelta(days=7)


def test_nomination_with_a_category_is_accepted_in_one_step(boss):
    nominal = NominalFactory.create()
    member = nominate(by=boss, nominal=nominal, cohort=op_aware(), reason="Known", category="fixed")
    assert member.state == "accepted"
    assert [step.step for step in member.steps.all()] == ["nominated", "accepted"]


def test_officer_does_not_accept_and_nothing_is_left_of_the_nomination(officer):
    nominal = NominalFactory.create()
    with pytest.raises(PermissionDenied):
        nominate(by=officer, nominal=nominal, cohort=op_aware(), reason="x", category="fixed")
    assert not Membership.objects.exists()


@pytest.mark.parametrize(("rag", "days"), [("red", 7), ("amber", 14), ("green", 28)])
def test_review_sets_the_day_of_the_next_by_rag(boss, rag, days):
    member = review(by=boss, member=accepted(), rag=rag, reason="Seen", on=NOMINATED)
    assert (member.state, member.rag) == ("active", rag)
    assert open_review(member).due_on == NOMINATED + timedelta(days=days)


def test_custody_suspends_and_turns_blue(officer, boss):
    member = suspend(by=officer, member=rated(), reason="Remanded", on=NOMINATED)
    assert (member.state, member.rag) == ("suspended", "blue")
    assert open_review(member).due_on == NOMINATED + timedelta(days=90)
    member = review(by=boss, member=member, rag="", reason="Still inside", on=NOMINATED)
    assert member.state == "suspended"
    member = resume(by=officer, member=member, rag="red", reason="Released", on=NOMINATED)
    assert (member.state, member.rag) == ("active", "red")


def test_deselection_ends_the_period_and_the_reviews(boss):
    day = NOMINATED + timedelta(days=200)
    member = deselect(by=boss, member=rated(), why="not-offending", reason="Clean", on=day)
    assert (member.state, member.closed_on, member.exit) == ("de-selected", day, "not-offending")
    assert not member.reviews.filter(done_on=None).exists()
    assert member.days_inside(today()) == 200


@pytest.mark.parametrize(
    ("step", "said", "field", "why"),
    [
        (Step.DESELECTED, {"exit": ""}, "exit", Refusal.NO_EXIT),
        (Step.DESELECTED, {"exit": "moved", "reason": " "}, "reason", Refusal.NO_REASON),
        (Step.DESELECTED, {"exit": "moved", "on": TOMORROW}, "on", Refusal.FUTURE),
        (Step.DESELECTED, {"exit": "moved", "on": date(2023, 1, 9)}, "on", Refusal.BEFORE_LAST),
        (Step.REVIEWED, {}, "rag", Refusal.NO_RAG),
        (Step.REVIEWED, {"rag": "blue"}, "rag", Refusal.BLUE),
    ],
)
def test_step_is_refused_at_its_field(boss, step, said, field, why):
    member = rated()
    taken = Said(**{"on": NOMINATED, "reason": "x"} | said)
    with pytest.raises(ValidationError) as refusal:
        take_step(by=boss, member=member, step=step, said=taken)
    assert codes(refusal) == {field: [why]}
    member.refresh_from_db()
    assert member.state == "active"


def test_acceptance_needs_a_category(boss):
    with pytest.raises(ValidationError) as refusal:
        accept(by=boss, member=nominated(), category="", reason="x")
    assert codes(refusal) == {"category": [Refusal.NO_CATEGORY]}


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (Step.ACCEPTED, {"category": "fixed"}),
        (Step.DECLINED, {}),
        (Step.REVIEWED, {"rag": "red"}),
        (Step.DESELECTED, {"exit": "moved"}),
    ],
)
def test_officer_does_not_decide(officer, step, said):
    member = nominated()
    with pytest.raises(PermissionDenied):
        take_step(by=officer, member=member, step=step, said=Said(NOMINATED, "x", **said))
    assert member.steps.count() == 1


def test_step_that_is_not_open_is_refused_in_words(boss):
    with pytest.raises(StepError, match="The membership is nominated: it cannot be reviewed now"):
        review(by=boss, member=nominated(), rag="red", reason="x", on=NOMINATED)


def test_nobody_is_in_a_cohort_twice(boss):
    member = nominated()
    with pytest.raises(ValidationError) as refusal:
        nominated(nominal=member.nominal)
    assert codes(refusal) == {"nominal": [Refusal.ALREADY]}


def test_database_keeps_the_periods_apart(boss):
    day = NOMINATED + timedelta(days=30)
    left = deselect(by=boss, member=rated(), why="moved", reason="x", on=day)
    wrong = Membership(
        cohort=op_aware(), nominal=left.nominal, nominated_on=day - timedelta(days=1)
    )
    with pytest.raises(IntegrityError, match="membership_periods_apart"), transaction.atomic():
        wrong.save()
    again = Membership(cohort=op_aware(), nominal=left.nominal, nominated_on=day)
    again.save()
    assert again.pk


def test_database_refuses_an_exit_and_a_step_without_a_reason():
    member = rated()
    with pytest.raises(IntegrityError, match="exit_has_a_reason"), transaction.atomic():
        Membership.objects.filter(pk=member.pk).update(state="de-selected", closed_on=today())
    with pytest.raises(IntegrityError, match="step_has_a_reason"), transaction.atomic():
        MembershipStep.objects.filter(membership=member).update(reason=" ")


def test_database_keeps_one_open_review():
    member = rated()
    with pytest.raises(IntegrityError, match="one_open_review"), transaction.atomic():
        CohortReview.objects.create(membership=member, opened_on=today(), due_on=today())


def test_closed_cohort_takes_nobody(boss):
    Cohort.objects.update(closed_on=NOMINATED, closed_reason="Done")
    with pytest.raises(ValidationError) as refusal:
        nominated(by=boss)
    assert codes(refusal) == {"cohort": [Refusal.CLOSED]}


def test_step_from_a_stale_page_is_a_conflict(boss):
    member = rated()
    suspend(by=boss, member=member, reason="In custody", on=NOMINATED)
    said = Said(NOMINATED, "x", exit="moved")
    with pytest.raises(EditConflict):
        take_step(by=boss, member=member, step=Step.DESELECTED, said=said, version=member.version)


def test_every_step_is_minuted_and_audited(boss):
    member = rated()
    steps = list(member.steps.values_list("step", "reason"))
    assert [step for step, _ in steps] == ["nominated", "accepted", "reviewed"]
    assert all(reason for _, reason in steps)
    events = AuditEvent.objects.filter(action="record.changed", target_id=member.nominal_id)
    assert events.count() == 3
