"""What files of records look like. Every app declares its kinds in its `importers`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

import polars as pl
from django.db import models
from django.utils.module_loading import autodiscover_modules

from core.access.permissions import Permission
from core.imports.types import ColumnType
from core.models import User

Derive = Callable[[pl.DataFrame], pl.DataFrame]
Doubts = Callable[[pl.DataFrame], pl.DataFrame]


class Change(StrEnum):
    """What a row did; its value is the count in the receipt."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


WriteRow = Callable[[User | None, dict[str, Any]], Change]


@dataclass(frozen=True)
class Refers:
    """The cell is a code of this model, in force on the day of the row's column `on`."""

    model: type[models.Model]
    noun: str
    on: str = ""  # blank: on any day
    only: dict[str, Any] = field(default_factory=dict)
    names: Callable[[], list[str]] | None = None  # the words of a list without dates


@dataclass(frozen=True)
class Column:
    """A column of the file, and the field of the model that it fills."""

    name: str
    type: ColumnType
    meaning: str
    field: str = ""  # the column's own name where blank
    required: bool = False
    refers: Refers | None = None
    also: tuple[str, ...] = ()  # other names that files use
    is_kept: bool = True  # False: it says something about the row and fills no field


@dataclass(frozen=True)
class Parent:
    """A record that must be there before this one, and that this one cannot be older than."""

    column: str
    model: type[models.Model]
    noun: str
    not_before: tuple[str, str] | None = None  # a column of the file, a field of the parent
    too_early: str = ""


@dataclass(frozen=True)
class Child:
    """Records that hang on this one: its column cannot be later than any of theirs."""

    column: str
    model: type[models.Model]
    link: str
    not_after: str
    problem: str


@dataclass(frozen=True)
class Closed:
    """A known record in whose column something stands takes no more rows."""

    field: str
    problem: str


@dataclass(frozen=True)
class Kind:
    slug: str
    title: str
    about: str
    model: type[models.Model]
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    parents: tuple[Parent, ...] = ()
    children: tuple[Child, ...] = ()
    # Makes, for one file, what adds the columns that it does not hold, named as model fields.
    derive: Callable[[], Derive] | None = None
    derived: tuple[str, ...] = ()
    once: tuple[str, ...] = ()  # set when a row is new; afterwards they change by their own way
    closed: Closed | None = None
    permission: Permission | None = None  # needed beside that to import
    sent_by: Permission | None = None  # those whose work it is may import it without that
    headless: bool = False  # published without a header row at times: columns in their order
    list_url: str = ""  # the page of these records
    in_figures: bool = True  # whether a figure of a board is counted from them
    # Rows that rest on each other are written in this order; the database decides on each, also in
    # a check that is undone.
    in_order: Callable[[pl.DataFrame], pl.DataFrame] | None = None
    # Makes, for one file, what gives errors for new rows that a person has to look at first.
    doubts: Callable[[], Doubts] | None = None
    # A record of more than one table: each row ends in a service. Raises ValidationError by column.
    write_row: WriteRow | None = None
    # By the name of a rule on several columns, the one to mend where that is not the first or the key.
    blames: Mapping[str, str] = field(default_factory=dict)
    block_rows: int = 150_000  # fewer where a row costs a question to the database

    @cached_property
    def by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}

    @property
    def keyed_by_file(self) -> bool:
        """False where the key is derived, which then tells even equal rows apart."""
        return set(self.key) <= set(self.by_name)

    @cached_property
    def fields(self) -> dict[str, models.Field[Any, Any]]:
        """The model's field behind each column of the file and each derived one."""
        if self.write_row:
            return {}
        names = {
            column.name: column.field or column.name for column in self.columns if column.is_kept
        }
        names |= {name: name for name in self.derived}
        return {name: _field(self.model, field) for name, field in names.items()}

    def places(self, header: Sequence[str]) -> dict[str, int]:
        """Where each column stands in a header, under its own name or another."""
        written = {plain(name): place for place, name in reversed(list(enumerate(header)))}
        found = {}
        for column in self.columns:
            names = [plain(name) for name in (column.name, *column.also)]
            place = next((written[name] for name in names if name in written), None)
            if place is not None:
                found[column.name] = place
        return found

    def column_of(self, name: str) -> str:
        """The database column behind a column of the file."""
        return str(self.fields[name].column)

    @cached_property
    def blanks(self) -> dict[str, Any]:
        """What a blank cell becomes where the model does not take null."""
        return {
            name: blank
            for name, found in self.fields.items()
            if not found.null and (blank := _blank(found)) is not None
        }


def plain(name: str) -> str:
    """A column's name as it is compared: `Crime ID`, `crime-id` and `crime_id` are one."""
    return "_".join(name.lower().replace("-", " ").replace("_", " ").split())


def _field(model: type[models.Model], name: str) -> models.Field[Any, Any]:
    found = model._meta.get_field(name)
    if not isinstance(found, models.Field):
        raise TypeError(f"{model.__name__}.{name} is not a column.")
    return found


def _blank(found: models.Field[Any, Any]) -> Any:
    if found.has_default():
        return found.get_default()
    return "" if isinstance(found, models.CharField | models.TextField) else None


_registry: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    _registry[kind.slug] = kind
    return kind


def all_kinds() -> dict[str, Kind]:
    """By slug, in the order of their titles. The importers are loaded when first asked for."""
    autodiscover_modules("importers")
    return dict(sorted(_registry.items(), key=lambda item: item[1].title))


def kind_called(slug: str) -> Kind:
    kinds = all_kinds()
    if slug not in kinds:
        raise LookupError(f"“{slug}” is not a kind of record. Kinds: {', '.join(kinds)}.")
    return kinds[slug]
