"""The figures: changes folded in, everything rebuilt from the rows, the two held together.

One advisory lock lets one process at a time write cells and figures; writers of records never take
it, and readers see a whole board before or after, since all is swapped in one transaction.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import structlog
from django.db import connection, transaction
from django.utils import timezone

from core.changes import DEFINITION
from core.dates import months_between
from core.models import Change
from performance import cube
from performance.bases import ADDITIVE, MEDIANS, SNAPSHOTS
from performance.cube import CELL, Sql
from performance.measures import Definitions
from performance.models import Figure, FigureState

log = structlog.get_logger(__name__)

LOCK = 0x0A3A6E5  # any number, the same in every process
FIGURE = Figure._meta.db_table
COLUMNS = "indicator, unit, month, numerator, denominator, value, n"


@dataclass(frozen=True)
class Differences:
    """Cells and figures that stood otherwise than the rows say."""

    cells: int
    figures: int

    def __bool__(self) -> bool:
        return bool(self.cells or self.figures)


def run(sql: Sql | str, *params: Any) -> int:
    """Rows touched."""
    text, values = (sql, params) if isinstance(sql, str) else (sql.text, sql.params)
    with connection.cursor() as cursor:
        cursor.execute(text, values)
        return int(cursor.rowcount)


def fetched(sql: str, *params: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


# Folding changes in


def fold_changes() -> int:
    """Take every change that is committed into cells and figures; the number of changes taken.

    All of them at once: a batch could part the changes of one transaction, and a reader would see
    an import half counted. Run twice or by two workers at once, it does no harm.
    """
    if not Change.objects.exists():
        return 0
    with transaction.atomic():
        run("SELECT pg_advisory_xact_lock(%s)", LOCK)
        return _fold()


def _fold() -> int:
    taken: dict[str, list[int]] = dict(
        fetched("SELECT basis, array_agg(id) FROM core_change GROUP BY basis")
    )
    if not taken:
        return 0
    definitions = Definitions.load()
    marks = _marks(taken)
    ids = [one for of_basis in taken.values() for one in of_basis]
    _fold_additive([basis for basis in taken if basis in ADDITIVE], ids, definitions)
    if DEFINITION in taken:
        _refresh(definitions)
    else:
        _refresh_medians(marks, definitions)
        _refresh_snapshots(_months_touched(marks), definitions)
    FigureState.objects.update_or_create(
        defaults={"folded_at": timezone.now(), "last_month": last_month()}
    )
    return len(ids)


@dataclass(frozen=True)
class Mark:
    basis: str
    month: date
    unit: str
    until: date | None


def _marks(taken: dict[str, list[int]]) -> list[Mark]:
    ids = [one for basis, of_basis in taken.items() if basis not in ADDITIVE for one in of_basis]
    if not ids:
        return []
    rows = fetched(
        "SELECT DISTINCT basis, month, unit, (dims ->> 'until')::date FROM core_change"
        " WHERE id = ANY(%s) AND basis <> %s",
        ids,
        DEFINITION,
    )
    return [Mark(*row) for row in rows]


def _fold_additive(bases: Sequence[str], ids: list[int], definitions: Definitions) -> None:
    """In one statement: the log gives up its changes, cells and figures take their sums."""
    gone = "DELETE FROM core_change WHERE id = ANY(%s) RETURNING basis, month, unit, dims, n"
    if not bases:
        run(gone, ids)
        return
    sources = [(basis, cube.from_cells(basis, "deltas")) for basis in bases]
    added = cube.figures(sources, definitions)
    text = f"""
        WITH gone AS ({gone}),
        deltas AS MATERIALIZED (
            SELECT basis, month, unit, dims, sum(n)::int AS n FROM gone WHERE basis = ANY(%s)
            GROUP BY basis, month, unit, dims HAVING sum(n) <> 0
        ),
        cells AS (
            INSERT INTO {CELL} (basis, month, unit, dims, n)
            SELECT basis, month, unit, dims, n FROM deltas ORDER BY basis, month, unit, dims
            ON CONFLICT (basis, month, unit, dims) DO UPDATE SET n = {CELL}.n + excluded.n
        )
        INSERT INTO {FIGURE} ({COLUMNS}) {added.text} ORDER BY indicator, unit, month
        ON CONFLICT (indicator, unit, month) DO UPDATE SET
            numerator = {FIGURE}.numerator + excluded.numerator,
            denominator = {FIGURE}.denominator + excluded.denominator
    """
    run(text, ids, list(bases), *added.params)


def _refresh_medians(marks: Sequence[Mark], definitions: Definitions) -> None:
    for basis in MEDIANS:
        touched = [mark for mark in marks if mark.basis == basis]
        if touched:
            _replace_medians(basis, touched, definitions)


def _replace_medians(basis: str, marks: Sequence[Mark], definitions: Definitions) -> None:
    touched = Sql(
        "SELECT DISTINCT above.ancestor_id AS unit, mark.month"
        " FROM unnest(%s::date[], %s::text[]) AS mark (month, unit)"
        " JOIN core_unitclosure AS above ON above.descendant_id = mark.unit",
        ([mark.month for mark in marks], [mark.unit for mark in marks]),
    )
    slugs = _indicators_of(basis)
    run(
        f"DELETE FROM {FIGURE} WHERE indicator = ANY(%s) AND (unit, month) IN ({touched.text})",
        slugs,
        *touched.params,
    )
    _insert(cube.medians(basis, touched, definitions))


def _months_touched(marks: Sequence[Mark]) -> dict[str, list[date]]:
    """Months whose positions are to be taken anew; an open row counts in every later month."""
    ends = sorted(month for month in (last_month(), _known_last_month()) if month)
    if not ends:
        return {}
    touched: dict[str, set[date]] = {basis: set() for basis in SNAPSHOTS}
    for mark in marks:
        if mark.basis in SNAPSHOTS:
            touched[mark.basis].update(months_between(mark.month, mark.until or ends[-1]))
    for months in touched.values():  # the last month of any record has moved
        months.update(months_between(ends[0], ends[-1])[1:])
    return {basis: sorted(months) for basis, months in touched.items() if months}


def _refresh_snapshots(touched: dict[str, list[date]], definitions: Definitions) -> None:
    last = last_month()
    for basis, months in touched.items():
        run(
            f"DELETE FROM {FIGURE} WHERE indicator = ANY(%s) AND month = ANY(%s)",
            _indicators_of(basis),
            months,
        )
        reached = [month for month in months if last and month <= last]
        source = cube.at_month_ends(basis, Sql("SELECT unnest(%s::date[]) AS month", (reached,)))
        _insert(cube.figures([(basis, source)], definitions))


def _insert(sql: Sql) -> int:
    return run(Sql(f"INSERT INTO {FIGURE} ({COLUMNS}) {sql.text}", sql.params))


def _indicators_of(basis: str) -> list[str]:
    return sorted({slug for slug, _, _ in cube.parts_of(basis)})


def _known_last_month() -> date | None:
    return FigureState.objects.values_list("last_month", flat=True).first()


# Building anew


def rebuild(*, months: Sequence[date] = ()) -> Differences:
    """Count every row again (of the months, or of all time); what stood otherwise is put right."""
    with _alone():
        if months:
            run(
                "DELETE FROM core_change WHERE month = ANY(%s) AND basis = ANY(%s)",
                list(months),
                list(ADDITIVE),
            )
        else:
            run("DELETE FROM core_change")
        found = _rebuild(months)
        FigureState.objects.update_or_create(
            defaults={"rebuilt_at": timezone.now(), "folded_at": timezone.now()}
        )
    return found


def verify() -> Differences:
    """Rebuild beside the live figures and say how many stand otherwise; nothing is changed."""
    with _alone():
        _fold()
        found = _rebuild()
        transaction.set_rollback(True)
    FigureState.objects.update_or_create(
        defaults={"verified_at": timezone.now(), "differences": found.cells + found.figures}
    )
    return found


def verify_and_repair() -> Differences:
    """The nightly check: a difference is a fault of this program, so it is said loudly."""
    found = verify()
    if found:
        log.error("figures_differ_from_records", cells=found.cells, figures=found.figures)
        rebuild()
    return found


@contextmanager
def _alone() -> Iterator[None]:
    """Nobody else writes figures, and rows and changes are seen as of one moment.

    The lock comes before the snapshot, else the snapshot would miss what a fold did while this
    waited for it. Inside a transaction of the caller its isolation stands.
    """
    if connection.in_atomic_block:
        run("SELECT pg_advisory_xact_lock(%s)", LOCK)
        with transaction.atomic():
            yield
        return
    run("SELECT pg_advisory_lock(%s)", LOCK)
    try:
        with transaction.atomic():
            run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            yield
    finally:
        run("SELECT pg_advisory_unlock(%s)", LOCK)


def _rebuild(months: Sequence[date] = ()) -> Differences:
    run("SET LOCAL work_mem = '256MB'")
    cells = _swap_cells(list(months))
    return Differences(cells, _refresh(Definitions.load()))


def _swap_cells(months: list[date]) -> int:
    fresh = cube.cells(of_months=bool(months))
    run("DROP TABLE IF EXISTS fresh_cell")
    run(
        f"CREATE TEMPORARY TABLE fresh_cell ON COMMIT DROP AS {fresh}",
        *([months] * len(ADDITIVE) if months else []),
    )
    run("ANALYZE fresh_cell")
    gone = run(
        f"DELETE FROM {CELL} AS old WHERE {'old.month = ANY(%s) AND' if months else ''}"
        " NOT EXISTS (SELECT FROM fresh_cell AS fresh WHERE fresh.basis = old.basis"
        " AND fresh.month = old.month AND fresh.unit = old.unit AND fresh.dims = old.dims)"
        " AND old.n <> 0",
        *([months] if months else []),
    )
    put = run(
        f"INSERT INTO {CELL} AS old (basis, month, unit, dims, n)"
        " SELECT basis, month, unit, dims, n FROM fresh_cell"
        " ON CONFLICT (basis, month, unit, dims) DO UPDATE SET n = excluded.n"
        " WHERE old.n <> excluded.n"
    )
    return gone + put


def _refresh(definitions: Definitions) -> int:
    """Work every figure out anew from the cells, and from the rows what does not add up."""
    parts = [cube.figures([(basis, cube.from_cells(basis)) for basis in ADDITIVE], definitions)]
    parts += [cube.medians(basis, _all_months_and_units(), definitions) for basis in MEDIANS]
    snapshots = [(basis, cube.at_month_ends(basis, _all_months(basis))) for basis in SNAPSHOTS]
    parts.append(cube.figures(snapshots, definitions))
    run("DROP TABLE IF EXISTS fresh_figure")
    run(
        Sql(
            "CREATE TEMPORARY TABLE fresh_figure ON COMMIT DROP AS "
            + " UNION ALL ".join(f"SELECT * FROM ({part.text}) AS part" for part in parts),
            tuple(param for part in parts for param in part.params),
        )
    )
    found = _swap_figures()
    FigureState.objects.update_or_create(defaults={"last_month": last_month()})
    return found


def _all_months_and_units() -> Sql:
    return Sql(
        "SELECT DISTINCT above.ancestor_id AS unit, cell.month"
        f" FROM {CELL} AS cell JOIN core_unitclosure AS above ON above.descendant_id = cell.unit"
        " WHERE cell.basis = 'incident'"
    )


def _all_months(basis: str) -> Sql:
    table = SNAPSHOTS[basis].feed.table._meta.db_table
    first = f"SELECT date_trunc('month', min(opened_on)::timestamp) FROM {table}"
    return Sql(
        f"SELECT generate_series(({first}), %s::timestamp, '1 month')::date AS month",
        (last_month(),),
    )


def _swap_figures() -> int:
    run("ANALYZE fresh_figure")
    # A figure of 0 and no figure say the same.
    gone = run(
        f"DELETE FROM {FIGURE} AS old WHERE NOT EXISTS (SELECT FROM fresh_figure AS fresh"
        " WHERE fresh.indicator = old.indicator AND fresh.unit = old.unit"
        " AND fresh.month = old.month) AND (old.numerator, coalesce(old.denominator, 0))"
        " IS DISTINCT FROM (0, 0)"
    )
    put = run(
        f"INSERT INTO {FIGURE} AS old ({COLUMNS}) SELECT {COLUMNS} FROM fresh_figure"
        " ON CONFLICT (indicator, unit, month) DO UPDATE SET numerator = excluded.numerator,"
        " denominator = excluded.denominator, value = excluded.value, n = excluded.n"
        " WHERE (old.numerator, old.denominator, old.value, old.n) IS DISTINCT FROM"
        " (excluded.numerator, excluded.denominator, excluded.value, excluded.n)"
    )
    return gone + put


def last_month() -> date | None:
    """The last month of any record: as far as open contracts and reviews are counted on."""
    ends = [
        f"(SELECT max(month) FROM {CELL} WHERE basis = '{basis}' AND n > 0)" for basis in ADDITIVE
    ]
    for snapshot in SNAPSHOTS.values():
        table = snapshot.feed.table._meta.db_table
        ends.append(f"(SELECT date_trunc('month', max(opened_on)::timestamp)::date FROM {table})")
    [[last]] = fetched(f"SELECT greatest({', '.join(ends)})")
    return cast("date | None", last)
