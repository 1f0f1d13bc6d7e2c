from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from core.dates import years_ago
from core.models import AuditEvent, Change
from core.ranks import Rank
from core.states import StepError
from offenders.models import Crime, Disposal
from offenders.models.disposal import CONDITION_LIFE, DISPOSAL_LIFE, ConditionState, State
from offenders.policies.disposals import Refusal
from offenders.selectors.disposals import repeated, rungs_of
from offenders.services.disposals import (
    RefusedError,
    Wanted,
    accept,
    complete,
    decide_breach,
    decline,
    fail_condition,
    meet_condition,
    offer_disposal,
    record_breach,
    vary_condition,
    withdraw_offer,
)
from offenders.services.outcomes import record_outcome
from tests.factories.crimes import CrimeFactory
from tests.factories.disposals import offered, officer, running, supervisor
from tests.factories.nominals import NominalFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db


def refused(call, **facts):
    with pytest.raises(RefusedError) as found:
        call(**facts)
    return found.value.reasons


def outcome_of(disposal):
    return Crime.objects.get(disposal_links__disposal=disposal).outcome_id


def soon(days=20):
    return timezone.localdate() + timedelta(days=days)


def test_offer_waits_and_gives_no_outcome_yet():
    disposal = offered()
    assert (disposal.state, disposal.tier, outcome_of(disposal)) == ("offered", 3, None)
    assert disposal.ends_on == soon(112)
    assert AuditEvent.objects.filter(target_type="offenders.disposal").count() == 1


@pytest.mark.parametrize(
    ("code", "outcome", "state"),
    [
        ("conditional-caution", "3", "running"),
        ("simple-caution", "3", "completed"),
        ("community-resolution", "8", "completed"),
        ("outcome-22", None, "running"),
    ],
)
def test_accepted_gives_the_outcome_that_the_board_counts(code, outcome, state):
    disposal = running(code=code)
    assert (outcome_of(disposal), disposal.state) == (outcome, state)


@pytest.mark.parametrize(
    ("code", "outcome"), [("charge", "1"), ("cannabis-warning", "7"), ("no-further-action", None)]
)
def test_what_is_not_offered_is_given_at_once(code, outcome):
    disposal = offered(code)
    assert (disposal.state, outcome_of(disposal)) == ("completed", outcome)


def test_penalty_notice_runs_until_it_is_paid():
    disposal = offered("penalty-notice")
    assert (disposal.state, outcome_of(disposal)) == ("running", "6")


def test_outcome_22_counts_on_completion():
    by = officer()
    disposal = running(by, code="outcome-22")
    assert refused(complete, by=by, disposal=disposal, at=timezone.now()) == (
        Refusal.CONDITIONS_OPEN,
    )
    meet_condition(by=by, condition=disposal.conditions.get(), evidence="Certificate seen")
    complete(by=by, disposal=disposal, at=timezone.now())
    assert outcome_of(disposal) == "22"


@pytest.mark.parametrize(
    ("reason", "facts"),
    [
        (Refusal.TOO_OLD, {"code": "youth-caution"}),
        (Refusal.ADMISSION, {"admission": "none"}),
        (Refusal.RANK, {"authorised_rank": Rank.CONSTABLE}),
        (Refusal.NOT_IN_FORCE, {"code": "diversionary-caution", "ends_on": date(2199, 1, 1)}),
        (Refusal.CRIME_LATER, {"offered_at": datetime(2021, 1, 2, tzinfo=UTC)}),
    ],
)
def test_offer_is_refused_and_leaves_nothing(reason, facts):
    assert reason in refused(offered, **facts)
    assert not Disposal.objects.exists()


def test_offer_needs_crimes_that_stand():
    gone = CrimeFactory.create(cancelled_at=timezone.now())
    assert Refusal.CRIME_CANCELLED in refused(offered, crimes=[gone])
    first = offered()
    said = {"by": officer(), "nominal": first.nominal, "crimes": []}
    fields = ("type", "rationale", "authorised_by", "authorised_rank", "victim_view", "admission")
    facts = {name: getattr(first, name) for name in fields}
    assert Refusal.NO_CRIME in refused(offer_disposal, **said, **facts)


def test_one_crime_is_not_disposed_of_twice():
    first = offered()
    again = {"nominal": first.nominal, "crimes": list(first.crimes.all())}
    assert refused(offered, code="simple-caution", **again) == (Refusal.ALREADY,)
    decline(by=first.officer, disposal=first, reason="Wants a court")
    assert offered("charge", **again).state == "completed"


def test_offer_cannot_lie_in_the_future():
    with pytest.raises(ValidationError, match="future"):
        offered(offered_at=timezone.now() + timedelta(hours=1))


def test_consent_is_asked_when_it_is_accepted():
    disposal = offered()
    facts: dict[str, Any] = {"by": disposal.officer, "disposal": disposal, "at": timezone.now()}
    assert refused(accept, **facts, has_consent=False) == (Refusal.CONSENT,)
    assert accept(**facts, has_consent=True).state == "running"


def test_accepting_twice_is_refused():
    disposal = running()
    facts: dict[str, Any] = {"by": disposal.officer, "disposal": disposal, "at": timezone.now()}
    with pytest.raises(StepError, match="running: it cannot be accepted"):
        accept(**facts, has_consent=True)


def test_condition_not_met_without_excuse_is_a_breach_that_a_supervisor_decides():
    disposal = running()
    fail_condition(
        by=disposal.officer,
        condition=disposal.conditions.get(),
        reason="No letter",
        has_excuse=False,
    )
    disposal.refresh_from_db()
    assert disposal.state == "breached"
    with pytest.raises(PermissionDenied):
        decide_breach(
            by=disposal.officer, disposal=disposal, decision="prosecuted", reason="Charge"
        )
    ended = decide_breach(
        by=supervisor(), disposal=disposal, decision="prosecuted", reason="Charge"
    )
    assert (ended.state, outcome_of(disposal)) == ("prosecuted", "3")  # until the charge


def test_excused_condition_is_varied_and_the_disposal_goes_on():
    disposal = running()
    old = disposal.conditions.get()
    fail_condition(by=disposal.officer, condition=old, reason="In hospital", has_excuse=True)
    wanted = Wanted("reparative", "Write later", soon(115))
    new = vary_condition(by=disposal.officer, condition=old, wanted=wanted, reason="Well again")
    disposal.refresh_from_db()
    assert (disposal.state, disposal.ends_on, new.replaces_id) == ("running", soon(115), old.pk)
    meet_condition(by=disposal.officer, condition=new, evidence="Letter seen")
    assert complete(by=disposal.officer, disposal=disposal, at=timezone.now()).state == "completed"


@pytest.mark.parametrize("days", [-1, 141])
def test_condition_is_varied_within_the_longest_period(days):
    disposal = running()
    wanted = Wanted("reparative", "Write", soon(days))
    with pytest.raises(ValidationError):
        vary_condition(
            by=disposal.officer, condition=disposal.conditions.get(), wanted=wanted, reason="x"
        )


def test_breach_that_goes_on_needs_a_condition_varied():
    disposal = running()
    condition = disposal.conditions.get()
    fail_condition(by=disposal.officer, condition=condition, reason="No letter", has_excuse=False)
    said = {"decision": "varied", "reason": "Once"}
    decision: dict[str, Any] = {"by": supervisor(), "disposal": disposal, **said}
    assert refused(decide_breach, **decision) == (Refusal.NOT_VARIED,)
    wanted = Wanted("reparative", "Write", soon())
    vary_condition(by=disposal.officer, condition=condition, wanted=wanted, reason="Once more")
    assert decide_breach(**decision).state == "running"


def test_unpaid_penalty_is_not_prosecuted():
    disposal = offered("penalty-notice")
    record_breach(by=disposal.officer, disposal=disposal, reason="Unpaid")
    decision = {"by": supervisor(), "disposal": disposal, "reason": "x"}
    assert refused(decide_breach, **decision, decision="prosecuted") == (Refusal.NO_PROSECUTION,)


def test_withdrawn_disposal_takes_its_outcome_back():
    disposal = running()
    record_breach(by=disposal.officer, disposal=disposal, reason="Arrested again")
    decide_breach(
        by=supervisor(), disposal=disposal, decision="withdrawn", reason="Wrongly offered"
    )
    assert outcome_of(disposal) is None
    assert rungs_of(disposal.nominal) == []


def test_offer_is_taken_back_only_before_it_is_answered():
    disposal = offered()
    assert (
        withdraw_offer(by=disposal.officer, disposal=disposal, reason="Error").state == "withdrawn"
    )
    given = running()
    with pytest.raises(ValidationError, match="nobody has answered"):
        withdraw_offer(by=given.officer, disposal=given, reason="Error")


def test_crime_of_several_suspects_keeps_the_charge():
    crime = CrimeFactory.create()
    offered("charge", crimes=[crime])
    running(code="simple-caution", crimes=[crime])
    crime.refresh_from_db()
    assert crime.outcome_id == "1"


def test_filed_crime_takes_the_outcome_of_a_suspect_found_later():
    crime, by = CrimeFactory.create(), officer()
    record_outcome(by=by, crime=crime, code="14", at=crime.recorded_at)
    offered("cannabis-warning", crimes=[crime])
    crime.refresh_from_db()
    assert crime.outcome_id == "7"


@pytest.mark.parametrize("call", [accept, complete])
def test_step_before_the_one_it_follows_is_refused(call):
    disposal = offered() if call is accept else running(code="outcome-22")
    for condition in disposal.conditions.filter(disposal__state="running"):
        meet_condition(by=disposal.officer, condition=condition, evidence="Seen")
    facts = {"has_consent": True} if call is accept else {}
    before = timezone.now() - timedelta(minutes=5)
    with pytest.raises(ValidationError, match="before it was"):
        call(by=disposal.officer, disposal=disposal, at=before, **facts)


def test_reason_is_required():
    disposal = offered()
    with pytest.raises(ValidationError, match="reason"):
        decline(by=disposal.officer, disposal=disposal, reason=" ")


def test_nobody_without_the_permission_does_anything():
    viewer, disposal = UserFactory.create(roles=["analyst"]), running()
    for call in (
        lambda: offered(by=viewer),
        lambda: complete(by=viewer, disposal=disposal, at=timezone.now()),
        lambda: record_breach(by=viewer, disposal=disposal, reason="x"),
        lambda: meet_condition(by=viewer, condition=disposal.conditions.get(), evidence="x"),
    ):
        with pytest.raises(PermissionDenied):
            call()


def test_merged_nominal_is_offered_nothing():
    gone = NominalFactory.create(merged_into=NominalFactory.create(), merged_at=timezone.now())
    with pytest.raises(PermissionDenied, match="merged"):
        offered(nominal=gone)


def test_next_rung_that_is_no_higher_is_warned_of():
    disposal = running(code="community-resolution")
    rungs = rungs_of(disposal.nominal)
    assert "Community resolution was used" in repeated(rungs, 2)
    assert repeated(rungs, 3) == ""


def test_given_disposal_reaches_the_figures():
    running(code="simple-caution")
    found = Change.objects.filter(basis="disposal").values_list("unit", "dims", "n")
    assert list(found) == [("cambridge", {"tier": 3}, 1)]


class Life(RuleBasedStateMachine):
    """Any step at any time: only those of the table change the state, and an end stays."""

    def __init__(self):
        super().__init__()
        self.state, self.condition = str(State.OFFERED), str(ConditionState.PENDING)
        self.was_accepted = False

    @rule(step=st.sampled_from(sorted(DISPOSAL_LIFE.steps)))
    def step(self, step):
        before = self.state
        try:
            self.state = DISPOSAL_LIFE.after(self.state, step)
        except StepError:
            assert step not in DISPOSAL_LIFE.open_from(before)
            return
        self.was_accepted = self.was_accepted or step == "accepted"
        assert before not in {"completed", "declined", "prosecuted", "withdrawn"}

    @rule(step=st.sampled_from(sorted(CONDITION_LIFE.steps)))
    def decide(self, step):
        before = self.condition
        try:
            self.condition = CONDITION_LIFE.after(self.condition, step)
        except StepError:
            return
        assert before not in {"met", "varied"}

    @invariant()
    def nothing_runs_before_it_is_accepted(self):
        given = {"accepted", "running", "completed", "breached", "prosecuted"}
        assert self.was_accepted or self.state not in given


Life.TestCase.settings = settings(max_examples=40, stateful_step_count=20, deadline=None)
TestLife = Life.TestCase


def test_youth_caution_is_given_before_an_appropriate_adult():
    child = NominalFactory.create(date_of_birth=years_ago(15, timezone.localdate()))
    said: dict[str, Any] = {"code": "youth-caution", "nominal": child}
    assert refused(offered, **said) == (Refusal.NO_ADULT,)
    assert refused(offered, **said, appropriate_adult="  ") == (Refusal.NO_ADULT,)
    assert offered(**said, appropriate_adult="Aunt Invented").appropriate_adult == "Aunt Invented"


def test_diversion_of_a_child_takes_an_appropriate_adult_and_needs_none():
    child = NominalFactory.create(date_of_birth=years_ago(15, timezone.localdate()))
    assert offered(code="outcome-22", nominal=child).appropriate_adult == ""
