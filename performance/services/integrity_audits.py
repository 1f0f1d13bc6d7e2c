from typing import Any

from django.db import transaction

from core import audit
from core.changes import announce
from core.concurrency import lock_for_edit
from core.models import User
from performance.models import IntegrityAudit


@transaction.atomic
def record_integrity_audit(*, by: User, **fields: Any) -> IntegrityAudit:
    """Raises ValidationError by field, also for a reference that is taken."""
    audited = IntegrityAudit(**fields)
    audited.full_clean()
    audited.save(force_insert=True)
    audit.record(by=by, action=audit.Action.RECORD_CREATED, target=audited)
    announce()
    return audited


@transaction.atomic
def amend_integrity_audit(
    *, by: User, audited: IntegrityAudit, version: int | None, **changes: Any
) -> IntegrityAudit:
    """Raises EditConflict when somebody else changed it since `version` was shown."""
    current = lock_for_edit(IntegrityAudit, audited.pk, version=version)
    for name, value in changes.items():
        setattr(current, name, value)
    current.full_clean()
    current.save(update_fields=list(changes))
    detail = {"fields": sorted(changes)}
    audit.record(by=by, action=audit.Action.RECORD_CHANGED, target=current, detail=detail)
    announce()
    return current
