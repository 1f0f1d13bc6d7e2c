"""One test for each refusal of the law of bail."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from core.ranks import Rank
from core.states import StepError
from offenders.bail.periods import Regime, ends_on, ladder
from offenders.models.bail import RUNNING, BailState
from offenders.policies.bail import (
    BAIL,
    COURT_STEP,
    RANK_OF,
    Refusal,
    Standing,
    can_court_extend,
    can_end,
    can_extend,
    can_grant,
    can_set_conditions,
    can_share,
    can_surrender,
    can_tag,
)

OLD = datetime(2021, 1, 10, 14, 0, tzinfo=UTC)
NEW = datetime(2023, 1, 10, 14, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def standing(arrested=NEW, step=0, **facts):
    end = facts.pop("ends_on", None) or ends_on(arrested, step)
    return Standing(arrested, arrested, facts.pop("last_at", arrested), step, end, **facts)


def grant(arrested=NEW, at=None, rank=Rank.INSPECTOR, basis="Necessary"):
    end = ends_on(arrested, 0)
    return can_grant(arrested, at or arrested, end=end, rank=rank, basis=basis)


def end(state, at=NEW, **facts):
    said = {"has_conditions": True, "is_offence": False} | facts
    return can_end(state, ends_on=date(2023, 4, 10), at=at, **said)


@pytest.mark.parametrize(
    ("decision", "refusal"),
    [
        (grant(OLD, rank=Rank.SERGEANT), Refusal.RANK_INSPECTOR),
        (grant(NEW, rank=Rank.CONSTABLE), Refusal.RANK_SERGEANT),
        (grant(at=NEW - HOUR), Refusal.BEFORE_ARREST),
        (grant(at=datetime(2023, 4, 10, 23, 0, tzinfo=UTC)), Refusal.TOO_LATE_TO_GRANT),
        (grant(OLD, basis=" "), Refusal.NO_BASIS),
    ],
)
def test_grant_is_refused(decision, refusal):
    assert decision.reason == refusal


@pytest.mark.parametrize("arrested", [OLD, NEW])
def test_grant_is_allowed(arrested):
    assert grant(arrested)


def test_law_since_the_reform_asks_for_no_note():
    assert grant(NEW, basis="", rank=Rank.SERGEANT)


@pytest.mark.parametrize(
    ("bail", "at", "rank", "refusal"),
    [
        (standing(OLD), OLD, Rank.CHIEF_INSPECTOR, Refusal.RANK_SUPERINTENDENT),
        (standing(NEW), NEW, Rank.SERGEANT, Refusal.RANK_INSPECTOR),
        (standing(NEW, 1), NEW, Rank.INSPECTOR, Refusal.RANK_SUPERINTENDENT),
        (standing(NEW, 2, is_exceptional=True), NEW, Rank.SUPERINTENDENT, Refusal.RANK_ACC),
        (standing(NEW), NEW - HOUR, Rank.INSPECTOR, Refusal.BEFORE_GRANT),
        (standing(NEW, last_at=NEW + HOUR), NEW, Rank.INSPECTOR, Refusal.OUT_OF_ORDER),
        (
            standing(NEW),
            datetime(2023, 4, 10, 23, 0, tzinfo=UTC),  # midnight: summer time
            Rank.ASSISTANT_CHIEF_CONSTABLE,
            Refusal.AFTER_END,
        ),
        (standing(OLD, 1), OLD, Rank.ASSISTANT_CHIEF_CONSTABLE, Refusal.NOT_EXCEPTIONAL),
        (
            standing(NEW, 3, is_exceptional=True),
            NEW,
            Rank.ASSISTANT_CHIEF_CONSTABLE,
            Refusal.BEYOND_REGIME,
        ),
        (
            standing(NEW, COURT_STEP, ends_on=date(2024, 1, 10)),
            NEW,
            Rank.ASSISTANT_CHIEF_CONSTABLE,
            Refusal.BEYOND_REGIME,
        ),
    ],
)
def test_extension_is_refused(bail, at, rank, refusal):
    assert can_extend(bail, at=at, rank=rank).reason == refusal


@pytest.mark.parametrize(
    ("bail", "rank"),
    [
        (standing(OLD), Rank.SUPERINTENDENT),
        (standing(OLD, 1, is_exceptional=True), Rank.ASSISTANT_CHIEF_CONSTABLE),
        (standing(NEW), Rank.INSPECTOR),
        (standing(NEW, 1), Rank.SUPERINTENDENT),
        (standing(NEW, 2, is_exceptional=True), Rank.ASSISTANT_CHIEF_CONSTABLE),
    ],
)
def test_extension_is_allowed_up_to_the_last_minute(bail, rank):
    last = datetime.combine(bail.ends_on, datetime.min.time(), UTC) + 22 * HOUR
    assert can_extend(bail, at=last, rank=rank)


@pytest.mark.parametrize(
    ("step", "until", "refusal"),
    [
        (1, date(2023, 10, 10), Refusal.COURT_TOO_EARLY),
        (2, date(2023, 10, 10), Refusal.COURT_NOT_LONGER),
        (2, date(2024, 7, 11), Refusal.COURT_TOO_LONG),
        (2, date(2024, 7, 10), None),
        (2, date(2023, 10, 11), None),
    ],
)
def test_court_extends_what_the_police_no_longer_can(step, until, refusal):
    assert can_court_extend(standing(NEW, step), at=NEW, until=until).reason == refusal


def test_court_does_not_extend_after_the_end():
    late = datetime(2023, 11, 1, tzinfo=UTC)
    decision = can_court_extend(standing(NEW, 2), at=late, until=date(2024, 1, 10))
    assert decision.reason == Refusal.AFTER_END


@pytest.mark.parametrize(
    ("at", "refusal"),
    [
        (None, None),
        (datetime(2023, 4, 10, 22, 59, tzinfo=UTC), None),
        (datetime(2023, 4, 10, 23, 0, tzinfo=UTC), Refusal.SURRENDER_LATE),
        (NEW - HOUR, Refusal.SURRENDER_EARLY),
    ],
)
def test_surrender_is_within_bail(at, refusal):
    found = can_surrender(at, granted_at=NEW, end=date(2023, 4, 10))
    assert found.reason == refusal


@pytest.mark.parametrize(
    ("answer", "consent", "basis", "refusal"),
    [
        ("asked", False, "", None),
        ("refused", False, "", None),
        ("agreed", False, "Condition of bail", Refusal.TAG_CONSENT),
        ("agreed", True, " ", Refusal.TAG_BASIS),
        ("agreed", True, "Condition of bail", None),
    ],
)
def test_tag_needs_consent_and_basis(answer, consent, basis, refusal):
    assert can_tag(answer, has_consent=consent, basis=basis).reason == refusal


@pytest.mark.parametrize(
    ("regime", "any_set", "views", "refusal"),
    [
        (Regime.SINCE_REFORM, True, "", Refusal.NO_VICTIM_VIEWS),
        (Regime.SINCE_REFORM, True, "Agrees", None),
        (Regime.SINCE_REFORM, False, "", None),
        (Regime.BEFORE_REFORM, True, "", None),
    ],
)
def test_victim_is_asked_about_conditions(regime, any_set, views, refusal):
    assert can_set_conditions(regime, any_set=any_set, victim_views=views).reason == refusal


@pytest.mark.parametrize(
    ("decision", "refusal"),
    [
        (end(BailState.BREACHED, is_offence=True), Refusal.BREACH_NOT_OFFENCE),
        (end(BailState.CHARGED, is_offence=True), Refusal.NO_OFFENCE),
        (end(BailState.BREACHED, has_conditions=False), Refusal.NO_CONDITION),
        (end(BailState.LAPSED), Refusal.NOT_YET_DUE),
        (end(BailState.LAPSED, at=datetime(2023, 4, 11, tzinfo=UTC)), None),
        (end(BailState.FAILED, is_offence=True), None),
        (end(BailState.BREACHED), None),
    ],
)
def test_end_of_bail(decision, refusal):
    assert decision.reason == refusal


@pytest.mark.parametrize(
    ("shareable", "checked", "refusal"),
    [
        (False, True, Refusal.NOT_SHAREABLE),
        (True, False, Refusal.NOT_CHECKED),
        (True, True, None),
    ],
)
def test_application_is_shared_when_it_may_be_and_was_checked(shareable, checked, refusal):
    assert can_share(is_shareable=shareable, is_checked=checked).reason == refusal


@pytest.mark.parametrize("state", [s for s in BailState.values if s not in RUNNING])
def test_nothing_follows_the_end(state):
    assert BAIL.open_from(state) == []


def test_step_that_is_not_open_is_told_in_words():
    with pytest.raises(StepError, match="Bail is charged: it cannot be extended now"):
        BAIL.after(BailState.CHARGED, "extended")


@pytest.mark.parametrize("arrested", [OLD, NEW])
def test_next_end_is_that_of_the_ladder(arrested):
    steps = range(len(ladder(arrested)) - 1)
    found = [standing(arrested, step).next_end for step in steps]
    assert found == [ends_on(arrested, step + 1) for step in steps]


class Life(RuleBasedStateMachine):
    """A bail to which anybody tries anything, at any time: it never outlasts the law."""

    def __init__(self):
        super().__init__()
        self.now, self.state, self.suspended_at = standing(OLD), str(BailState.GRANTED), None
        self.longest = self.now.ends_on

    @initialize(arrested=st.sampled_from([OLD, NEW]), is_exceptional=st.booleans())
    def arrested(self, arrested, is_exceptional):
        self.now = standing(arrested, is_exceptional=is_exceptional)
        self.longest = self.now.ends_on

    def moved(self, step):
        try:
            self.state = BAIL.after(self.state, step)
        except StepError:
            return False
        return True

    @rule(days=st.integers(-1, 400), rank=st.sampled_from(Rank))
    def extend(self, days, rank):
        at, end = self.now.arrested_at + timedelta(days=days), self.now.next_end
        if can_extend(self.now, at=at, rank=rank) and self.moved("extended"):
            assert at.date() <= self.now.ends_on
            assert rank >= RANK_OF[self.now.next_step.grade]
            assert self.now.is_exceptional or not self.now.next_step.is_exceptional
            self.now = replace(self.now, step=self.now.step + 1, ends_on=end, last_at=at)

    @rule(days=st.integers(0, 400), further=st.integers(-10, 400))
    def court(self, days, further):
        at = self.now.arrested_at + timedelta(days=days)
        until = self.now.ends_on + timedelta(days=further)
        if can_court_extend(self.now, at=at, until=until) and self.moved("extended"):
            assert 0 < further <= 276
            self.now = replace(self.now, step=COURT_STEP, ends_on=until, last_at=at)

    @rule(days=st.integers(0, 30))
    def with_the_cps(self, days):
        if self.moved("suspended"):
            assert self.moved("resumed")
            total = self.now.suspended_days + days
            end = self.now.ends_on + timedelta(days=days)
            self.now = replace(self.now, suspended_days=total, ends_on=end)

    @rule(step=st.sampled_from(sorted(BAIL.steps)))
    def any_step(self, step):
        before = self.state
        moved = self.moved(step) if step not in {"suspended", "extended"} else False
        assert not (moved and before not in RUNNING)

    @invariant()
    def never_shortens(self):
        assert self.now.ends_on >= self.longest
        self.longest = self.now.ends_on

    @invariant()
    def police_stay_within_the_ladder(self):
        now = self.now
        if now.step != COURT_STEP:
            end = ends_on(now.arrested_at, now.step, suspended=now.suspended_days)
            assert now.ends_on == end


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=60, stateful_step_count=12, deadline=None)
