from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from core import audit
from core.concurrency import lock_for_edit
from core.dates import today
from core.models import User
from offenders.models import Conviction, Nominal, Sentence
from offenders.policies.nominals import can_change_nominal


@transaction.atomic
def record_conviction(
    *, by: User, nominal: Nominal, sentences: Sequence[dict[str, Any]] = (), **facts: Any
) -> Conviction:
    """Raises NotAllowed, ValidationError. A sentence may follow later: `add_sentence`."""
    can_change_nominal(by, nominal).require()
    conviction = Conviction(nominal=nominal, **facts)
    if not conviction.title and conviction.offence:
        conviction.title = conviction.offence.title
    _check(conviction)
    conviction.save(force_insert=True)
    audit.record(by=by, action=audit.Action.RECORD_CREATED, target=conviction)
    for sentence in sentences:
        add_sentence(by=by, conviction=conviction, **sentence)
    return conviction


@transaction.atomic
def amend_conviction(
    *, by: User, conviction: Conviction, version: int | None, **changes: Any
) -> Conviction:
    """Raises EditConflict, NotAllowed, ValidationError."""
    current = lock_for_edit(Conviction, conviction.pk, version=version)
    can_change_nominal(by, current.nominal).require()
    for name, value in changes.items():
        setattr(current, name, value)
    _check(current)
    current.save(update_fields=list(changes))
    detail = {"fields": sorted(changes)}
    audit.record(by=by, action=audit.Action.RECORD_CHANGED, target=current, detail=detail)
    return current


@transaction.atomic
def add_sentence(*, by: User, conviction: Conviction, **facts: Any) -> Sentence:
    current = lock_for_edit(Conviction, conviction.pk, version=None)
    can_change_nominal(by, current.nominal).require()
    sentence = Sentence(conviction=current, **facts)
    sentence.full_clean()
    if sentence.sentenced_on > today():
        raise ValidationError({"sentenced_on": "This day lies in the future."})
    if sentence.sentenced_on < current.convicted_on:
        raise ValidationError({"sentenced_on": "A sentence cannot come before its conviction."})
    sentence.save(force_insert=True)
    detail = {"conviction": current.pk}
    audit.record(by=by, action=audit.Action.RECORD_CREATED, target=sentence, detail=detail)
    return sentence


def _check(conviction: Conviction) -> None:
    conviction.full_clean()
    if conviction.convicted_on > today():
        raise ValidationError({"convicted_on": "This day lies in the future."})
    crime = conviction.crime
    if crime and crime.cancelled_at is not None:
        raise ValidationError({"crime": f"The crime {crime.pk} is cancelled."})
