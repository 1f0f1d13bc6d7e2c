"""The log of what was done: one row for each import, export, change, sign-in and refusal."""

from typing import Any

import structlog
from django.db.models import Model, TextChoices

from core import looks
from core.models import AuditEvent, User


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

    ROLE_GRANTED = "role.granted", "Granted a role"
    ROLE_ENDED = "role.ended", "Ended a role"
    ACCOUNT_CREATED = "account.created", "Created an account"
    ACCOUNT_CHANGED = "account.changed", "Changed an account"
    TOKEN_ISSUED = "token.issued", "Issued an API token"  # a word, not a secret
    TOKEN_REVOKED = "token.revoked", "Revoked an API token"  # likewise

    AUDIT_READ = "audit.read", "Read the audit log"


CONSULTATIONS = frozenset(
    [
        Action.RECORD_VIEWED,
        Action.RECORD_LISTED,
        Action.NOMINAL_VIEWED,
        Action.NOMINAL_SEARCHED,
        Action.NOMINAL_PRINTED,
        Action.AUDIT_READ,
    ]
)
# Kept although the request is rolled back: they wait until its answer is made (core.looks).
WAITING = CONSULTATIONS | {Action.ACCESS_REFUSED}


def record(
    *,
    by: User | None,
    action: Action,
    target: Model | None = None,
    detail: dict[str, Any] | None = None,
) -> AuditEvent:
    """Adds one row, in the transaction of the caller; a look or a refusal outside of it.

    Inside a job (core.jobs) the row names the job; the person it works for stands in the detail,
    and so does the number of the API token by which the work was asked for.
    """
    context = structlog.contextvars.get_contextvars()
    job = context.get("job", "")
    actor = by.get_username() if by else ""
    behind = {"for": actor if job else "", "token": context.get("token")}
    event = AuditEvent(
        action=action.value,
        actor="" if job else actor,
        job=job,
        target_type=target._meta.label_lower if target else "",
        target_id=_reference(target) if target else "",
        people=[target.pk] if target and getattr(target, "is_person", False) else [],
        detail=(detail or {}) | {name: value for name, value in behind.items() if value},
        request_id=context.get("request_id", ""),
        address=context.get("ip"),
    )
    _keep(event)
    return event


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
