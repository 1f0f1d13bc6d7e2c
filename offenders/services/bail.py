"""Bail before charge is granted, varied, extended and ended; or somebody is released without it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.timezone import localdate

from core import audit
from core.access.decision import Decision
from core.concurrency import lock_for_edit
from core.models import User
from core.ranks import Rank
from offenders.bail.periods import ends_on, regime_of
from offenders.models import (
    Arrest,
    Bail,
    BailCondition,
    BailExtension,
    ReleasedUnderInvestigation,
)
from offenders.models.bail import BailState, ConditionKind
from offenders.policies.bail import (
    BAIL,
    COURT_STEP,
    can_court_extend,
    can_end,
    can_extend,
    can_grant,
    can_set_conditions,
    can_surrender,
    can_tag,
)
from offenders.policies.nominals import can_change_nominal
from offenders.selectors.bail import standing
from offenders.services.custody import RefusedError
from offenders.validation import not_in_future

DETAIL = "bail"


@dataclass(frozen=True)
class Condition:
    """What the person must keep to; the last three are for a tag."""

    kind: str
    text: str
    tag_answer: str = ""
    has_consent: bool = False
    legal_basis: str = ""


@dataclass(frozen=True)
class Authority:
    """Who authorised, at what time; `rank` is empty for a court."""

    at: datetime
    by: str
    rank: int | None = None


@transaction.atomic
def grant_bail(
    *,
    by: User,
    arrest: Arrest,
    authority: Authority,
    conditions: Iterable[Condition] = (),
    **facts: Any,
) -> Bail:
    """Raises NotAllowed, RefusedError, ValidationError. The last day follows from the arrest."""
    Arrest.objects.select_for_update(of=("self",)).get(pk=arrest.pk)
    can_change_nominal(by, arrest.nominal).require()
    bail = _first(arrest, by=by, authority=authority, **facts)
    end, at = bail.ends_on, authority.at
    basis, rank = bail.basis_note, bail.authorised_rank
    _demand(can_grant(arrest.arrested_at, at, end=end, rank=rank, basis=basis))
    not_in_future(granted_at=at)
    _demand(can_surrender(bail.surrender_at, granted_at=at, end=end), field="surrender_at")
    bail.full_clean()
    bail.save(force_insert=True)
    _set_conditions(bail, list(conditions), at=at)
    audit.record(by=by, action=audit.Action.RECORD_CREATED, target=bail)
    return bail


def _first(arrest: Arrest, *, by: User, authority: Authority, **facts: Any) -> Bail:
    """Bail that is granted again for one arrest reaches as far as was authorised before."""
    before = arrest.bails.order_by("-pk").first()
    days = before.suspended_days if before else 0
    reach = before.ends_on if before else ends_on(arrest.arrested_at, 0)
    return Bail(
        arrest=arrest,
        by=by,
        granted_at=authority.at,
        authorised_by=authority.by,
        authorised_rank=authority.rank or Rank.STAFF,
        step=before.step if before else 0,
        ends_on=reach,
        suspended_days=days,
        **facts,
    )


@transaction.atomic
def vary_bail(
    *,
    by: User,
    bail: Bail,
    version: int | None,
    at: datetime,
    added: Iterable[Condition] = (),
    removed: Iterable[int] = (),
    **changes: Any,
) -> Bail:
    """Other conditions, or another day to surrender. `removed`: keys of conditions.

    Raises EditConflict, NotAllowed, RefusedError, ValidationError.
    """
    current = _held(by, bail, version)
    _move(current, "varied", at=at)
    for name, value in changes.items():
        setattr(current, name, value)
    _demand(
        can_surrender(current.surrender_at, granted_at=current.granted_at, end=current.ends_on),
        field="surrender_at",
    )
    current.conditions.filter(pk__in=list(removed), removed_at=None).update(removed_at=at)
    _set_conditions(current, list(added), at=at)
    return _saved(by, current, "varied", sorted(changes))


@transaction.atomic
def answer_tag(
    *,
    by: User,
    condition: BailCondition,
    tag_answer: str,
    has_consent: bool = False,
    legal_basis: str = "",
) -> BailCondition:
    """What came of asking for a tag. Raises NotAllowed, RefusedError, ValidationError."""
    bail = _held(by, condition.bail, None)
    current = bail.conditions.select_for_update().get(pk=condition.pk)
    if current.kind != ConditionKind.TAG:
        raise ValidationError("This condition is not a tag.")
    _demand(can_tag(tag_answer, has_consent=has_consent, basis=legal_basis))
    current.tag_answer, current.has_consent = tag_answer, has_consent
    current.legal_basis = legal_basis
    current.full_clean()
    current.save(update_fields=["tag_answer", "has_consent", "legal_basis"])
    detail = {DETAIL: bail.pk, "answer": tag_answer}
    audit.record(by=by, action=audit.Action.RECORD_CHANGED, target=current, detail=detail)
    return current


@transaction.atomic
def extend_bail(
    *,
    by: User,
    bail: Bail,
    version: int | None,
    authority: Authority,
    reason: str,
    court_until: date | None = None,
) -> BailExtension:
    """One step of the law further; with `court_until`, to the day that a court gave.

    Raises EditConflict, NotAllowed, RefusedError, ValidationError.
    """
    current = _held(by, bail, version)
    now, at = standing(current), authority.at
    _move(current, "extended", at=at)
    if court_until is None:
        _demand(can_extend(now, at=at, rank=authority.rank or Rank.STAFF))
    else:
        _demand(can_court_extend(now, at=at, until=court_until), field="court_until")
    extension = BailExtension(
        bail=current,
        at=at,
        is_court=court_until is not None,
        authorised_by=authority.by,
        authorised_rank=authority.rank,
        reason=reason,
        ended_on=current.ends_on,
        ends_on=court_until or now.next_end or now.ends_on,
        by=by,
    )
    extension.full_clean()
    extension.save(force_insert=True)
    current.step = COURT_STEP if court_until else current.step + 1
    current.ends_on = extension.ends_on
    _saved(by, current, "extended", [])
    return extension


@transaction.atomic
def designate_exceptional(*, by: User, bail: Bail, version: int | None) -> Bail:
    """The case is exceptionally complex (s.47ZE): the last step of the police is open to it."""
    current = _held(by, bail, version)
    if not current.is_running:
        raise ValidationError("This bail has ended.")
    current.is_exceptional = True
    return _saved(by, current, "designated", ["is_exceptional"])


@transaction.atomic
def suspend_bail(*, by: User, bail: Bail, version: int | None, on: date) -> Bail:
    """The case is with the CPS for a decision on charge: the period stands still (s.47ZL)."""
    current = _held(by, bail, version)
    if not localdate(current.granted_at) <= on <= min(localdate(), current.ends_on):
        raise ValidationError(
            {"on": "This day is not between the grant of bail and its end, up to today."}
        )
    current.state = BAIL.after(current.state, "suspended")
    current.suspended_on = on
    return _saved(by, current, "suspended", [])


@transaction.atomic
def resume_bail(*, by: User, bail: Bail, version: int | None, on: date) -> Bail:
    """The case is back from the CPS: the days that it had it are added to the end."""
    current = _held(by, bail, version)
    current.state = BAIL.after(current.state, "resumed")
    since = current.suspended_on or on
    if not since <= on <= localdate():
        raise ValidationError({"on": "This day is not between the suspension and today."})
    current.suspended_days += (on - since).days
    current.ends_on += on - since
    current.suspended_on = None
    return _saved(by, current, "resumed", [])


@transaction.atomic
def end_bail(
    *,
    by: User,
    bail: Bail,
    version: int | None,
    reason: str,
    at: datetime,
    note: str = "",
    is_offence: bool = False,
) -> Bail:
    """`reason`: a state that ends bail. Lapsed bail goes on as a release under investigation.

    Raises EditConflict, NotAllowed, RefusedError, ValidationError.
    """
    if reason not in BailState.values or reason not in BAIL.steps:
        raise ValidationError({"reason": "Choose how bail ended."})
    current, state = _held(by, bail, version), BailState(reason)
    any_set = current.conditions.exists()
    _move(current, reason, at=at)
    _demand(
        can_end(state, ends_on=bail.ends_on, at=at, has_conditions=any_set, is_offence=is_offence),
        field="reason",
    )
    current.ended_at, current.end_note, current.is_offence_recorded = at, note, is_offence
    _saved(by, current, reason, [])
    if state == BailState.LAPSED:
        record_rui(by=by, arrest=current.arrest, from_at=at, reason="Bail lapsed.")
    return current


@transaction.atomic
def record_rui(
    *, by: User, arrest: Arrest, from_at: datetime, reason: str = ""
) -> ReleasedUnderInvestigation:
    """Raises NotAllowed, ValidationError. It has neither an end nor conditions."""
    can_change_nominal(by, arrest.nominal).require()
    if Bail.objects.running().filter(arrest=arrest).exists():
        raise ValidationError("This person is on bail: end the bail first.")
    release = ReleasedUnderInvestigation(arrest=arrest, from_at=from_at, reason=reason, by=by)
    release.full_clean()
    not_in_future(from_at=from_at)
    if from_at < arrest.arrested_at:
        raise ValidationError({"from_at": "The release comes after the arrest."})
    release.save(force_insert=True)
    audit.record(by=by, action=audit.Action.RECORD_CREATED, target=release)
    return release


@transaction.atomic
def end_rui(
    *, by: User, release: ReleasedUnderInvestigation, version: int | None, reason: str
) -> ReleasedUnderInvestigation:
    """Charged, no further action, bailed again. Raises EditConflict, NotAllowed, ValidationError."""
    current = lock_for_edit(ReleasedUnderInvestigation, release.pk, version=version)
    can_change_nominal(by, current.arrest.nominal).require()
    if current.ended_at is not None:
        raise ValidationError("This has ended already.")
    current.ended_at, current.ended_reason = timezone.now(), reason
    current.full_clean()
    current.save(update_fields=["ended_at", "ended_reason"])
    audit.record(
        by=by, action=audit.Action.RECORD_CHANGED, target=current, detail={"reason": reason}
    )
    return current


def _held(by: User, bail: Bail, version: int | None) -> Bail:
    current = lock_for_edit(Bail, bail.pk, version=version)
    can_change_nominal(by, current.arrest.nominal).require()
    return current


def _move(bail: Bail, step: str, *, at: datetime) -> None:
    """The step of the machine, at a time that can be."""
    bail.state = BAIL.after(bail.state, step)
    not_in_future(at=at)
    if at < bail.granted_at:
        raise ValidationError({"at": "This time is before bail was granted."})


def _set_conditions(bail: Bail, wanted: list[Condition], *, at: datetime) -> None:
    regime = regime_of(bail.arrest.arrested_at)
    views = bail.victim_views
    decision = can_set_conditions(regime, any_set=bool(wanted), victim_views=views)
    _demand(decision, field="victim_views")
    for each in wanted:
        basis = each.legal_basis
        _demand(can_tag(each.tag_answer, has_consent=each.has_consent, basis=basis))
        condition = BailCondition(bail=bail, from_at=at, **vars(each))
        condition.full_clean()
        condition.save(force_insert=True)


def _saved(by: User, bail: Bail, step: str, fields: list[str]) -> Bail:
    bail.full_clean()
    bail.save()
    detail = {"step": step, "fields": fields}
    audit.record(by=by, action=audit.Action.RECORD_CHANGED, target=bail, detail=detail)
    return bail


def _demand(decision: Decision, *, field: str | None = None) -> None:
    if not decision:
        raise RefusedError(decision, field=field)
