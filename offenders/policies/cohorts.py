"""Who may be in a cohort, by which steps, and who decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices

from core.access.decision import ALLOWED, Decision, Reason
from core.access.permissions import Permission
from core.models import User
from core.states import Machine
from offenders.models import Membership, Nominal
from offenders.models.cohort import MemberState, Rag
from offenders.policies.nominals import can_change_nominal


class Refusal(TextChoices):
    NO_REASON = "no-reason", "Give the reason: every step in a cohort is minuted."
    NO_EXIT = "no-exit", "Choose why they leave the cohort: an exit without a reason is refused."
    NO_CATEGORY = "no-category", "Choose fixed, flex or free."
    NO_RAG = "no-rag", "Choose red, amber or green."
    BLUE = "blue", "Blue is for somebody in custody: suspend the membership instead."
    FUTURE = "future", "This day lies in the future."
    BEFORE_LAST = "before-last", "This day lies before the last step: check the date."
    CLOSED = "closed", "This cohort is closed: nobody joins it."
    ALREADY = "already", "This nominal is in this cohort, or nominated to it, already."
    OFFICER_LEFT = "officer-left", "This officer has left. Choose somebody who is here."
    SAME_OFFICER = "same-officer", "This officer leads already: choose another one."
    TWO_OFFICERS = "two-officers", "The second officer cannot be the lead officer."
    NOT_AN_OFFICER = "not-an-officer", "Only an officer or a supervisor may be given nominals."
    HANDS_OVER_ONE = "hands-over-one", "Only a supervisor hands over several nominals at once."
    BEFORE_OPENING = "before-opening", "This day lies before the cohort was opened: check the date."
    CLOSED_ALREADY = "closed-already", "This cohort is closed already."
    MEMBERS_STAY = (
        "members-stay",
        (
            "People are in this cohort, or nominated to it. Tick the box to let them go with it, or "
            "de-select them one by one first."
        ),
    )
    WITH_ITS_COHORT = (
        "with-its-cohort",
        "This is for a cohort that closes. Choose why this person leaves.",
    )
    NO_NAME = "no-name", "Give the cohort a name."
    NAME_TAKEN = "name-taken", "There is a cohort of this name already."
    NOT_YOUR_NOMINAL = (
        "not-your-nominal",
        "Only the lead officer, the second officer or a supervisor hands a nominal over.",
    )


class Step(TextChoices):
    ACCEPTED = "accepted", "Accept"
    DECLINED = "declined", "Decline"
    REVIEWED = "reviewed", "Review and set RAG"
    CHECKED = "checked", "Review in custody"
    SUSPENDED = "suspended", "Suspend in custody"
    RESUMED = "resumed", "Resume after custody"
    DESELECTED = "de-selected", "De-select"


NOMINATED, ACCEPTED, ACTIVE = MemberState.NOMINATED, MemberState.ACCEPTED, MemberState.ACTIVE
SUSPENDED = MemberState.SUSPENDED

MEMBERSHIP = Machine(
    "The membership",
    MemberState,
    {
        Step.ACCEPTED: (frozenset({NOMINATED}), ACCEPTED),
        Step.DECLINED: (frozenset({NOMINATED}), MemberState.DECLINED),
        Step.REVIEWED: (frozenset({ACCEPTED, ACTIVE}), ACTIVE),
        Step.CHECKED: (frozenset({SUSPENDED}), SUSPENDED),
        Step.SUSPENDED: (frozenset({ACCEPTED, ACTIVE}), SUSPENDED),
        Step.RESUMED: (frozenset({SUSPENDED}), ACTIVE),
        Step.DESELECTED: (frozenset({ACCEPTED, ACTIVE, SUSPENDED}), MemberState.DESELECTED),
    },
)
# That somebody is in custody, or out again, is a fact and no judgement.
BY_OFFICERS = {Step.SUSPENDED, Step.RESUMED}
RATED = {Step.REVIEWED, Step.RESUMED}  # steps that set the RAG


@dataclass(frozen=True)
class Said:
    """What a step was taken with."""

    on: date
    reason: str = ""
    category: str = ""
    rag: str = ""
    exit: str = ""


def may_decide(by: User, step: str) -> bool:
    officers = step in BY_OFFICERS
    return by.has(Permission.NOMINAL_CHANGE if officers else Permission.NOMINAL_SUPERVISE)


def can_step(by: User, member: Membership, step: str) -> Decision:
    """Whether this person may take the step; whether it is open, the machine says."""
    if not may_decide(by, step):
        return Decision(Reason.PERMISSION)
    return can_change_nominal(by, member.nominal)


def fault(step: str, said: Said, *, last: date, today: date) -> tuple[str, Refusal] | None:
    """The first thing that is missing or wrong, with the field that it belongs to."""
    tests = (
        (said.on > today, "on", Refusal.FUTURE),
        (said.on < last, "on", Refusal.BEFORE_LAST),
        (step == Step.ACCEPTED and not said.category, "category", Refusal.NO_CATEGORY),
        (step in RATED and not said.rag, "rag", Refusal.NO_RAG),
        (step in RATED and said.rag == Rag.BLUE, "rag", Refusal.BLUE),
        (step == Step.DESELECTED and not said.exit, "exit", Refusal.NO_EXIT),
        (not said.reason.strip(), "reason", Refusal.NO_REASON),
    )
    return next(((field, why) for fails, field, why in tests if fails), None)


def can_nominate(by: User, nominal: Nominal) -> Decision:
    return can_change_nominal(by, nominal)


def can_hand_over(by: User, nominal: Nominal) -> Decision:
    if decision := can_change_nominal(by, nominal):
        owners = (nominal.lead_officer_id, nominal.second_officer_id)
        if by.pk in owners or by.has(Permission.NOMINAL_SUPERVISE):
            return ALLOWED
        return Decision(Refusal.NOT_YOUR_NOMINAL)
    return decision


def can_run_cohorts(by: User) -> Decision:
    return ALLOWED if by.has(Permission.NOMINAL_SUPERVISE) else Decision(Reason.PERMISSION)


def can_hand_over_many(by: User) -> Decision:
    can = by.has(Permission.NOMINAL_SUPERVISE)
    return ALLOWED if can else Decision(Refusal.HANDS_OVER_ONE)


def why_not_given_to(lead: User, second: User | None, now: User) -> tuple[str, Refusal] | None:
    """Why these two cannot be the officers after `now`, with the field."""
    tests = (
        (not lead.is_active, "lead_officer", Refusal.OFFICER_LEFT),
        (not lead.has(Permission.NOMINAL_CHANGE), "lead_officer", Refusal.NOT_AN_OFFICER),
        (lead == now, "lead_officer", Refusal.SAME_OFFICER),
        (second is not None and not second.is_active, "second_officer", Refusal.OFFICER_LEFT),
        (second == lead, "second_officer", Refusal.TWO_OFFICERS),
    )
    return next(((field, why) for fails, field, why in tests if fails), None)
