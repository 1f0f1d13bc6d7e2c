"""Any order of steps keeps a membership to the rules."""

from datetime import date, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from core.states import StepError
from offenders.models.cohort import Exit, MemberState, Rag
from offenders.policies.cohorts import MEMBERSHIP, RATED, Said, Step, fault

START = date(2023, 1, 10)
STEPS = st.sampled_from(list(Step))
OVER = {MemberState.DECLINED, MemberState.DESELECTED}


class Life(RuleBasedStateMachine):
    """A membership as the table and the rules leave it, after any steps with anything said."""

    @initialize()
    def nominate(self):
        self.state, self.last, self.taken = str(MemberState.NOMINATED), START, []

    @rule(
        step=STEPS,
        days=st.integers(-3, 60),
        reason=st.sampled_from(["", " ", "Minuted"]),
        rag=st.sampled_from(["", *Rag.values]),
        category=st.sampled_from(["", "fixed", "flex", "free"]),
        exit=st.sampled_from(["", *Exit.values]),
    )
    def step(self, step, days, **said):
        taken = Said(self.last + timedelta(days=days), **said)
        try:
            state = MEMBERSHIP.after(self.state, step)
        except StepError:
            return
        if fault(step, taken, last=self.last, today=date(2026, 1, 1)) is None:
            self.state, self.last = state, taken.on
            self.taken.append((step, taken))

    @invariant()
    def nothing_follows_the_end(self):
        if self.state in OVER:
            assert MEMBERSHIP.open_from(self.state) == []

    @invariant()
    def every_step_is_minuted_in_order(self):
        days = [said.on for _, said in self.taken]
        assert days == sorted(days)
        assert all(said.reason.strip() for _, said in self.taken)

    @invariant()
    def what_a_step_needs_was_said(self):
        for step, said in self.taken:
            assert step != Step.ACCEPTED or said.category
            assert step != Step.DESELECTED or said.exit
            assert step not in RATED or said.rag in {"red", "amber", "green"}

    @invariant()
    def nobody_is_inside_unaccepted(self):
        if self.state in {MemberState.ACTIVE, MemberState.SUSPENDED, MemberState.DESELECTED}:
            assert self.taken[0][0] == Step.ACCEPTED


Life.TestCase.settings = settings(max_examples=60, stateful_step_count=20, deadline=None)
TestLife = Life.TestCase


@pytest.mark.parametrize("state", MemberState)
def test_table_draws_every_state_with_a_way_in(state):
    ways_in = {target for _, target in MEMBERSHIP.steps.values()}
    assert state == MemberState.NOMINATED or state in ways_in
