from typing import Any

from django.db import transaction

from core import audit
from core.changes import announce
from core.concurrency import lock_for_edit
from core.models import User
from performance.models import SupervisoryReview


@transaction.atomic
def record_supervisory_review(*, by: User, **fields: Any) -> SupervisoryReview:
    """Raises ValidationError by field, also for a reference that is taken."""
    review = SupervisoryReview(**fields)
    review.full_clean()
    review.save(force_insert=True)
    audit.record(by=by, action=audit.Action.RECORD_CREATED, target=review)
    announce()
    return review


@transaction.atomic
def amend_supervisory_review(
    *, by: User, review: SupervisoryReview, version: int | None, **changes: Any
) -> SupervisoryReview:
    """Raises EditConflict when somebody else changed it since `version` was shown."""
    current = lock_for_edit(SupervisoryReview, review.pk, version=version)
    for name, value in changes.items():
        setattr(current, name, value)
    current.full_clean()
    current.save(update_fields=list(changes))
    detail = {"fields": sorted(changes)}
    audit.record(by=by, action=audit.Action.RECORD_CHANGED, target=current, detail=detail)
    announce()
    return current
