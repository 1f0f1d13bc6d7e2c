"""The figures: changes folded in, everything rebuilt from the rows, the two held together.

One advisory lock lets one process at a time write cells and figures; writers of records never take
it, and readers see a whole board before or after, since all is swapped in one transaction.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import structlog
from django.db import connection, transaction
from django.db.models import Max, Min
from django.utils import timezone

from core.changes import DEFINITION, FORCE
from core.dates import months_between
from core.models import Unit, UnitClosure
from performance import cube
from performance.bases import ADDITIVE, FEEDS, MEDIANS, SNAPSHOTS, all_of
from performance.cube import Sql
from performance.measures import Definitions
from performance.models import Figure, FigureState

log = structlog.get_logger(__name__)

LOCK = 0x0A3A6E5  # any number, the same in every process
FIGURE = Figure._meta.db_table
STATE = FigureState._meta.db_table
COLUMNS = "indicator, unit, month, numerator, denominator, value, n"
# Open contracts and reviews are counted on up to the last month of any record.
LAST_MONTH = (
    f"SELECT max(month) FROM {FIGURE} WHERE indicator = ANY(%s) AND unit = %s AND numerator > 0"
)
OF_ALL_RECORDS = ([all_of(basis) for basis in ADDITIVE], FORCE)


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
    """Take every change that is committed into the figures; the number of changes taken.

    All of them at once: a batch could part the changes of one transaction, and a reader would see
    an import half counted. Run twice or by two workers at once, it does no harm.
    """
    taken = _waiting()
    if DEFINITION in taken:
        rebuild()
    elif taken:
        with transaction.atomic():
            run("SELECT pg_advisory_xact_lock(%s)", LOCK)
            _fold(taken)
    return sum(len(ids) for ids in taken.values())


def _waiting() -> dict[str, list[int]]:
    """Changes by basis, as one moment sees them: of a transaction either all or none."""
    return dict(fetched("SELECT basis, array_agg(id) FROM core_change GROUP BY basis"))


def _fold(taken: dict[str, list[int]]) -> None:
    definitions = Definitions.load()
    ids = [one for of_basis in taken.values() for one in of_basis]
    marks = _marks(taken)
    _fold_additive(tuple(sorted(ADDITIVE.keys() & taken)), ids, definitions)
    _refresh_medians(marks, definitions)
    known, last = _note_fold()
    _refresh_snapshots(marks, known, last, definitions)


def _note_fold() -> tuple[date | None, date | None]:
    """The last month of any record, until now and from now on."""
    found = fetched(
        f"UPDATE {STATE} AS state SET folded_at = clock_timestamp(), last_month = ({LAST_MONTH})"
        f" FROM {STATE} AS was WHERE was.id = state.id RETURNING was.last_month, state.last_month",
        *OF_ALL_RECORDS,
    )
    if found:
        [(known, last)] = found
        return known, last
    FigureState.objects.create()
    return _note_fold()


def _note(**state: Any) -> None:
    """On the one row that says how things stand."""
    if not FigureState.objects.update(**state):
        FigureState.objects.create(**state)


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


def _fold_additive(bases: tuple[str, ...], ids: list[int], definitions: Definitions) -> None:
    """In one statement: the log gives up its changes, the figures take their sums.

    A change that another worker took meanwhile is not given up twice.
    """
    gone = "DELETE FROM core_change WHERE id = ANY(%s) RETURNING basis, month, unit, dims, n"
    if not bases:
        run(gone, ids)
        return
    added = cube.added(bases, "gone", definitions)
    text = f"""
        WITH gone AS ({gone})
        INSERT INTO {FIGURE} ({COLUMNS}) {added.text} ORDER BY indicator, unit, month
        ON CONFLICT (indicator, unit, month) DO UPDATE SET
            numerator = {FIGURE}.numerator + excluded.numerator,
            denominator = {FIGURE}.denominator + excluded.denominator
    """
    run(text, ids, *added.params)


def _refresh_medians(marks: Sequence[Mark], definitions: Definitions) -> None:
    for basis in MEDIANS:
        months = {mark.month for mark in marks if mark.basis == basis}
        if not months:
            continue
        units = _with_those_above({mark.unit for mark in marks if mark.basis == basis})
        run(
            f"DELETE FROM {FIGURE} WHERE indicator = ANY(%s) AND unit = ANY(%s) AND month = ANY(%s)",
            _indicators_of(basis),
            units,
            list(months),
        )
        source = cube.from_rows(basis, sorted(months))
        _insert(cube.medians(basis, source, units, definitions))


def _with_those_above(codes: set[str]) -> list[str]:
    pairs = UnitClosure.objects.filter(descendant__in=codes)
    return sorted(set(pairs.values_list("ancestor_id", flat=True)))


def _refresh_snapshots(
    marks: Sequence[Mark], known: date | None, last: date | None, definitions: Definitions
) -> None:
    """Positions at the touched months' ends; an open row counts in every later month.

    `known`: the last month until now; where the last month of any record moves, months come or go.
    """
    ends = sorted(month for month in (known, last) if month)
    for basis in SNAPSHOTS if ends else ():
        months = set(months_between(ends[0], ends[-1])[1:])
        for mark in marks:
            if mark.basis == basis:
                months.update(months_between(mark.month, mark.until or ends[-1]))
        if months:
            _replace_snapshots(basis, sorted(months), last, definitions)


def _replace_snapshots(
    basis: str, months: list[date], last: date | None, definitions: Definitions
) -> None:
    run(
        f"DELETE FROM {FIGURE} WHERE indicator = ANY(%s) AND month = ANY(%s)",
        _indicators_of(basis),
        months,
    )
    reached = [month for month in months if last and month <= last]
    source = cube.at_month_ends(basis, Sql("SELECT unnest(%s::date[]) AS month", (reached,)))
    _insert(cube.figures([(basis, source)], definitions))


def _insert(sql: Sql, table: str = FIGURE) -> int:
    return run(Sql(f"INSERT INTO {table} ({COLUMNS}) {sql.text}", sql.params))


def _indicators_of(basis: str) -> list[str]:
    return sorted({slug for slug, _, _ in cube.parts_of(basis)})


# Building anew


def rebuild(*, months: Sequence[date] = ()) -> int:
    """Count every row again (of the months, or of all time); how many figures stood otherwise."""
    with _alone():
        _forget_changes(months)
        found = _rebuild(months)
        _note_fold()
        _note(rebuilt_at=timezone.now())
    return found


def _forget_changes(months: Sequence[date]) -> None:
    """Those that this snapshot sees: its rows have them already. Marks do no harm twice."""
    if months:
        gone = "DELETE FROM core_change WHERE month = ANY(%s) AND basis = ANY(%s)"
        run(gone, list(months), list(ADDITIVE))
    else:
        run("DELETE FROM core_change")


def verify() -> int:
    """Rebuild beside the live figures: how many stand otherwise. Nothing is changed."""
    with _alone():
        _fold(_waiting())
        found = _rebuild()
        transaction.set_rollback(True)
    _note(verified_at=timezone.now(), differences=found)
    return found


def verify_and_repair() -> int:
    """The nightly check: a difference is a fault of this program, so it is said loudly."""
    found = verify()
    if found:
        log.error("figures_differ_from_records", figures=found)
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


def count_anew(months: Sequence[date] = ()) -> None:
    """From the rows (of the months, or of all time), by whoever has seen to it that nobody else
    writes figures."""
    _rebuild(months)


def _rebuild(months: Sequence[date] = ()) -> int:
    definitions = Definitions.load()
    run("SET LOCAL work_mem = '256MB'")
    run("DROP TABLE IF EXISTS fresh_figure")
    rows = [(basis, cube.from_rows(basis, months)) for basis in ADDITIVE]
    fresh = cube.figures(rows, definitions)
    run(Sql(f"CREATE TEMPORARY TABLE fresh_figure ON COMMIT DROP AS {fresh.text}", fresh.params))
    ends = FIGURE if months else "fresh_figure"  # the few months do not say how far records reach
    snapshots = [
        (basis, cube.at_month_ends(basis, _all_months(basis, ends))) for basis in SNAPSHOTS
    ]
    _insert(cube.figures(snapshots, definitions), "fresh_figure")
    units = list(Unit.objects.values_list("code", flat=True))
    for basis in MEDIANS:
        for month in months or _months_of(basis):  # each in memory, however many rows there are
            source = cube.from_rows(basis, [month])
            _insert(cube.medians(basis, source, units, definitions), "fresh_figure")
    return _swap(list(months))


def _months_of(basis: str) -> list[date]:
    feed = FEEDS[basis]
    reach = feed.table._default_manager.aggregate(first=Min(feed.month), last=Max(feed.month))
    return months_between(reach["first"], reach["last"]) if reach["first"] else []


def _all_months(basis: str, figures: str) -> Sql:
    table = SNAPSHOTS[basis].feed.table._meta.db_table
    first = f"SELECT date_trunc('month', min({SNAPSHOTS[basis].opened})::timestamp) FROM {table}"
    last = LAST_MONTH.replace(FIGURE, figures)
    return Sql(
        f"SELECT generate_series(({first}), ({last})::timestamp, '1 month')::date AS month",
        OF_ALL_RECORDS,
    )


def _swap(months: list[date]) -> int:
    """Put the fresh figures in place; those that stand right already are not written."""
    run("ANALYZE fresh_figure")
    within = "old.month = ANY(%s) AND" if months else ""
    # A figure of 0 and no figure say the same.
    gone = run(
        f"DELETE FROM {FIGURE} AS old WHERE {within}"
        " NOT EXISTS (SELECT FROM fresh_figure AS fresh WHERE fresh.indicator = old.indicator"
        " AND fresh.unit = old.unit AND fresh.month = old.month)"
        " AND (old.numerator, coalesce(old.denominator, 0)) IS DISTINCT FROM (0, 0)",
        *([months] if months else []),
    )
    put = run(
        f"INSERT INTO {FIGURE} AS old ({COLUMNS}) SELECT {COLUMNS} FROM fresh_figure"
        " ON CONFLICT (indicator, unit, month) DO UPDATE SET numerator = excluded.numerator,"
        " denominator = excluded.denominator, value = excluded.value, n = excluded.n"
        " WHERE (old.numerator, old.denominator, old.value, old.n) IS DISTINCT FROM"
        " (excluded.numerator, excluded.denominator, excluded.value, excluded.n)"
    )
    return gone + put
