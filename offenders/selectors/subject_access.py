"""Everything that is held about a person, entry by entry, with what is decided about each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import FileField, ForeignKey, GeneratedField, JSONField, Model
from django.template.defaultfilters import filesizeformat

from core.models import Document, User
from core.models.document import DocumentQuerySet
from core.words import words_of
from offenders.disclosure import ASK_FIRST, LEFT_OUT
from offenders.erasure import RULES
from offenders.models import Nominal, SubjectAccess, SubjectAccessDecision
from offenders.models.scope import visible
from offenders.models.subject_access import Answer, CaseQuerySet
from offenders.selectors.person_records import Keys, events_of, keys_of, past_keys_of
from offenders.selectors.retention import family_of
from offenders.subject_access.rules import NAME, redacted

# Columns that tell nothing of a person.
TECHNICAL = {"version", "pgh_id", "pgh_label", "pgh_obj", "pgh_context", "merged_into"}
NAMED = ("authorised_by", "appropriate_adult", "scored_by", "recipient")  # hold names of others
EARLIER = "Earlier values"


@dataclass(frozen=True)
class Item:
    """One row, in words. `asks`: somebody has to decide before it leaves."""

    key: str
    section: str
    facts: tuple[tuple[str, str], ...]
    asks: bool


@dataclass(frozen=True)
class Entry:
    item: Item
    decision: SubjectAccessDecision | None
    names: frozenset[str]

    @property
    def answer(self) -> Answer:
        return Answer(self.decision.answer) if self.decision else Answer.GIVE

    @property
    def is_waiting(self) -> bool:
        return self.item.asks and self.decision is None

    @property
    def is_withheld(self) -> bool:
        return self.answer == Answer.WITHHOLD

    @property
    def is_redacted(self) -> bool:
        return not self.is_withheld and self.shown != self.item.facts

    @property
    def left_out(self) -> str:
        """What the person is told of it: the ground, never the reason, which may undo it (s.45(6))."""
        if self.decision is None or self.answer not in (Answer.WITHHOLD, Answer.REDACT):
            return ""
        what = "Withheld" if self.is_withheld else "Words removed"
        ground = self.decision.get_ground_display()
        return f"{what}, {ground[:1].lower()}{ground[1:]}."

    @cached_property
    def shown(self) -> tuple[tuple[str, str], ...]:
        """As the person will read it."""
        if self.is_withheld:
            return ()
        if self.answer == Answer.FULL:
            return self.item.facts
        words = self.decision.words.splitlines() if self.decision else ()
        return tuple((key, redacted(value, self.names, words)) for key, value in self.item.facts)


@dataclass(frozen=True)
class Gathered:
    entries: list[Entry]

    @property
    def sections(self) -> list[tuple[str, list[Entry]]]:
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            found.setdefault(entry.item.section, []).append(entry)
        return list(found.items())

    @property
    def waiting(self) -> int:
        return sum(entry.is_waiting for entry in self.entries)

    @property
    def counts(self) -> dict[str, int]:
        return {
            "entries": len(self.entries),
            "redacted": sum(entry.is_redacted for entry in self.entries),
            "withheld": sum(entry.is_withheld for entry in self.entries),
        }

    def entry(self, key: str) -> Entry | None:
        return next((entry for entry in self.entries if entry.item.key == key), None)


def cases() -> CaseQuerySet:
    rows = visible(SubjectAccess.objects.all()).select_related("nominal", "handled_by")
    return rows.order_by("due_on", "pk")


def overdue_cases(day: date) -> int:
    return SubjectAccess.objects.open().filter(due_on__lt=day).count()


def gathered(case: SubjectAccess) -> Gathered:
    """As the records stand now: nothing is copied, so what is corrected meanwhile is right."""
    people = family_of(case.nominal_id)
    keys = keys_of(people)
    decided = {row.item: row for row in case.decisions.select_related("decided_by")}
    others = frozenset(names_of_others(people, keys))
    items = (*_items(keys), *_documents(people))
    return Gathered([Entry(item, decided.get(item.key), others) for item in items])


def names_of_others(people: list[int], keys: Keys) -> Iterator[str]:
    """Of staff, of those whom a record names, and of the other nominals it leads to."""
    own = set()
    for surname, forenames in Nominal.everybody.filter(pk__in=people).values_list(
        "surname", "forenames"
    ):
        own |= {surname.lower(), *forenames.lower().split()}
    for name in _names(people, keys):
        if name.lower() not in own:
            yield name


def _names(people: list[int], keys: Keys) -> Iterator[str]:
    users: set[Any] = set()
    nominals: set[Any] = set()
    for model, rows in keys.items():
        for field in model._meta.concrete_fields:
            values = model._default_manager.filter(pk__in=rows).values_list(
                field.attname, flat=True
            )
            if field.related_model is User:
                users |= set(values.distinct())
            elif field.related_model is Nominal:
                nominals |= set(values.distinct())
            elif field.name in NAMED:
                yield from values.exclude(**{field.name: ""}).order_by().distinct()
    users |= set(_files_of(people).values_list("added_by", flat=True))
    for full_name, username in User.objects.filter(pk__in=users).values_list(
        "full_name", "username"
    ):
        yield from (full_name, username, full_name.rpartition(" ")[2])
    others = Nominal.everybody.filter(pk__in=nominals - {*people, None})
    for surname, forenames in others.values_list("surname", "forenames"):
        yield from (f"{surname}, {forenames}", f"{forenames} {surname}", surname, forenames)


def _items(keys: Keys) -> Iterator[Item]:
    gone = past_keys_of(keys)
    for model in RULES:
        if model in LEFT_OUT or not keys[model]:
            continue
        rows = _joined(model._default_manager.filter(pk__in=keys[model]), model).order_by("pk")
        title = "Identity" if model is Nominal else str(model._meta.verbose_name_plural)
        yield from _rows(rows, model, title[:1].upper() + title[1:])
    for model, events in events_of().items():
        known = keys[model] | gone[model]
        if model in RULES and model not in LEFT_OUT and known:
            rows = _joined(events._default_manager.filter(pgh_obj__in=known), events).order_by(
                "pgh_created_at", "pk"
            )
            yield from _rows(rows, model, f"{EARLIER}: {model._meta.verbose_name_plural}")


def _files_of(people: list[int]) -> DocumentQuerySet:
    """A document names its record by key, so that no walk along columns comes to it."""
    return Document.objects.filter(owner_type="nominal", owner_key__in=map(str, people)).order_by()


def _documents(people: list[int]) -> Iterator[Item]:
    """That it is held, and what it is. Whoever answers reads it and sends a copy, or withholds it."""
    for row in (
        _files_of(people).select_related("added_by", "removed_by").order_by("added_at", "pk")
    ):
        gone = [("Removed", words_of(row.removed_at)), ("Why it was removed", row.removed_why)]
        facts = (
            ("What it is", row.title),
            ("File", f"{row.name} ({row.kind_title}, {filesizeformat(row.size)})"),
            ("Added", words_of(row.added_at)),
            ("Added by", str(row.added_by)),
            *(gone if row.removed_at else ()),
        )
        yield Item(f"{row._meta.label_lower}:{row.pk}", "Documents", facts, asks=True)


def _joined(rows: Any, model: type[Model]) -> Any:
    names = [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey) and not field.name.startswith("pgh_")
    ]
    return rows.select_related(*names) if names else rows


def _rows(rows: Iterable[Model], of: type[Model], section: str) -> Iterator[Item]:
    for row in rows:
        facts = tuple(_facts(row))
        if facts:
            yield Item(f"{row._meta.label_lower}:{row.pk}", section, facts, of in ASK_FIRST)


def _facts(row: Model) -> Iterator[tuple[str, str]]:
    """What a person can read of a row: no keys of the system, nothing that is empty."""
    for field in row._meta.concrete_fields:
        if _is_technical(field):
            continue
        display = getattr(row, f"get_{field.name}_display", None)
        value = display() if display else getattr(row, field.name)
        if isinstance(value, Nominal) and value.covered:
            value = NAME  # whoever answers may not see them, so nobody does by this
        if isinstance(value, list):
            value = ", ".join(map(str, value))
        if value not in (None, "", False):
            label = str(field.verbose_name)
            yield label[:1].upper() + label[1:], words_of(value)


def _is_technical(field: Any) -> bool:
    if field.primary_key or field.name in TECHNICAL or isinstance(field, GeneratedField):
        return True
    if isinstance(field, JSONField | FileField):
        return not isinstance(field, ArrayField)
    # the way to the person or to their own record, which is an entry of its own
    leads_up = isinstance(field, ForeignKey) and field.related_model in RULES
    return leads_up and field.name not in ("other",)
