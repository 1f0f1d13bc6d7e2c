"""What happened to a record: before and after, field by field, and whose doing it was."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.db.models import Field, Model
from django.utils.timezone import localtime

from core.models import AuditEvent, User

NO_FACT = {"version"}  # a counter of the database, nothing about the record


@dataclass(frozen=True)
class FieldChange:
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Revision:
    """`by` is a person, or a job by its name: a job's work is never put down to a person.

    `text` is the reason that was given for the change, if any.
    """

    title: str
    by: str
    at: datetime
    text: str
    changes: tuple[FieldChange, ...]


def history_of(record: Model) -> list[Revision]:
    """Newest first; three queries, however long the history.

    An event holds the row as it was before a change; what it became is the next event's row, or
    the record itself.
    """
    events = _events(record)
    people, reasons = _people(events), _reasons(record)
    revisions = []
    for before, after in pairwise([*events, record]):
        if changes := tuple(_changes(record, before, after)):
            context = _context(before)
            by = _whose(context, people)
            reason = reasons.get(context.get("request_id") or "", "")
            revisions.append(Revision("Changed", by, before.pgh_created_at, reason, changes))
    return revisions[::-1]


def _events(record: Model) -> list[Any]:
    (model,) = set(record.pgh_event_models.values())  # type: ignore[attr-defined]  # of @tracked
    rows = model.objects.filter(pgh_obj=record.pk).select_related("pgh_context")
    return list(rows.order_by("pgh_id"))


def _changes(record: Model, before: Any, after: Any) -> Iterator[FieldChange]:
    for field in record._meta.concrete_fields:
        if field.name in NO_FACT or not hasattr(before, field.attname):
            continue  # what the database works out by itself is not in the events
        old, new = getattr(before, field.attname), getattr(after, field.attname)
        if old != new:
            yield FieldChange(_label(field), _shown(field, old), _shown(field, new))


def _label(field: Field[Any, Any]) -> str:
    text = str(field.verbose_name)
    return text[:1].upper() + text[1:]


def _shown(field: Field[Any, Any], value: Any) -> str:
    """Words for a choice and a flag, local time for a moment, nothing for nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return f"{localtime(value):%-d %b %Y %H:%M}"
    return str(dict(field.flatchoices).get(value, value))


def _people(events: list[Any]) -> dict[int, str]:
    users = {user for event in events if (user := _context(event).get("user"))}
    return {user.pk: str(user) for user in User.objects.filter(pk__in=users)}


def _whose(context: dict[str, Any], people: dict[int, str]) -> str:
    if context.get("job"):
        return f"the job {context['job']}"
    return people.get(context.get("user") or 0, "")


def _context(event: Any) -> dict[str, Any]:
    return (event.pgh_context.metadata if event.pgh_context else None) or {}


def _reasons(record: Model) -> dict[str, str]:
    """A change and the audit row that holds its reason share a request."""
    given = AuditEvent.objects.filter(
        target_type=record._meta.label_lower, target_id=str(record.pk), detail__has_key="reason"
    )
    return {event.request_id: event.detail["reason"] for event in given if event.request_id}
