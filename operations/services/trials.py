"""A trial is announced, its success test is written down, its data is looked at, results follow."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from core import audit
from core.concurrency import lock_for_edit
from core.models import User
from operations.models import Trial, TrialLook, TrialResult
from operations.policies.operations import can_change_operations
from operations.policies.trials import can_have_result, can_write_test
from operations.services.refusals import required


@transaction.atomic
def record_trial(*, by: User, test: str = "", **facts: Any) -> Trial:
    """Raises NotAllowed, ValidationError."""
    can_change_operations(by).require()
    trial = Trial(**{"slug": slugify(facts.get("name", ""))[:60]} | facts)
    _write(by, trial, test)
    trial.full_clean()
    trial.save(force_insert=True)
    audit.record(by=by, action=audit.Action.RECORD_CREATED, target=trial)
    return trial


@transaction.atomic
def amend_trial(*, by: User, trial: Trial, version: int | None, **changes: Any) -> Trial:
    """Raises EditConflict, NotAllowed, ValidationError. The test has a service of its own."""
    can_change_operations(by).require()
    current = lock_for_edit(Trial, trial.pk, version=version)
    for name, value in changes.items():
        setattr(current, name, value)
    return _save(by, current, sorted(changes))


@transaction.atomic
def write_test(*, by: User, trial: Trial, version: int | None, test: str) -> Trial:
    """Raises EditConflict, NotAllowed, RefusedError: never after the first result."""
    can_change_operations(by).require()
    current = lock_for_edit(Trial, trial.pk, version=version)
    required(can_write_test(current), "test")
    _write(by, current, test)
    return _save(by, current, ["test"])


@transaction.atomic
def record_result(
    *,
    by: User,
    trial: Trial,
    verdict: str,
    text: str,
    is_final: bool = False,
    at: datetime | None = None,
) -> TrialResult:
    """Raises NotAllowed, RefusedError, ValidationError."""
    can_change_operations(by).require()
    current = lock_for_edit(Trial, trial.pk, version=None)
    result = TrialResult(
        trial=current, by=by, verdict=verdict, text=text, is_final=is_final,
        at=at or timezone.now(),
    )  # fmt: skip
    required(can_have_result(current, result.at))
    result.full_clean()
    result.save(force_insert=True)
    detail = {"result": result.verdict, "final": is_final}
    audit.record(by=by, action=audit.Action.RECORD_CHANGED, target=current, detail=detail)
    return result


@transaction.atomic
def look_at_data(*, by: User, trial: Trial) -> TrialLook:
    """Every look is kept beside the result, so that a reader knows how often somebody looked."""
    look = TrialLook.objects.create(trial=trial, by=by)
    audit.record(by=by, action=audit.Action.RECORD_VIEWED, target=trial, detail={"data": "trial"})
    return look


def _write(by: User, trial: Trial, test: str) -> None:
    trial.test = test.strip()
    trial.test_written_at = timezone.now() if trial.test else None
    trial.test_written_by = by if trial.test else None


def _save(by: User, trial: Trial, fields: list[str]) -> Trial:
    trial.full_clean()
    trial.save()
    trial.refresh_from_db()  # the database raised its version
    detail = {"fields": fields}
    audit.record(by=by, action=audit.Action.RECORD_CHANGED, target=trial, detail=detail)
    return trial
