"""The records as they stood at a release, or at the end of a day: the same tables under the same names, for a while.

Each table that figures are counted from is hidden by a temporary view of it: rows that changed since
are the old rows of the history, rows that came since are left out, deleted ones are there again. So
every selector, the figures' own SQL and a drill-down read what was, without knowing of it. All of it
is rolled back at the end.

Where the history stood is told by the highest number of each table of events (`marks`), not by the
clock: two changes of one moment have two numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.db import connection, models, transaction

from offenders.models import Crime, HubReferral, OffenceGroupCode, Outcome, OutcomeSetCode
from performance.bases import FEEDS
from performance.models import Baseline, ComparisonRule, HistoricFigure, LateArrival, Paper

LATE = LateArrival._meta.db_table
CRIME = Crime._meta.db_table
# A crime's live outcome and referral follow from tables of their own: see offenders.models.headline.
FOLLOWING = (Outcome, HubReferral)
COUNTING = (OffenceGroupCode, OutcomeSetCode)  # what a row counts as
DEFINING = (*COUNTING, Baseline, ComparisonRule, HistoricFigure)

Marks = Mapping[str, int]


def sources() -> list[type[models.Model]]:
    """Every tracked table that a figure hangs on; crimes last, since they follow from others."""
    counted = {feed.table for feed in FEEDS.values()} | {*FOLLOWING, *DEFINING}
    found = [model for model in counted if model is not Crime and _events(model)]
    return [*sorted(found, key=lambda model: model._meta.db_table), Crime]


def _events(model: type[models.Model]) -> str:
    """The table of its history; blank where none is kept."""
    kept = set(getattr(model, "pgh_event_models", {}).values())
    return str(kept.pop()._meta.db_table) if kept else ""


def marks_now() -> dict[str, int]:
    """Where the history of every source stands."""
    tables = {model._meta.db_table: (_events(model), "pgh_id") for model in sources()}
    tables[LATE] = (LATE, "id")
    selects = [
        f"SELECT '{name}', coalesce(max({column}), 0) FROM {table}"
        for name, (table, column) in tables.items()
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(selects))
        return dict(cursor.fetchall())


def known_since() -> datetime | None:
    """From the first release on, what is added is noted: before it nothing can be shown as it stood."""
    told = Paper.objects.filter(released_at__isnull=False)
    return told.order_by("released_at").values_list("released_at", flat=True).first()


def marks_at(moment: datetime) -> dict[str, int]:
    """Where the history of every source stood at the moment."""
    tables = {model._meta.db_table: (_events(model), "pgh_id") for model in sources()}
    return {
        **{name: _mark(*where, "pgh_created_at", moment) for name, where in tables.items()},
        LATE: _mark(LATE, "id", "at", moment),
    }


def _mark(table: str, column: str, at: str, moment: datetime) -> int:
    """From the newest back: of a day that is not long ago, few rows are read."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {column} FROM {table} WHERE {at} <= %s ORDER BY {column} DESC LIMIT 1",
            [moment],
        )
        found = cursor.fetchone()
    return int(found[0]) if found else 0


@contextmanager
def as_at(marks: Marks, only: Sequence[type[models.Model]] = ()) -> Iterator[None]:
    """`only`: these models and what they follow from; otherwise all."""
    with transaction.atomic():
        wanted = {*only, *(FOLLOWING if Crime in only else ()), *DEFINING}
        for model in sources():
            if not only or model in wanted:
                _hide(model, marks)
        yield
        transaction.set_rollback(True)


def _hide(model: type[models.Model], marks: Marks) -> None:
    table = model._meta.db_table
    fields = model._meta.concrete_fields
    columns = [_quoted(str(field.column)) for field in fields]
    written = [
        _quoted(str(field.column))
        for field in fields
        if not isinstance(field, models.GeneratedField)
    ]
    _keep_old(model, marks, written)
    if model is Crime:
        _follow(marks, written)
    key = model._meta.pk.column
    listed = ", ".join(columns)
    _run(
        f"CREATE TEMPORARY VIEW {table} AS SELECT {listed} FROM public.{table} AS standing"
        f" WHERE standing.{key} NOT IN (SELECT {key} FROM was_{table})"
        f" AND standing.{key}::text NOT IN {_late(table, marks)}"
        f" UNION ALL SELECT {listed} FROM was_{table}"
    )


def _late(table: str, marks: Marks) -> str:
    return (
        f"(SELECT row_key FROM {LATE} WHERE source = '{table}' AND id > {int(marks.get(LATE, 0))})"
    )


def _keep_old(model: type[models.Model], marks: Marks, written: list[str]) -> None:
    """The first old row since the mark is the row as it stood at the mark."""
    table, events = model._meta.db_table, _events(model)
    kept = _columns_of(events)
    copied = ", ".join(column for column in written if column in kept)
    _run(f"CREATE TEMPORARY TABLE was_{table} (LIKE public.{table} INCLUDING GENERATED)")
    _run(
        f"INSERT INTO was_{table} ({copied}) SELECT DISTINCT ON (pgh_obj_id) {copied}"
        f" FROM {events} WHERE pgh_id > %s AND pgh_obj_id::text NOT IN {_late(table, marks)}"
        " ORDER BY pgh_obj_id, pgh_id",
        marks.get(table, 0),
    )


def _columns_of(table: str) -> set[str]:
    with connection.cursor() as cursor:
        return {
            _quoted(column.name)
            for column in connection.introspection.get_table_description(cursor, table)
        }


def _quoted(column: str) -> str:
    """A column may have the name of a word of SQL."""
    return str(connection.ops.quote_name(column))


def _follow(marks: Marks, written: list[str]) -> None:
    """Crimes whose outcome or referral moved, with the one that they had."""
    copied = ", ".join(written)
    touched = " UNION ".join(_touched(model, marks) for model in FOLLOWING)
    _run(
        f"INSERT INTO was_{CRIME} ({copied}) SELECT {copied} FROM public.{CRIME} AS standing"
        f" WHERE crime_ref IN ({touched}) AND crime_ref NOT IN (SELECT crime_ref FROM was_{CRIME})"
        f" AND crime_ref NOT IN {_late(CRIME, marks)}"
    )
    _run(
        f"UPDATE was_{CRIME} AS crime SET outcome_code = live.outcome_code,"
        " outcome_at = live.outcome_at, referred_on = referral.referred_on"
        f" FROM (SELECT DISTINCT ON (was.crime_ref) was.crime_ref, outcome.outcome_code,"
        f" outcome.outcome_at FROM was_{CRIME} AS was"
        " LEFT JOIN offenders_outcome AS outcome ON outcome.crime_ref = was.crime_ref"
        " AND outcome.cancelled_at IS NULL"
        " LEFT JOIN offenders_outcomecode AS listed ON listed.code = outcome.outcome_code"
        " ORDER BY was.crime_ref, outcome.outcome_at DESC, listed.position) AS live"
        " LEFT JOIN offenders_hubreferral AS referral ON referral.crime_ref = live.crime_ref"
        " WHERE crime.crime_ref = live.crime_ref"
    )


def _touched(model: type[models.Model], marks: Marks) -> str:
    """Crimes of rows that changed, came or went since."""
    table = model._meta.db_table
    key = model._meta.pk.column
    return (
        f"SELECT crime_ref FROM was_{table} UNION SELECT crime_ref FROM public.{table}"
        f" WHERE {key}::text IN {_late(table, marks)}"
    )


def counts_otherwise(marks: Marks) -> bool:
    """Inside `as_at`: what a row counts as was defined otherwise."""
    return any(_touches(model, marks, "1") for model in COUNTING)


def touched_months(marks: Marks) -> dict[str, list[date]]:
    """Inside `as_at`: by feed, the months that hold a row which was otherwise, or not there."""
    kept = set(sources())
    feeds = {name: feed for name, feed in FEEDS.items() if feed.table in kept}
    found = {name: _touches(feed.table, marks, feed.month) for name, feed in feeds.items()}
    return {name: sorted(filter(None, months)) for name, months in found.items() if months}


def _touches(model: type[models.Model], marks: Marks, month: str) -> set[date]:
    table, key = model._meta.db_table, model._meta.pk.column
    column = f"date_trunc('month', {month}::timestamp)::date" if month != "1" else month
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {column} FROM was_{table} UNION SELECT {column} FROM public.{table}"
            f" WHERE {key} IN (SELECT {key} FROM was_{table})"
            f" OR {key}::text IN {_late(table, marks)}"
        )
        return {month for (month,) in cursor.fetchall()}


def _run(sql: str, *params: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params or None)
