"""A request for one's own data, from its day to its answer."""

from __future__ import annotations

from datetime import date, timedelta
from typing import IO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from core import audit
from core.concurrency import lock_for_edit
from core.dates import today
from core.models import User
from offenders.models import Nominal, SubjectAccess, SubjectAccessDecision
from offenders.models.subject_access import CASE, Answer
from offenders.policies.subject_access import (
    Refusal,
    can_answer,
    can_answer_requests,
    can_decide_item,
    can_open_case,
    can_read_file,
)
from offenders.selectors.retention import subject_of
from offenders.selectors.subject_access import gathered
from offenders.subject_access.pdf import answer_pdf
from offenders.subject_access.rules import answer_due


@transaction.atomic
def open_case(
    *,
    by: User,
    nominal: Nominal,
    received_on: date,
    requester: str,
    case_ref: str = "",
    identity: str = "",
) -> SubjectAccess:
    """Raises NotAllowed, ValidationError. With `identity` it is in hand at once."""
    decision = can_open_case(by, nominal, received_on, today())
    if decision.reason is Refusal.FUTURE:
        raise ValidationError({"received_on": decision.reason.label})
    decision.require()
    case = SubjectAccess(
        nominal=nominal,
        received_on=received_on,
        due_on=answer_due(received_on),
        requester=requester,
        case_ref=case_ref,
        identity=identity,
        handled_by=by,
    )
    if identity.strip():
        case.state = CASE.after(case.state, "taken in hand")
    case.full_clean(exclude=["file"])
    case.save(force_insert=True)
    _log(by, case, audit.Action.RECORD_CREATED)
    return case


@transaction.atomic
def take_in_hand(*, by: User, case: SubjectAccess, identity: str) -> SubjectAccess:
    """Once it is certain that it is the person who asks, or somebody on their behalf."""
    current = lock_for_edit(SubjectAccess, case.pk, version=None)
    can_answer_requests(by).require()
    if not identity.strip():
        raise ValidationError({"identity": "Say how they proved who they are."})
    current.state, current.identity = CASE.after(current.state, "taken in hand"), identity
    return _saved(by, current, "taken in hand")


@transaction.atomic
def close_case(*, by: User, case: SubjectAccess, step: str, reason: str) -> SubjectAccess:
    """`step`: refused or withdrawn."""
    current = lock_for_edit(SubjectAccess, case.pk, version=None)
    can_answer_requests(by).require()
    if not reason.strip():
        raise ValidationError({"reason": "Say why it is closed without an answer."})
    current.state, current.closed_why = CASE.after(current.state, step), reason
    current.closed_at = timezone.now()
    return _saved(by, current, step)


@transaction.atomic
def decide_item(
    *,
    by: User,
    case: SubjectAccess,
    item: str,
    answer: str,
    ground: str = "",
    words: str = "",
    reason: str = "",
) -> SubjectAccessDecision:
    """What is done with one entry; decided anew, the later decision stands."""
    current = lock_for_edit(SubjectAccess, case.pk, version=None)
    can_decide_item(by, current).require()
    if gathered(current).entry(item) is None:
        raise ValidationError("There is no such entry in this request.")
    decision = current.decisions.filter(item=item).first()
    decision = decision or SubjectAccessDecision(case=current, item=item)
    decision.answer, decision.reason, decision.decided_by = answer, reason, by
    withholds = answer in (Answer.REDACT, Answer.WITHHOLD)
    decision.ground = ground if withholds else ""
    decision.words = words if answer == Answer.REDACT else ""
    decision.decided_at = timezone.now()
    decision.full_clean()
    decision.save()
    _log(by, current, audit.Action.RECORD_CHANGED, item=item, answer=answer, ground=decision.ground)
    return decision


@transaction.atomic
def answer_case(*, by: User, case: SubjectAccess) -> SubjectAccess:
    """Makes the file. It is disclosed with this: who, when, what and to whom stands in the log."""
    current = lock_for_edit(SubjectAccess, case.pk, version=None)
    found = gathered(current)
    can_answer(by, current, found.waiting).require()
    current.state = CASE.after(current.state, "answered")
    due = subject_of(current.nominal).due
    made = answer_pdf(current, found.sections, kept_until=due.on, on=today())
    current.counts = found.counts
    current.closed_at = timezone.now()
    current.expires_at = current.closed_at + timedelta(days=settings.SUBJECT_ACCESS_KEEP_DAYS)
    current.file.save(f"{current.pk}.pdf", ContentFile(made), save=False)
    current.save()
    said = {"recipient": current.requester, **current.counts}
    _log(by, current, audit.Action.NOMINAL_DISCLOSED, **said)
    return current


def open_answer(*, by: User, case: SubjectAccess) -> IO[bytes]:
    """Raises NotAllowed. Each time that the file is taken is in the log."""
    can_read_file(by, case).require()
    _log(by, case, audit.Action.NOMINAL_DISCLOSED, taken=case.file_name)
    return case.file.open("rb")


def expire_answers() -> int:
    """Deletes the files that are past their time; that they were made stays."""
    over = SubjectAccess.objects.exclude(file="").filter(expires_at__lte=timezone.now())
    for case in over:
        case.file.delete(save=False)
        case.save(update_fields=["file"])
        detail = {"request": case.pk}
        audit.record(by=None, action=audit.Action.EXPORT_EXPIRED, target=case, detail=detail)
    return len(over)


def _saved(by: User, case: SubjectAccess, step: str) -> SubjectAccess:
    case.full_clean(exclude=["file"])
    case.save()
    _log(by, case, audit.Action.RECORD_CHANGED, step=step)
    return case


def _log(by: User, case: SubjectAccess, action: audit.Action, **detail: object) -> None:
    """Under the nominal: metadata, and nothing of what is held."""
    said = {"request": case.pk} | detail
    audit.record(by=by, action=action, target=case.nominal, detail=said)
