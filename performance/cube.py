"""Figures as SQL: from what is counted to one row an indicator, unit and month.

The source of a basis is a query of `month, unit, <dims>, n`: the changes that writes left, or the
rows themselves. It is read under the name of the change table, so that one set of conditions holds
for both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models import Func, Q
from django.db.models.sql import Query

from core.models import Change
from performance.bases import ADDITIVE, FEEDS, MEDIANS, SNAPSHOTS, all_of, dims
from performance.indicators import INDICATORS
from performance.measures import Definitions, Measure

COUNTED = Change._meta.db_table
SQL_TYPES = {"BooleanField": "boolean", "FloatField": "float8", "DateField": "date"}


@dataclass(frozen=True)
class Sql:
    text: str
    params: tuple[Any, ...] = ()


@dataclass
class Columns:
    """Conditions over one basis, each distinct one once, under the name of its column."""

    basis: str
    definitions: Definitions
    names: dict[str, Sql] = field(default_factory=dict)

    def column(self, measure: Measure) -> str:
        sql = where(self.basis, measure.q(self.definitions))
        for name, known in self.names.items():
            if known == sql:
                return name
        name = f"m{len(self.names)}"
        self.names[name] = sql
        return name


class Column(Func):
    """A column of the source, typed."""

    arity = 0
    template = f"{COUNTED}.%(column)s"

    def __init__(self, column: str, output_field: models.Field[Any, Any]) -> None:
        super().__init__(column=column, output_field=output_field)


def where(basis: str, q: Q) -> Sql:
    """The condition as SQL over the source of the basis."""
    query = Query(Change)
    for name, kind in dims(basis).items():
        query.add_annotation(Column(name, kind), name)
    return compiled(query, q)


def compiled(query: Query, q: Q) -> Sql:
    try:
        text, params = query.build_where(q).as_sql(query.get_compiler(DEFAULT_DB_ALIAS), connection)
    except EmptyResultSet:
        return Sql("false")
    except FullResultSet:
        return Sql("true")
    return Sql(str(text), tuple(params)) if text else Sql("true")


def parts_of(basis: str) -> list[tuple[str, str, Measure]]:
    """Indicator, part and measure of every part over the basis, and how many rows there are."""
    parts = [
        (slug, part, measure)
        for slug, indicator in INDICATORS.items()
        for part, measure in indicator.measures.items()
        if measure.basis == basis
    ]
    return [*parts, (all_of(basis), "numerator", Measure(basis))] if basis in ADDITIVE else parts


def from_changes(basis: str, table: str) -> Sql:
    """The source of a basis in a table shaped like the change log: dims out of their JSON."""
    columns = "".join(
        f", (dims ->> '{name}')::{SQL_TYPES.get(type(kind).__name__, 'text')} AS {name}"
        for name, kind in dims(basis).items()
    )
    return Sql(f"SELECT month, unit{columns}, n FROM {table} WHERE basis = %s", (basis,))


@lru_cache(maxsize=64)
def added(bases: tuple[str, ...], table: str, definitions: Definitions) -> Sql:
    """What the changes in a table add to every figure. Kept, since it is asked at every save."""
    return figures([(basis, from_changes(basis, table)) for basis in bases], definitions)


def from_rows(basis: str, months: Sequence[date] = ()) -> Sql:
    """The source of a basis in its rows: of all time, or of the months."""
    feed = FEEDS[basis]
    counted = feed.counted(feed.table)
    if not months:
        return Sql(counted)
    return Sql(f"SELECT * FROM ({counted}) AS counted WHERE month = ANY(%s)", (list(months),))


def at_month_ends(basis: str, months: Sql) -> Sql:
    """The source of a snapshot: its live rows at the end of each month of a query of months."""
    snapshot = SNAPSHOTS[basis]
    model = snapshot.feed.table
    query = Query(model)
    query.add_annotation(MonthEnd(), "month_end")
    live, overdue = compiled(query, snapshot.live), compiled(query, snapshot.overdue)
    _, unit, *_ = snapshot.feed.columns(model)
    column = {one.name: f"{model._meta.db_table}.{one.column}" for one in model._meta.fields}
    kept = "".join(f", {column[name]} AS {name}" for name in snapshot.kept)
    weight = column[snapshot.feed.weight] if snapshot.feed.weight else "1"
    text = (
        f"SELECT ends.month, {unit}, ({overdue.text}) AS is_overdue{kept}, {weight} AS n"
        f" FROM (SELECT month, (month + interval '1 month - 1 day')::date AS month_end"
        f" FROM ({months.text}) AS months) AS ends"
        f" JOIN {model._meta.db_table} ON {live.text}"
    )
    return Sql(text, (*overdue.params, *months.params, *live.params))


class MonthEnd(Func):
    arity = 0
    template = "ends.month_end"
    output_field = models.DateField()


def figures(sources: Iterable[tuple[str, Sql]], definitions: Definitions) -> Sql:
    """Every figure that the sources (basis, source) add up to, for every unit that holds rows.

    Both parts of a rate are in one row, 0 where only the other has rows.
    """
    selects = [_figures_of(basis, source, definitions) for basis, source in sources]
    union = " UNION ALL ".join(sql.text for sql in selects)
    text = (
        "SELECT indicator, unit, month, sum(numerator)::int AS numerator,"
        " sum(denominator)::int AS denominator, NULL::float8 AS value, NULL::int AS n"
        f" FROM ({union}) AS parts GROUP BY indicator, unit, month"
    )
    return Sql(text, tuple(param for sql in selects for param in sql.params))


def _figures_of(basis: str, source: Sql, definitions: Definitions) -> Sql:
    columns = Columns(basis, definitions)
    parts = [
        f"('{slug}', {_part(slug, part, columns.column(measure))})"
        for slug, part, measure in parts_of(basis)
    ]
    sums = ", ".join(
        f"coalesce(sum(n) FILTER (WHERE {sql.text}), 0) AS {name}"
        for name, sql in columns.names.items()
    )
    totals = ", ".join(f"sum({name}) AS {name}" for name in columns.names)
    text = (
        "SELECT part.indicator, sums.unit, sums.month, part.numerator, part.denominator"
        f" FROM (SELECT above.ancestor_id AS unit, held.month, {totals}"
        f" FROM (SELECT unit, month, {sums} FROM ({source.text}) AS {COUNTED}"
        " GROUP BY unit, month) AS held"
        " JOIN core_unitclosure AS above ON above.descendant_id = held.unit"
        " GROUP BY above.ancestor_id, held.month) AS sums"
        f" CROSS JOIN LATERAL (VALUES {', '.join(parts)})"
        " AS part (indicator, numerator, denominator)"
        " WHERE part.numerator <> 0 OR part.denominator <> 0"
    )
    params = [param for sql in columns.names.values() for param in sql.params]
    return Sql(text, (*params, *source.params))


def _part(slug: str, part: str, column: str) -> str:
    if part == "denominator":
        return f"0, {column}"
    is_rate = slug in INDICATORS and INDICATORS[slug].denominator
    return f"{column}, {'0' if is_rate else 'NULL::bigint'}"


def medians(basis: str, source: Sql, units: Sequence[str], definitions: Definitions) -> Sql:
    """Medians for the units, from the rows of a month or a few: they cannot be added up.

    The values of each unit are gathered in arrays first, so that no row is sorted once for each
    unit above its own; only the values themselves are.
    """
    columns = Columns(basis, definitions)
    middles = " UNION ALL ".join(
        _median(slug, columns.column(measure)) for slug, _, measure in parts_of(basis)
    )
    conditions = columns.names.items()
    gathered = ", ".join(
        f"array_agg({COUNTED}.{MEDIANS[basis]}) FILTER (WHERE {sql.text}) AS {name}"
        for name, sql in conditions
    )
    text = (
        f"WITH held AS (SELECT unit, month, {gathered} FROM ({source.text}) AS {COUNTED}"
        " GROUP BY unit, month), spots AS (SELECT DISTINCT above.ancestor_id AS unit, held.month"
        " FROM held JOIN core_unitclosure AS above ON above.descendant_id = held.unit"
        " WHERE above.ancestor_id = ANY(%s))"
        " SELECT part.indicator, spots.unit, spots.month, NULL::int AS numerator,"
        " NULL::int AS denominator, part.value, part.n::int AS n"
        f" FROM spots CROSS JOIN LATERAL ({middles}) AS part WHERE part.n > 0"
    )
    params = [param for _, sql in conditions for param in sql.params]
    return Sql(text, (*params, *source.params, list(units)))


def _median(slug: str, column: str) -> str:
    return (
        f"SELECT '{slug}' AS indicator, count(*) AS n,"
        " percentile_cont(0.5) WITHIN GROUP (ORDER BY one) AS value"
        " FROM held JOIN core_unitclosure AS below ON below.descendant_id = held.unit"
        f" CROSS JOIN unnest(held.{column}) AS one"
        " WHERE below.ancestor_id = spots.unit AND held.month = spots.month"
    )
