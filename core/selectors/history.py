"""What happened to a record: before and after, field by field, and whose doing it was."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, pairwise
from typing import Any

from django.db.models import AutoField, Field, Model, QuerySet
from django.utils.timezone import localtime

from core.models import AuditEvent, User
from core.words import label_of

Names = dict[tuple[Any, Any], str]
Scope = Callable[[QuerySet[Any]], QuerySet[Any]]

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


def as_they_are(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows


def history_of(record: Model) -> list[Revision]:
    """Newest first; three queries, however long the history, and one for each kind of record that
    a changed column names.

    An event holds the row as it was before a change; what it became is the next event's row, or
    the record itself.
    """
    events = _events(record)
    people, reasons = _people(events), _reasons(record)
    pairs = list(pairwise([*events, record]))
    names = _names(type(record), pairs)
    revisions = []
    for before, after in pairs:
        if changes := tuple(_changes(record, before, after, names)):
            context = _context(before)
            by = _whose(context, people)
            reason = reasons.get(context.get("request_id") or "", "")
            revisions.append(
                Revision(_title(before, after), by, before.pgh_created_at, reason, changes)
            )
    return revisions[::-1]


def histories_of(model: type[Model], *, scope: Scope = as_they_are, **where: Any) -> list[Revision]:
    """Of every row that ever matched, also of those that are gone; newest first.

    `where` names columns of the rows; `scope` leaves out, now and as they were, those that the
    reader may not see. As many queries as `history_of`, however many rows.
    """
    rows = scope(_event_model(model).objects.filter(**where))
    events = sorted(rows.select_related("pgh_context"), key=lambda event: event.pgh_id)
    if not events:
        return []
    people = _people(events)
    live = scope(model._default_manager.all()).in_bulk({event.pgh_obj_id for event in events})
    by_row: dict[Any, list[Any]] = {}
    for event in events:
        by_row.setdefault(event.pgh_obj_id, []).append(event)
    pairs = [pair for key, rows in by_row.items() for pair in pairwise([*rows, live.get(key)])]
    names = _names(model, pairs)
    found = [_revision_of(model, before, after, people, names) for before, after in pairs]
    # Of one transaction all have one time: the later ones still come first.
    return newest_first([revision for revision in reversed(found) if revision.changes])


def newest_first(*histories: list[Revision]) -> list[Revision]:
    return sorted(chain(*histories), key=lambda revision: revision.at, reverse=True)


def _revision_of(
    model: type[Model], before: Any, after: Any, people: dict[int, str], names: Names
) -> Revision:
    by = _whose(_context(before), people)
    noun = str(model._meta.verbose_name)
    if after is None:
        title, changes = f"Removed: {noun}", tuple(_lost(model, before))
    else:
        title, changes = f"Changed: {noun}", tuple(_changes(model, before, after, names))
    return Revision(title, by, before.pgh_created_at, "", changes)


def _title(before: Any, after: Any) -> str:
    """What was done in one word, where the columns tell it."""
    if not hasattr(before, "cancelled_at"):
        return "Changed"
    was, is_now = before.cancelled_at is not None, after.cancelled_at is not None
    return "Changed" if was == is_now else "Cancelled" if is_now else "Reinstated"


def _lost(model: type[Model], before: Any) -> Iterator[FieldChange]:
    for field in model._meta.concrete_fields:
        hidden = field.primary_key or not field.editable or field.is_relation
        if hidden or not hasattr(before, field.attname):
            continue
        if was := _shown(field, getattr(before, field.attname), {}):
            yield FieldChange(label_of(field), was, "")


def _event_model(model: Any) -> Any:
    (found,) = set(model.pgh_event_models.values())  # of @tracked
    return found


def _events(record: Model) -> list[Any]:
    rows = _event_model(type(record)).objects.filter(pgh_obj=record.pk)
    return list(rows.select_related("pgh_context").order_by("pgh_id"))


def _changes(
    record: Model | type[Model], before: Any, after: Any, names: Names
) -> Iterator[FieldChange]:
    for field, old, new in _changed(record, before, after):
        yield FieldChange(label_of(field), _shown(field, old, names), _shown(field, new, names))


def _changed(
    record: Model | type[Model], before: Any, after: Any
) -> Iterator[tuple[Field[Any, Any], Any, Any]]:
    for field in record._meta.concrete_fields:
        if field.name in NO_FACT or not hasattr(before, field.attname):
            continue  # what the database works out by itself is not in the events
        old, new = getattr(before, field.attname), getattr(after, field.attname)
        if old != new:
            yield field, old, new


def _names(model: type[Model], pairs: list[tuple[Any, Any]]) -> Names:
    """What people call the records whose numbers stand in changed columns; codes say it themselves."""
    wanted: dict[Any, set[Any]] = {}
    for before, after in pairs:
        for field, *values in _changed(model, before, after) if after is not None else ():
            target = field.related_model
            if target is not None and isinstance(target._meta.pk, AutoField):
                wanted.setdefault(target, set()).update(values)
    return {
        (target, pk): str(found)
        for target, keys in wanted.items()
        for pk, found in target._default_manager.in_bulk(keys - {None}).items()
    }


def _shown(field: Field[Any, Any], value: Any, names: Names) -> str:
    """Words for a choice and a flag, local time for a moment, nothing for nothing."""
    if value is None:
        return ""
    if name := names.get((field.related_model, value)):
        return name
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
