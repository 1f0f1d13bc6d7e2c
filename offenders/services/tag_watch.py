"""Checks, alerts and conditions of a tag that somebody wears."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from core import audit
from core.concurrency import lock_for_edit
from core.models import User
from offenders.models import TagAlert, TagAlertEntry, TagCheck, TagCondition, TagDeployment
from offenders.models.tag_log import ANSWER_WITHIN, AlertKind
from offenders.policies.nominals import can_change_nominal
from offenders.policies.tags import Refusal, can_close_alert, can_watch
from offenders.services.tags import required
from offenders.validation import from_the_minute, not_in_future


@transaction.atomic
def check(*, by: User, tag: TagDeployment, at: datetime, **facts: Any) -> TagCheck:
    current = _worn(by, tag, at)
    at = from_the_minute(at, current.fitted_at)
    made = TagCheck(deployment=current, at=at, by=by, **facts)
    made.full_clean()
    made.save(force_insert=True)
    audit.record(by=by, action=audit.Action.RECORD_CREATED, target=made)
    return made


@transaction.atomic
def raise_alert(
    *, by: User, tag: TagDeployment, kind: str, at: datetime, text: str = ""
) -> TagAlert:
    """What has to be answered by when follows from its kind."""
    current = _worn(by, tag, at)
    at = from_the_minute(at, current.fitted_at)
    due_at = at + ANSWER_WITHIN.get(kind, ANSWER_WITHIN[AlertKind.STRAP])
    alert = TagAlert(deployment=current, kind=kind, at=at, due_at=due_at, text=text)
    alert.full_clean()
    alert.save(force_insert=True)
    audit.record(by=by, action=audit.Action.RECORD_CREATED, target=alert)
    return alert


@transaction.atomic
def add_to_alert(*, by: User, alert: TagAlert, at: datetime, text: str) -> TagAlertEntry:
    current = _alert(by, alert)
    required(can_close_alert(current, "open"))
    not_in_future(at=at)
    entry = TagAlertEntry(alert=current, at=at, text=text, by=by)
    entry.full_clean()
    entry.save(force_insert=True)
    audit.record(by=by, action=audit.Action.RECORD_CREATED, target=entry)
    return entry


@transaction.atomic
def close_alert(
    *, by: User, alert: TagAlert, result: str, reason: str, at: datetime | None = None
) -> TagAlert:
    """As a true or a false alarm, with the reason."""
    current = _alert(by, alert)
    decision = can_close_alert(current, reason)
    required(decision, "reason" if decision.reason is Refusal.FALSE_WHY else None)
    current.closed_at = from_the_minute(at or timezone.now(), current.at)
    not_in_future(at=current.closed_at)
    current.result, current.reason = result, reason
    current.full_clean()
    current.save(update_fields=["closed_at", "result", "reason"])
    TagAlertEntry.objects.create(
        alert=current, at=current.closed_at, by=by, text=current.get_result_display()
    )
    detail = {"result": result, "reason": reason}
    audit.record(by=by, action=audit.Action.RECORD_CHANGED, target=current, detail=detail)
    return current


@transaction.atomic
def add_condition(*, by: User, tag: TagDeployment, **facts: Any) -> TagCondition:
    """Before the fitting too: a condition is known as soon as it is ordered or agreed."""
    current = lock_for_edit(TagDeployment, tag.pk, version=None)
    can_change_nominal(by, current.nominal).require()
    if current.is_over or current.withdrawn_at:
        required(can_watch(current, timezone.now()))
    condition = TagCondition(deployment=current, **facts)
    condition.full_clean()
    condition.save(force_insert=True)
    audit.record(by=by, action=audit.Action.RECORD_CREATED, target=condition)
    return condition


@transaction.atomic
def end_condition(
    *, by: User, condition: TagCondition, version: int | None, **last: Any
) -> TagCondition:
    """`until`: the last day."""
    current = lock_for_edit(TagCondition, condition.pk, version=version)
    can_change_nominal(by, current.deployment.nominal).require()
    current.until = last["until"]
    current.full_clean()
    current.save(update_fields=["until"])
    audit.record(by=by, action=audit.Action.RECORD_CHANGED, target=current)
    return current


def _worn(by: User, tag: TagDeployment, at: datetime) -> TagDeployment:
    current = lock_for_edit(TagDeployment, tag.pk, version=None)
    can_change_nominal(by, current.nominal).require()
    required(can_watch(current, from_the_minute(at, current.fitted_at)), "at")
    not_in_future(at=at)
    return current


def _alert(by: User, alert: TagAlert) -> TagAlert:
    current = lock_for_edit(TagAlert, alert.pk, version=None)
    can_change_nominal(by, current.deployment.nominal).require()
    return current
