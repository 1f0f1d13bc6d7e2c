"""How a write to a record reaches the figures.

A feed says how rows of a model count. From that one declaration come the triggers that log what
every write changes (`core_change`), whatever wrote it, and the query that counts all rows anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, cast

import pgtrigger
from celery import current_app
from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connection, models, transaction
from django.db.models import Q
from psycopg import sql

FORCE = "force"  # the unit of a row that names none
FOLD = "performance.tasks.fold_changes"
DEFINITION = "definition"  # the basis of a change of what counts

NEW, OLD = "new_rows", "old_rows"

AnyField = models.Field[Any, Any]


@dataclass(frozen=True)
class Feed:
    """Rows of `model` that meet `where`, counted by month, unit and dims.

    `month`, `unit`, `dims` and `weight` are field names; the dims keep these names in a cell.
    `unit` None: the whole force. `weight`: a field that is summed, in place of counting rows.
    `marks`: rows that do not add up (medians, positions at a month's end) are only marked: a write
    names the months to be worked out again, from `month` to `until`, if `watched` fields changed.
    """

    name: str
    model: str
    month: str
    unit: str | None = None
    dims: tuple[str, ...] = ()
    where: Q = Q()  # noqa: RUF009  # a Q is not changed once made
    weight: str | None = None
    marks: bool = False
    until: str | None = None

    @property
    def table(self) -> type[models.Model]:
        return apps.get_model(self.model)

    def columns(self, model: type[models.Model]) -> list[str]:
        """SQL of month, unit and dims, in the order of a cell's key."""
        unit = f"'{FORCE}'"
        if self.unit:
            unit = f"coalesce({_column(model, self.unit)}, '{FORCE}')"
        month = _column(model, self.month)
        if not isinstance(model._meta.get_field(self.month), models.GeneratedField):
            month = f"date_trunc('month', {month}::timestamp)::date"
        return [
            f"{month} AS month",
            f"{unit} AS unit",
            *(f"{_column(model, dim)} AS {dim}" for dim in self.dims),
        ]

    def key(self) -> str:
        return ", ".join(["month", "unit", *self.dims])

    def counted(self, model: type[models.Model], source: str = "") -> str:
        """Month, unit, dims and n of every row of the source that counts: not yet grouped."""
        weight = _column(model, self.weight) if self.weight else "1"
        return (
            f"SELECT {', '.join(self.columns(model))}, {weight} AS n"
            f" FROM {source or model._meta.db_table} AS {model._meta.db_table}"
            f" WHERE {condition(model, self.where)}"
        )

    def grouped(self, rows: str, *, sign: str = "") -> str:
        """Cells of the rows. Typed columns are grouped, the JSON is made of the few that remain."""
        total = "sum(n)" if self.weight else "count(*)"
        return (
            f"SELECT '{self.name}' AS basis, month, unit, {self.json()} AS dims, {sign}n AS n"
            f" FROM (SELECT {self.key()}, ({total})::int AS n FROM ({rows}) AS counted"
            f" GROUP BY {self.key()}) AS cells"
        )

    def json(self) -> str:
        pairs = ", ".join(f"'{dim}', {dim}" for dim in self.dims)
        return f"jsonb_build_object({pairs})"


def dated(
    name: str, model: str, month: str, unit: str, dims: tuple[str, ...] = (), **only: Any
) -> Feed:
    """A feed of the rows whose month is known: what has not happened yet counts nowhere."""
    return Feed(name, model, month, unit, dims, where=Q(**{f"{month}__isnull": False}, **only))


def _column(model: type[models.Model], name: str) -> str:
    field = cast(AnyField, model._meta.get_field(name))
    return f'{model._meta.db_table}."{field.column}"'


def condition(model: type[models.Model], q: Q) -> str:
    """The condition as SQL text over the model's table (or rows under its name)."""
    if not q:
        return "true"
    query = models.sql.Query(model)
    text, params = query.build_where(q).as_sql(query.get_compiler(DEFAULT_DB_ALIAS), connection)
    return str(text) % tuple(sql.Literal(value).as_string() for value in params)


def change_triggers(*feeds: Feed) -> list[pgtrigger.Trigger]:
    """One trigger for each kind of write. All feeds of a model share it."""
    return [CountInserted(feeds), CountUpdated(feeds), CountDeleted(feeds), CountTruncated(feeds)]


class Count(pgtrigger.Trigger):
    """Once a statement: a COPY of a million rows costs one GROUP BY of them for each feed."""

    level = pgtrigger.Statement
    when = pgtrigger.After

    def __init__(self, feeds: Sequence[Feed]) -> None:
        self.feeds = feeds
        super().__init__()

    def changes(self, feed: Feed, model: type[models.Model]) -> str:
        raise NotImplementedError

    def marked(self, feed: Feed, model: type[models.Model]) -> str:
        raise NotImplementedError

    def get_func(self, model: type[models.Model]) -> str:  # type: ignore[override]  # stubs: an instance
        selects = (
            self.marked(feed, model) if feed.marks else self.changes(feed, model)
            for feed in self.feeds
        )
        inserts = (
            f"INSERT INTO core_change (basis, month, unit, dims, n) {each};" for each in selects
        )
        return " ".join(chain(inserts, ["RETURN NULL;"]))


def _marks(feed: Feed, rows: str) -> str:
    until = "jsonb_build_object('until', until)" if feed.until else "'{}'::jsonb"
    return f"SELECT DISTINCT '{feed.name}', month, unit, {until}, 0 FROM ({rows}) AS touched"


def _touched(feed: Feed, model: type[models.Model], source: str) -> str:
    """The rows with all that a mark hangs on, so that rows that did not change fall away."""
    until = "NULL::date"
    if feed.until:
        until = f"date_trunc('month', {_column(model, feed.until)}::timestamp)::date"
    return (
        f"SELECT {_column(model, model._meta.pk.name)} AS row_key,"
        f" {', '.join(feed.columns(model))}, {until} AS until"
        f" FROM {source} AS {model._meta.db_table} WHERE {condition(model, feed.where)}"
    )


class CountInserted(Count):
    name = "count_inserted"
    operation = pgtrigger.Insert
    referencing = pgtrigger.Referencing(new=NEW)

    def changes(self, feed: Feed, model: type[models.Model]) -> str:
        return feed.grouped(feed.counted(model, NEW))

    def marked(self, feed: Feed, model: type[models.Model]) -> str:
        return _marks(feed, _touched(feed, model, NEW))


class CountUpdated(Count):
    """Old cell less one, new cell more one; what stays where it was is not written."""

    name = "count_updated"
    operation = pgtrigger.Update
    referencing = pgtrigger.Referencing(old=OLD, new=NEW)

    def changes(self, feed: Feed, model: type[models.Model]) -> str:
        old, new = feed.counted(model, OLD), feed.counted(model, NEW)
        key = feed.key()
        return (
            f"SELECT '{feed.name}', month, unit, {feed.json()}, n FROM ("
            f"SELECT {key}, sum(n)::int AS n FROM"
            f" (SELECT {key}, -n AS n FROM ({old}) AS gone UNION ALL {new}) AS moved"
            f" GROUP BY {key} HAVING sum(n) <> 0) AS cells"
        )

    def marked(self, feed: Feed, model: type[models.Model]) -> str:
        old, new = _touched(feed, model, OLD), _touched(feed, model, NEW)
        return _marks(feed, f"({old} EXCEPT {new}) UNION ALL ({new} EXCEPT {old})")


class CountDeleted(Count):
    name = "count_deleted"
    operation = pgtrigger.Delete
    referencing = pgtrigger.Referencing(old=OLD)
    source = OLD

    def changes(self, feed: Feed, model: type[models.Model]) -> str:
        return feed.grouped(feed.counted(model, self.source), sign="-")

    def marked(self, feed: Feed, model: type[models.Model]) -> str:
        return _marks(feed, _touched(feed, model, self.source or model._meta.db_table))


class CountTruncated(CountDeleted):
    """There is no transition table of a TRUNCATE, so the rows are counted before they go."""

    name = "count_truncated"
    operation = pgtrigger.Truncate
    when = pgtrigger.Before
    referencing = None  # type: ignore[assignment]  # PostgreSQL gives no transition table here
    source = ""


class MarkDefinition(pgtrigger.Trigger):
    """A change of what counts (code sets, the tree of units): every figure is worked out anew."""

    level = pgtrigger.Statement
    when = pgtrigger.After

    def __init__(self, operation: pgtrigger.Operation) -> None:
        rows = OLD if operation == pgtrigger.Delete else NEW
        super().__init__(
            name=f"mark_definition_{str(operation).lower()}",
            operation=operation,
            referencing=pgtrigger.Referencing(**{rows.removesuffix("_rows"): rows}),
            func="INSERT INTO core_change (basis, month, unit, dims, n)"
            f" SELECT '{DEFINITION}', '2000-01-01', '{FORCE}', '{{}}', 0"
            f" WHERE EXISTS (SELECT FROM {rows}); RETURN NULL;",
        )


def definition_triggers() -> list[pgtrigger.Trigger]:
    return [
        MarkDefinition(operation)
        for operation in (pgtrigger.Insert, pgtrigger.Update, pgtrigger.Delete)
    ]


def announce() -> None:
    """Ask for the fold once the running transaction is committed; once, however often called.

    A message that the broker loses costs seconds, not figures: the sweep finds the change.
    """
    savepoints = set(connection.savepoint_ids)
    waiting = [(hook[0], hook[1]) for hook in connection.run_on_commit]
    if (savepoints, _send) in waiting:
        return
    transaction.on_commit(_send, robust=True)


def _send() -> None:
    current_app.send_task(FOLD, retry=False, expires=60)
