"""The log of what was done: one row for each import, export, change, sign-in and refusal."""

from collections.abc import Iterable
from typing import Any

import structlog
from django.db.models import Model, TextChoices

from core import looks
from core.models import AuditEvent, User


class Operation(TextChoices):
    """The six that the Data Protection Act 2018 s.62 has logged, and what a force asks besides."""

    COLLECTION = "collection", "Collection"
    ALTERATION = "alteration", "Alteration"
    CONSULTATION = "consultation", "Consultation"
    DISCLOSURE = "disclosure", "Disclosure"
    COMBINATION = "combination", "Combination"
    ERASURE = "erasure", "Erasure"
    REFUSAL = "refusal", "Refusal"
    SIGN_IN = "sign-in", "Signing in"
    ADMINISTRATION = "administration", "Accounts and settings"


class Action(TextChoices):
    """Past tense; the value is stored and stays, the label may be reworded."""

    SIGNED_IN = "sign-in.done", "Signed in"
    SIGN_IN_FAILED = "sign-in.failed", "Failed to sign in"
    SIGNED_OUT = "sign-out.done", "Signed out"
    PASSWORD_CHANGED = "password.changed", "Changed the password"  # a word, not a secret
    SECOND_FACTOR_ADDED = "second-factor.added", "Added a second factor"
    SECOND_FACTOR_REMOVED = "second-factor.removed", "Removed a second factor"
    ACCESS_REFUSED = "access.refused", "Was refused"

    RECORD_CREATED = "record.created", "Created"
    RECORD_CHANGED = "record.changed", "Changed"
    RECORD_CANCELLED = "record.cancelled", "Cancelled"
    RECORD_VIEWED = "record.viewed", "Looked at"
    RECORD_LISTED = "record.listed", "Looked at a list of records"

    NOMINAL_VIEWED = "nominal.viewed", "Looked at a nominal"
    NOMINAL_SEARCHED = "nominal.searched", "Searched for nominals"
    NOMINAL_PRINTED = "nominal.printed", "Printed a briefing sheet"
    NOMINAL_DISCLOSED = "nominal.disclosed", "Disclosed"
    NOMINAL_MERGED = "nominal.merged", "Merged a nominal"
    NOMINAL_PARTED = "nominal.parted", "Undid the merge of a nominal"
    NOMINAL_RESTRICTED = "nominal.restricted", "Restricted a nominal"
    RESTRICTION_LIFTED = "nominal.unrestricted", "Lifted the restriction of a nominal"
    NOMINAL_CLEARED = "nominal.cleared", "Changed who is cleared for a nominal"
    NOMINAL_EXCLUDED = "nominal.excluded", "Changed who is kept from a nominal"
    NOMINAL_ERASED = "nominal.erased", "Disposed of the record of a nominal"

    IMPORT_CHECKED = "import.checked", "Checked a file for import"
    IMPORT_STARTED = "import.started", "Started an import"
    IMPORT_FINISHED = "import.finished", "Finished an import"
    IMPORT_FAILED = "import.failed", "Failed an import"
    IMPORT_CANCELLED = "import.cancelled", "Cancelled an import"

    EXPORT_REQUESTED = "export.requested", "Asked for an export"
    EXPORT_FINISHED = "export.finished", "Finished an export"
    EXPORT_FAILED = "export.failed", "Failed an export"
    EXPORT_DOWNLOADED = "export.downloaded", "Downloaded an export"
    EXPORT_EXPIRED = "export.expired", "Deleted an expired export"

    FIGURES_RECOMPUTED = "figures.recomputed", "Recomputed figures"
    REFERENCE_CHANGED = "reference.changed", "Changed reference data"

    PAPER_SENT = "paper.sent", "Sent a paper to review"
    PAPER_SENT_BACK = "paper.sent-back", "Sent a paper back"
    PAPER_RELEASED = "paper.released", "Released a paper"

    ROLE_GRANTED = "role.granted", "Granted a role"
    ROLE_ENDED = "role.ended", "Ended a role"
    ACCOUNT_CREATED = "account.created", "Created an account"
    ACCOUNT_CHANGED = "account.changed", "Changed an account"
    TOKEN_ISSUED = "token.issued", "Issued an API token"  # a word, not a secret
    TOKEN_REVOKED = "token.revoked", "Revoked an API token"  # likewise

    AUDIT_READ = "audit.read", "Read the audit log"
    LOOKS_SAMPLED = "audit.sampled", "Drew a dip sample of looks"
    LOOK_JUDGED = "audit.judged", "Judged a look of a dip sample"
    PURPOSE_CHOSEN = "purpose.chosen", "Said what they work on"

    GLASS_BROKEN = "glass.broken", "Opened a closed record in an emergency"
    GLASS_ENDED = "glass.ended", "Ended an emergency access"
    GLASS_REVIEWED = "glass.reviewed", "Reviewed an emergency access"

    DOCUMENT_ADDED = "document.added", "Attached a document"
    DOCUMENT_DOWNLOADED = "document.downloaded", "Downloaded a document"
    DOCUMENT_REMOVED = "document.removed", "Removed a document"

    APPROVAL_ASKED = "approval.asked", "Asked for an approval"
    APPROVAL_GIVEN = "approval.given", "Approved"
    APPROVAL_REFUSED = "approval.refused", "Refused an approval"
    APPROVAL_WITHDRAWN = "approval.withdrawn", "Took back a request for approval"


# Every action belongs to one, as a test shows.
ACTIONS: dict[Operation, frozenset[Action]] = {
    Operation.COLLECTION: frozenset(
        [
            Action.RECORD_CREATED,
            Action.IMPORT_STARTED,
            Action.IMPORT_FINISHED,
            Action.DOCUMENT_ADDED,
        ]
    ),
    Operation.ALTERATION: frozenset(
        [
            Action.RECORD_CHANGED,
            Action.RECORD_CANCELLED,
            Action.REFERENCE_CHANGED,
            Action.NOMINAL_RESTRICTED,
            Action.RESTRICTION_LIFTED,
            Action.NOMINAL_CLEARED,
            Action.NOMINAL_EXCLUDED,
        ]
    ),
    Operation.CONSULTATION: frozenset(
        [
            Action.RECORD_VIEWED,
            Action.RECORD_LISTED,
            Action.NOMINAL_VIEWED,
            Action.NOMINAL_SEARCHED,
            Action.IMPORT_CHECKED,
            Action.AUDIT_READ,
        ]
    ),
    Operation.DISCLOSURE: frozenset(
        [
            Action.NOMINAL_PRINTED,
            Action.NOMINAL_DISCLOSED,
            Action.EXPORT_REQUESTED,
            Action.EXPORT_FINISHED,
            Action.EXPORT_DOWNLOADED,
            Action.DOCUMENT_DOWNLOADED,
        ]
    ),
    Operation.COMBINATION: frozenset(
        [
            Action.NOMINAL_MERGED,
            Action.NOMINAL_PARTED,
            Action.FIGURES_RECOMPUTED,
        ]
    ),
    Operation.ERASURE: frozenset(
        [
            Action.EXPORT_EXPIRED,
            Action.DOCUMENT_REMOVED,
            Action.NOMINAL_ERASED,
        ]
    ),
    Operation.REFUSAL: frozenset(
        [
            Action.ACCESS_REFUSED,
        ]
    ),
    Operation.SIGN_IN: frozenset(
        [
            Action.SIGNED_IN,
            Action.SIGN_IN_FAILED,
            Action.SIGNED_OUT,
        ]
    ),
    Operation.ADMINISTRATION: frozenset(
        [
            Action.PASSWORD_CHANGED,
            Action.SECOND_FACTOR_ADDED,
            Action.SECOND_FACTOR_REMOVED,
            Action.IMPORT_FAILED,
            Action.IMPORT_CANCELLED,
            Action.EXPORT_FAILED,
            Action.ROLE_GRANTED,
            Action.ROLE_ENDED,
            Action.ACCOUNT_CREATED,
            Action.ACCOUNT_CHANGED,
            Action.TOKEN_ISSUED,
            Action.TOKEN_REVOKED,
            Action.LOOKS_SAMPLED,
            Action.LOOK_JUDGED,
            Action.PURPOSE_CHOSEN,
            Action.PAPER_SENT,
            Action.PAPER_SENT_BACK,
            Action.PAPER_RELEASED,
            Action.APPROVAL_ASKED,
            Action.APPROVAL_GIVEN,
            Action.APPROVAL_REFUSED,
            Action.APPROVAL_WITHDRAWN,
            Action.GLASS_BROKEN,
            Action.GLASS_ENDED,
            Action.GLASS_REVIEWED,
        ]
    ),
}
OPERATIONS: dict[str, Operation] = {
    action.value: operation for operation, actions in ACTIONS.items() for action in actions
}
# What shows people to somebody; a row about it names them.
LOOKS = ACTIONS[Operation.CONSULTATION] | {Action.NOMINAL_PRINTED}
# Kept although the request is rolled back: they wait until its answer is made (core.looks).
WAITING = LOOKS | {Action.ACCESS_REFUSED}


def record(
    *,
    by: User | None,
    action: Action,
    target: Model | None = None,
    detail: dict[str, Any] | None = None,
    people: Iterable[int] = (),
) -> AuditEvent:
    """Adds one row, in the transaction of the caller; a look or a refusal outside of it.

    Inside a job (core.jobs) the row names the job; the person it works for stands in the detail,
    and so does the number of the API token by which the work was asked for.
    """
    context = structlog.contextvars.get_contextvars()
    purpose = _purpose(action, detail or {})
    job = context.get("job", "")
    actor = by.get_username() if by else ""
    behind = {"for": actor if job else "", "token": context.get("token")}
    event = AuditEvent(
        action=action.value,
        actor="" if job else actor,
        job=job,
        target_type=target._meta.label_lower if target else "",
        target_id=_reference(target) if target else "",
        people=sorted({*people, *_themselves(target)}),
        purpose=purpose.code,
        purpose_ref=purpose.reference[:100],
        detail=(detail or {}) | {name: value for name, value in behind.items() if value},
        request_id=context.get("request_id", ""),
        address=context.get("ip"),
    )
    _keep(event)
    return event


def _themselves(target: Model | None) -> list[int]:
    return [target.pk] if target and getattr(target, "is_person", False) else []


def _purpose(action: Action, detail: dict[str, Any]) -> looks.Purpose:
    """The one that was chosen; else a look has that of the task that led there, if one did."""
    request = looks.current()
    chosen = request.purpose() if request is not None else looks.NO_PURPOSE
    why = str(detail.get("why", "")) if action in LOOKS else ""
    return chosen or (looks.Purpose("task", why) if why else looks.NO_PURPOSE)


def _keep(event: AuditEvent) -> None:
    request = looks.current()
    if request is not None and event.action in WAITING:
        request.waiting.append(event)
        return
    event.save(force_insert=True)
    if request is not None:
        request.written.update(event.people)


def record_listed(*, by: User, path: str, query: str) -> AuditEvent:
    """One row for a page of a list: the query says which records it held, and which page it was."""
    return record(by=by, action=Action.RECORD_LISTED, detail={"path": path, "query": query})


def _reference(target: Model) -> str:
    """What a reader of the log knows it by."""
    return target.get_username() if isinstance(target, User) else str(target.pk)
