"""An action is raised, taken on, handed on and closed; each step stays with its time and author."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from core import audit
from core.access.decision import ALLOWED, Decision
from core.changes import announce
from core.concurrency import lock_for_edit
from core.models import User
from offenders.services.custody import RefusedError
from operations.models import Action, ActionStep
from operations.models.action import ACTION
from operations.policies.actions import Refusal, can_hand_on, can_own, can_raise, can_work
from operations.selectors.actions import usual_due


@transaction.atomic
def raise_action(
    *,
    by: User,
    owner: User,
    task: str,
    due_at: datetime | None = None,
    at: datetime | None = None,
    **facts: Any,
) -> Action:
    """`facts`: kind, aim, unit, scan_row and one subject: nominal, crime, incident, place or about.

    Without `due_at` a fast-track action has a working day, another five. Raises NotAllowed,
    RefusedError, ValidationError.
    """
    can_raise(by, about_a_nominal=bool(facts.get("nominal"))).require()
    action = Action(task=task, owner=owner, raised_by=by, raised_at=at or timezone.now(), **facts)
    action.due_at = due_at or usual_due(action.kind, action.raised_at)
    action.unit = action.unit or owner.unit or by.unit
    _required(can_own(owner, about_a_record=_is_about_a_record(action)), "owner")
    _required(_due(action), "due_at")
    action.full_clean()
    action.save(force_insert=True)
    title = f"Raised for {owner}"
    ActionStep.objects.create(action=action, title=title, at=action.raised_at, by=by)
    audit.record(by=by, action=audit.Action.RECORD_CREATED, target=action)
    return action


@transaction.atomic
def accept_action(
    *, by: User, action: Action, version: int | None = None, at: datetime | None = None
) -> Action:
    current = _locked(by, action, version, can_work)
    current.accepted_at = at or timezone.now()
    return _step(by, current, "accepted", "Accepted", at=current.accepted_at)


@transaction.atomic
def hand_on_action(
    *,
    by: User,
    action: Action,
    owner: User,
    reason: str,
    version: int | None = None,
    at: datetime | None = None,
) -> Action:
    """To somebody else, who has to accept it anew. The due time stays."""
    current = _locked(by, action, version, can_hand_on)
    _required(Decision(Refusal.SAME_OWNER) if owner == current.owner else ALLOWED, "owner")
    _required(can_own(owner, about_a_record=_is_about_a_record(current)), "owner")
    _required(_said(reason, Refusal.NO_REASON), "reason")
    title = f"Handed on from {current.owner} to {owner}"
    current.owner, current.accepted_at = owner, None
    return _step(by, current, "handed on", title, reason, at=at)


@transaction.atomic
def complete_action(
    *,
    by: User,
    action: Action,
    result: str,
    version: int | None = None,
    at: datetime | None = None,
) -> Action:
    current = _locked(by, action, version, can_work)
    ACTION.after(current.state, "done")
    _required(_said(result, Refusal.NO_RESULT), "result")
    return _close(by, current, "done", "Done", result, at=at)


@transaction.atomic
def cancel_action(
    *,
    by: User,
    action: Action,
    reason: str,
    version: int | None = None,
    at: datetime | None = None,
) -> Action:
    current = _locked(by, action, version, can_hand_on)
    ACTION.after(current.state, "cancelled")
    _required(_said(reason, Refusal.NO_REASON), "reason")
    return _close(by, current, "cancelled", "Cancelled", reason, at=at)


def _locked(
    by: User, action: Action, version: int | None, may: Callable[[User, Action], Decision]
) -> Action:
    current = lock_for_edit(Action, action.pk, version=version)
    may(by, current).require()
    return current


def _close(
    by: User, action: Action, step: str, title: str, words: str, *, at: datetime | None
) -> Action:
    action.result, action.closed_at = words, at or timezone.now()
    return _step(by, action, step, title, words, at=action.closed_at)


def _step(
    by: User, action: Action, step: str, title: str, note: str = "", *, at: datetime | None
) -> Action:
    action.state = ACTION.after(action.state, step)
    action.full_clean()
    action.save()
    ActionStep.objects.create(action=action, title=title, at=at or timezone.now(), note=note, by=by)
    detail = {"step": title, "state": action.state}
    audit.record(by=by, action=audit.Action.RECORD_CHANGED, target=action, detail=detail)
    announce()
    return action


def _is_about_a_record(action: Action) -> bool:
    return any((action.nominal_id, action.crime_id, action.incident_id))


def _due(action: Action) -> Decision:
    early = action.due_at <= action.raised_at
    return Decision(Refusal.DUE_TOO_EARLY) if early else ALLOWED


def _said(words: str, otherwise: Refusal) -> Decision:
    return ALLOWED if words.strip() else Decision(otherwise)


def _required(decision: Decision, field: str) -> None:
    if not decision:
        raise RefusedError(decision, field=field)
