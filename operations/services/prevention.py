"""What every record of prevention shares: asked, checked, saved, audited, and the figures told."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model

from core import audit
from core.access.decision import Decision
from core.changes import announce
from core.concurrency import lock_for_edit
from core.dates import today
from core.models import User
from offenders.services.custody import RefusedError
from operations.models.pack_triggers import said_by_the_ledger
from operations.policies.prevention import Refusal, can_keep_prevention

Record = TypeVar("Record", bound=Model)


def required(decision: Decision, field: str | None = None) -> None:
    if not decision:
        raise RefusedError(decision, field=field)


def not_ahead(day: date | None, field: str) -> None:
    if day and day > today():
        raise RefusedError(Decision(Refusal.FUTURE), field=field)


@transaction.atomic
def keep(by: User, record: Record) -> Record:
    """A new record. Raises NotAllowed, ValidationError."""
    can_keep_prevention(by).require()
    record.full_clean()
    with told_by_the_ledger():
        record.save(force_insert=True)
    audit.record(by=by, action=audit.Action.RECORD_CREATED, target=record)
    announce()
    return record


@transaction.atomic
def amend(by: User, record: Record, version: int | None, changes: dict[str, Any]) -> Record:
    """Raises EditConflict when somebody else changed it since `version` was shown."""
    can_keep_prevention(by).require()
    current = lock_for_edit(type(record), record.pk, version=version)
    return save(by, current, changes)


def save(
    by: User, current: Record, changes: dict[str, Any], detail: dict[str, Any] | None = None
) -> Record:
    """A record under lock."""
    for name, value in changes.items():
        setattr(current, name, value)
    current.full_clean()
    with told_by_the_ledger():
        current.save(update_fields=list(changes))
    said = {"fields": sorted(changes)} | (detail or {})
    audit.record(by=by, action=audit.Action.RECORD_CHANGED, target=current, detail=said)
    announce()
    return current


@contextmanager
def told_by_the_ledger() -> Iterator[None]:
    """The database's own refusal, of two who were at it at once, is a sentence too."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as refusal:
        if said := said_by_the_ledger(refusal):
            raise ValidationError(said) from refusal
        raise
