"""What the law allows with bail before charge, and if it does not, why not.

The rules take facts, not people: who may work on a nominal is `policies.nominals`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import TextChoices
from django.utils.timezone import localdate

from core.access.decision import ALLOWED, Decision
from core.ranks import Rank
from core.states import Machine
from offenders.bail.periods import (
    Grade,
    Regime,
    Step,
    court_from,
    court_until,
    ends_on,
    ladder,
    regime_of,
)
from offenders.models.bail import BailState, TagAnswer

COURT_STEP = 9  # above every step of a ladder: only the court goes further
RANK_OF = {
    Grade.CUSTODY_OFFICER: Rank.SERGEANT,
    Grade.INSPECTOR: Rank.INSPECTOR,
    Grade.SUPERINTENDENT: Rank.SUPERINTENDENT,
    Grade.ASSISTANT_CHIEF_CONSTABLE: Rank.ASSISTANT_CHIEF_CONSTABLE,
}
CLOCK_RUNS = frozenset({BailState.GRANTED, BailState.VARIED, BailState.EXTENDED, BailState.RESUMED})
ENDS = (
    BailState.SURRENDERED,
    BailState.CHARGED,
    BailState.NO_ACTION,
    BailState.BREACHED,
    BailState.FAILED,
)
BAIL = Machine(
    "Bail",
    BailState,
    {
        "varied": (CLOCK_RUNS, BailState.VARIED),
        "extended": (CLOCK_RUNS, BailState.EXTENDED),
        "suspended": (CLOCK_RUNS, BailState.SUSPENDED),
        "resumed": (frozenset({BailState.SUSPENDED}), BailState.RESUMED),
        **{end.value: (CLOCK_RUNS | {BailState.SUSPENDED}, end) for end in ENDS},
        "lapsed": (CLOCK_RUNS, BailState.LAPSED),
    },
)


class Refusal(TextChoices):
    RANK_SERGEANT = "rank-sergeant", "A custody officer (sergeant) or above grants this bail."
    RANK_INSPECTOR = "rank-inspector", "An inspector or above authorises this."
    RANK_SUPERINTENDENT = "rank-superintendent", "A superintendent or above authorises this."
    RANK_ACC = "rank-acc", "An assistant chief constable or above authorises this."
    BEFORE_ARREST = "before-arrest", "Bail cannot be granted before the arrest: check the time."
    TOO_LATE_TO_GRANT = (
        "too-late-to-grant",
        "The bail period that follows from the day of arrest is over, so bail cannot be granted.",
    )
    BEFORE_GRANT = "before-grant", "This time is before bail was granted: check the time."
    OUT_OF_ORDER = "out-of-order", "A later extension is recorded already: check the time."
    AFTER_END = "after-end", "Bail had ended by then: an extension after the end is not valid."
    BEYOND_REGIME = (
        "beyond-regime",
        "The law of the day of arrest lets the police extend no further. A court may.",
    )
    NOT_EXCEPTIONAL = (
        "not-exceptional",
        "The police extend further only in a case designated exceptionally complex. A court may.",
    )
    COURT_TOO_EARLY = (
        "court-too-early",
        "A court extends only when the police have used what they may authorise.",
    )
    COURT_NOT_LONGER = "court-not-longer", "The court's end is not later than the end of bail now."
    COURT_TOO_LONG = "court-too-long", "One order of the court adds at most 9 months."
    SURRENDER_LATE = "surrender-late", "The person must surrender by the last day of bail."
    SURRENDER_EARLY = "surrender-early", "The person cannot surrender before bail is granted."
    NO_BASIS = (
        "no-basis",
        "For an arrest before 28 October 2022 the law is against bail: say why it is necessary.",
    )
    NO_VICTIM_VIEWS = (
        "no-victim-views",
        "Say what the victim thinks of the conditions, or why nobody could be asked.",
    )
    TAG_CONSENT = "tag-consent", "A tag on police bail needs the consent of the wearer."
    TAG_BASIS = "tag-basis", "A tag on police bail needs a note of its legal basis."
    BREACH_NOT_OFFENCE = (
        "breach-not-offence",
        "Breach of a bail condition is not an offence: it gives a power of arrest (s.46A PACE).",
    )
    NO_OFFENCE = "no-offence", "Only failing to surrender is an offence (s.6 Bail Act 1976)."
    NO_CONDITION = "no-condition", "This bail has no condition, so none was broken."
    NOT_YET_DUE = "not-yet-due", "Bail has not ended yet, so it has not lapsed."
    NOT_SHAREABLE = "not-shareable", "This application is not marked as one to share."
    NOT_CHECKED = "not-checked", "Check that the application is accurate before it is shared."
    HAS_RESULT = "has-result", "The result of this application is recorded already."


TOO_LOW = {
    Grade.CUSTODY_OFFICER: Refusal.RANK_SERGEANT,
    Grade.INSPECTOR: Refusal.RANK_INSPECTOR,
    Grade.SUPERINTENDENT: Refusal.RANK_SUPERINTENDENT,
    Grade.ASSISTANT_CHIEF_CONSTABLE: Refusal.RANK_ACC,
}


@dataclass(frozen=True)
class Standing:
    """Bail as it stands: all that the rules ask of it. `last_at` is the grant or last extension."""

    arrested_at: datetime
    granted_at: datetime
    last_at: datetime
    step: int
    ends_on: date
    is_exceptional: bool = False
    suspended_days: int = 0

    @property
    def regime(self) -> Regime:
        return regime_of(self.arrested_at)

    @property
    def next_step(self) -> Step | None:
        steps = ladder(self.arrested_at)
        return steps[self.step + 1] if self.step + 1 < len(steps) else None

    @property
    def next_end(self) -> date | None:
        if self.next_step is None:
            return None
        return ends_on(self.arrested_at, self.step + 1, suspended=self.suspended_days)


def has_rank(step: Step, rank: int) -> Decision:
    return ALLOWED if rank >= RANK_OF[step.grade] else Decision(TOO_LOW[step.grade])


def can_grant(
    arrested_at: datetime, granted_at: datetime, *, end: date, rank: int, basis: str
) -> Decision:
    """`end` is the last day that bail for this arrest can reach as authorised so far."""
    if granted_at < arrested_at:
        return Decision(Refusal.BEFORE_ARREST)
    if localdate(granted_at) > end:
        return Decision(Refusal.TOO_LATE_TO_GRANT)
    if regime_of(arrested_at) is Regime.BEFORE_REFORM and not basis.strip():
        return Decision(Refusal.NO_BASIS)
    return has_rank(ladder(arrested_at)[0], rank)


def can_surrender(at: datetime | None, *, granted_at: datetime, end: date) -> Decision:
    """Whether the person may be told to come at this time."""
    if at is None:
        return ALLOWED
    if at < granted_at:
        return Decision(Refusal.SURRENDER_EARLY)
    return Decision(Refusal.SURRENDER_LATE if localdate(at) > end else None)


def can_extend(bail: Standing, *, at: datetime, rank: int) -> Decision:
    if late := _out_of_time(bail, at):
        return Decision(late)
    step = bail.next_step
    if step is None:
        return Decision(Refusal.BEYOND_REGIME)
    if step.is_exceptional and not bail.is_exceptional:
        return Decision(Refusal.NOT_EXCEPTIONAL)
    return has_rank(step, rank)


def can_court_extend(bail: Standing, *, at: datetime, until: date) -> Decision:
    """A magistrates' court (s.47ZF, s.47ZG), on the application made before the end."""
    if late := _out_of_time(bail, at):
        return Decision(late)
    if bail.ends_on < court_from(bail.arrested_at, suspended=bail.suspended_days):
        return Decision(Refusal.COURT_TOO_EARLY)
    if until <= bail.ends_on:
        return Decision(Refusal.COURT_NOT_LONGER)
    return Decision(Refusal.COURT_TOO_LONG if until > court_until(bail.ends_on) else None)


def _out_of_time(bail: Standing, at: datetime) -> Refusal | None:
    if at < bail.granted_at:
        return Refusal.BEFORE_GRANT
    if at < bail.last_at:
        return Refusal.OUT_OF_ORDER
    return Refusal.AFTER_END if localdate(at) > bail.ends_on else None


def can_set_conditions(regime: Regime, *, any_set: bool, victim_views: str) -> Decision:
    """The duty to seek the victim's views came with the reform (its Act, Schedule 4)."""
    asked = regime is Regime.BEFORE_REFORM or not any_set or bool(victim_views.strip())
    return Decision(None if asked else Refusal.NO_VICTIM_VIEWS)


def can_tag(answer: str, *, has_consent: bool, basis: str) -> Decision:
    if answer != TagAnswer.AGREED:
        return ALLOWED
    if not has_consent:
        return Decision(Refusal.TAG_CONSENT)
    return Decision(None if basis.strip() else Refusal.TAG_BASIS)


def can_end(
    state: BailState, *, ends_on: date, at: datetime, has_conditions: bool, is_offence: bool
) -> Decision:
    """Whether bail may end as `state`, whatever state it is in now (which the machine knows)."""
    if is_offence and state != BailState.FAILED:
        broken = state == BailState.BREACHED
        return Decision(Refusal.BREACH_NOT_OFFENCE if broken else Refusal.NO_OFFENCE)
    if state == BailState.BREACHED and not has_conditions:
        return Decision(Refusal.NO_CONDITION)
    if state == BailState.LAPSED and localdate(at) <= ends_on:
        return Decision(Refusal.NOT_YET_DUE)
    return ALLOWED


def can_share(*, is_shareable: bool, is_checked: bool) -> Decision:
    """Accuracy is checked before personal data is passed on (Data Protection Act 2018 s.38(4))."""
    if not is_shareable:
        return Decision(Refusal.NOT_SHAREABLE)
    return Decision(None if is_checked else Refusal.NOT_CHECKED)
