"""How fast figures follow records, and how fast they are counted anew, against the machine's limits."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from subprocess import DEVNULL, Popen
from tempfile import TemporaryDirectory
from time import perf_counter, sleep
from typing import Any
from urllib.parse import urlencode

import duckdb
from celery import current_app
from django.conf import settings
from django.db import connection, transaction

from core.benchmarks import Ratio, benchmark, scratch_database
from core.changes import FOLD
from core.models import Change
from offenders.bench import write_crimes
from offenders.models import Crime
from performance import cube
from performance.bases import ADDITIVE, MEDIANS
from performance.cube import Sql
from performance.measures import Definitions
from performance.services.figures import fold_changes, rebuild, run

SAVES = 60
QUEUE = "bench-figures"
LONGEST = 5  # seconds that a figure may lag behind, whatever goes on
SMALLER = 10  # growth is measured from a tenth of the rows

PICK = "{0}[1 + floor(random() * cardinality({0}))::int]"
# In the order of time, as records come.
MOMENTS = """(SELECT i, timestamptz '2017-04-03 09:00Z'
            + percent_rank() OVER (ORDER BY i) * 46 * interval '1 month' AS at
        FROM generate_series(%s::bigint, %s::bigint) AS i) AS made"""
CRIMES = f"""
    INSERT INTO offenders_crime (crime_ref, recorded_at, offence_code, is_dwelling, district_code,
        has_victim, is_allocated, outcome_code, outcome_at, referred_on, version)
    SELECT 'bench-' || i, at, {PICK.format("offences")}, random() < 0.3, {PICK.format("districts")},
        random() < 0.8, random() < 0.7, outcome, CASE WHEN outcome IS NOT NULL
            THEN at + random() * interval '90 days' END,
        CASE WHEN random() < 0.1 THEN (at + interval '3 days')::date END, 1
    FROM (SELECT *, CASE WHEN random() < 0.8 THEN {PICK.format("outcomes")} END AS outcome
        FROM {MOMENTS},
        (SELECT array_agg(code) AS outcomes FROM offenders_outcomecode) AS listed) AS made,
    (SELECT array_agg(code) AS offences FROM offenders_offencecode) AS o,
    (SELECT array_agg(code) AS districts FROM core_unit WHERE kind = 'district') AS d
"""
GRADES = (
    "(ARRAY['immediate', 'prompt', 'prompt', 'scheduled', 'none'])[1 + floor(random() * 5)::int]"
)
CATEGORIES = (
    "(ARRAY['burglary-dwelling', 'domestic', 'traffic', 'other'])[1 + floor(random() * 4)::int]"
)
INCIDENTS = f"""
    INSERT INTO operations_incident (incident_ref, opened_at, grade, arrived_at, category,
        is_domestic, is_covid, district_code, crime_ref, location, version)
    SELECT 'bench-' || i, at, {GRADES},
        CASE WHEN random() < 0.8 THEN at + random() * interval '3 hours' END, {CATEGORIES},
        random() < 0.2, random() < 0.05, {PICK.format("districts")}, '', '', 1
    FROM {MOMENTS},
    (SELECT array_agg(code) AS districts FROM core_unit WHERE kind = 'district') AS d
"""
CALLS = f"""
    INSERT INTO performance_call (call_ref, line, offered_at, answered_at, version)
    SELECT 'bench-' || i, (ARRAY['999', 'non-emergency'])[1 + floor(random() * 2)::int], at,
        CASE WHEN random() < 0.95 THEN at + random() * interval '50 seconds' END, 1
    FROM {MOMENTS}
"""
TABLES = {"offenders_crime": CRIMES, "operations_incident": INCIDENTS, "performance_call": CALLS}


@benchmark
def figures_at_two_sizes(rows: int) -> Iterator[Ratio]:
    """A full rebuild against DuckDB, which holds the same rows in memory and does the same sums.

    And one crime saved and its figures changed, the database part: flat, whatever the size.
    """
    with scratch_database():
        fill(1, rows // SMALLER)
        small, small_save = _rebuilt_and_saved("small")
        fill(rows // SMALLER + 1, rows)
        large, large_save = _rebuilt_and_saved("large")
        limit = duckdb_time()
    yield Ratio(
        f"Full rebuild, {rows:,} crimes, incidents and calls",
        f"{large:.2f} s",
        f"DuckDB in memory {limit:.2f} s",
        large / limit,
        at_most=8,
    )
    yield Ratio(
        f"Rebuild of {rows:,} against {rows // SMALLER:,} of each",
        f"{large:.2f} s",
        f"{SMALLER} times {small:.2f} s",
        large / (SMALLER * small),
        at_most=1,
    )
    yield Ratio(
        f"Save to figure beside {rows:,} crimes",
        f"{large_save * 1000:.1f} ms",
        f"{small_save * 1000:.1f} ms beside {rows // SMALLER:,}",
        large_save / small_save,
        at_most=1.5,
    )


def _rebuilt_and_saved(prefix: str) -> tuple[float, float]:
    """Seconds of a rebuild and of a save, the tables in the cache as they are in a working day."""
    rebuild()
    return timed(rebuild), save_and_fold(prefix)


@benchmark
def figure_through_the_broker(rows: int) -> Iterator[Ratio]:
    """As a service does it: save, message, worker, fold. The goal is 50 ms at the 95th percentile."""
    with scratch_database():
        fill(1, rows // SMALLER)
        rebuild()
        with worker():
            times = sorted(_seen(n) for n in range(SAVES))
    late = times[int(SAVES * 0.95)]
    yield Ratio(
        f"Save to figure through the broker beside {rows // SMALLER:,}, 95th percentile",
        f"{late * 1000:.1f} ms (median {median(times) * 1000:.1f} ms)",
        "50 ms",
        late / 0.05,
        at_most=1,
    )


@benchmark
def figure_during_an_import(rows: int) -> Iterator[Ratio]:
    """The longest that a save waits for its figure while another process imports `rows` crimes."""
    with scratch_database(), TemporaryDirectory() as folder:
        fill(1, rows // SMALLER)
        rebuild()
        path = Path(folder) / "crimes.csv"
        write_crimes(path, rows)
        with worker(), importing(path) as process:
            times = [_seen(0)]
            while process.poll() is None:
                times.append(_seen(len(times)))
    yield Ratio(
        f"Save to figure during an import of {rows:,}, the longest of {len(times)}",
        f"{max(times):.2f} s (median {median(times) * 1000:.1f} ms)",
        f"{LONGEST} s",
        max(times) / LONGEST,
        at_most=1,
    )


@contextmanager
def importing(path: Path) -> Iterator[Popen[bytes]]:
    command = [sys.executable, "manage.py", "import_records", "crimes", str(path)]
    process = Popen(command, cwd=settings.BASE_DIR, env=_environment(), stdout=DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=60)


@contextmanager
def worker() -> Iterator[None]:
    """A worker of its own, on a queue of its own, for the scratch database."""
    command = [sys.executable, "-m", "celery", "--app", "config", "--quiet", "worker"]
    options = ["--queues", QUEUE, "--pool", "solo", "--loglevel", "error", "--without-gossip"]
    process = Popen([*command, *options], env=_environment())
    try:
        _save("warm-up", fold=False)
        _folded()
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


def _environment() -> dict[str, str]:
    """Of another process, for the scratch database."""
    known = connection.get_connection_params()
    names = {"user", "password", "host", "port"} & known.keys()
    address = f"postgresql:///{known['dbname']}?" + urlencode({name: known[name] for name in names})
    return os.environ | {"DATABASE_URL": address, "LOG_LEVEL": "WARNING"}


def _seen(n: int) -> float:
    start = perf_counter()
    _save(f"sent-{n}", fold=False)
    _folded()
    return perf_counter() - start


def _folded() -> None:
    """Ask for the fold, and wait until every change seen now is in the figures.

    By number up to the last would not do: an import that commits meanwhile has lower numbers.
    """
    seen = list(Change.objects.values_list("pk", flat=True))
    current_app.send_task(FOLD, queue=QUEUE)
    _wait_for(lambda: not Change.objects.filter(pk__in=seen).exists())


def _wait_for(happened: Callable[[], bool]) -> None:
    limit = perf_counter() + 60
    while not happened():
        if perf_counter() > limit:
            raise TimeoutError("No worker folded the change within a minute.")
        sleep(0.0005)


@benchmark
def log_of_changes(rows: int) -> Iterator[Ratio]:
    """What the triggers that log changes cost an insert of many."""
    with scratch_database():
        fill(1, rows)
        run("CREATE TABLE bench_source AS SELECT * FROM offenders_crime")
        without = timed(insert_again, "DISABLE")
        logged = timed(insert_again, "ENABLE")
    yield Ratio(
        f"Insert of {rows:,} crimes with every trigger",
        f"{logged:.2f} s",
        f"without {without:.2f} s",
        logged / without,
        at_most=2,
    )


def fill(first: int, last: int) -> None:
    """Rows as a force has them, past the triggers: what those cost is measured elsewhere."""
    for table, made in TABLES.items():
        with transaction.atomic():
            run(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            run(made, first, last)
            run(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        run(f"VACUUM ANALYZE {table}")


def insert_again(triggers: str) -> None:
    columns = (
        "crime_ref, recorded_at, offence_code, is_dwelling, district_code, has_victim, is_allocated"
    )
    with transaction.atomic():
        run("TRUNCATE offenders_crime, core_change CASCADE")
        run(f"ALTER TABLE offenders_crime {triggers} TRIGGER USER")
        run(f"INSERT INTO offenders_crime ({columns}) SELECT {columns} FROM bench_source")


def timed(work: Callable[..., object], *args: Any) -> float:
    start = perf_counter()
    work(*args)
    return perf_counter() - start


def save_and_fold(prefix: str) -> float:
    """Seconds at the median, from the start of the save to the fold's commit."""
    return median(timed(_save, f"{prefix}-{n}") for n in range(SAVES))


def _save(ref: str, *, fold: bool = True) -> None:
    Crime.objects.create(
        crime_ref=ref, recorded_at="2021-01-15T12:00Z", offence_id="48", district_id="fenland"
    )
    if fold:
        fold_changes()


def duckdb_time() -> float:
    """Seconds for the aggregates of a rebuild, the rows copied to memory before the clock starts."""
    with duckdb.connect() as memory, TemporaryDirectory() as folder:
        for table in (*TABLES, "core_unitclosure"):
            _copy(memory, table, Path(folder))
        definitions = Definitions.load()
        statements = [_counted(definitions), *_middles(definitions)]
        return sum(timed(lambda text=text: memory.execute(text).fetchall()) for text in statements)


def _copy(memory: duckdb.DuckDBPyConnection, table: str, folder: Path) -> None:
    file = folder / f"{table}.csv"
    rows = f"COPY (SELECT * FROM {table}) TO STDOUT (FORMAT csv, HEADER)"  # generated ones too
    with connection.cursor() as cursor, cursor.copy(rows) as copy, file.open("wb") as out:
        for block in copy:
            out.write(block)
    memory.execute(
        f"CREATE TABLE {table} AS SELECT * FROM read_csv(?, all_varchar = false)", [str(file)]
    )


def _counted(definitions: Definitions) -> str:
    held = [basis for basis, feed in ADDITIVE.items() if feed.table._meta.db_table in TABLES]
    sources = [(basis, cube.from_rows(basis)) for basis in held]
    return _literal(cube.figures(sources, definitions))


def _middles(definitions: Definitions) -> list[str]:
    return [_grouped_medians(basis, definitions) for basis in MEDIANS]


def _grouped_medians(basis: str, definitions: Definitions) -> str:
    """The plain form, which is DuckDB's fastest."""
    columns = cube.Columns(basis, definitions)
    for _, _, measure in cube.parts_of(basis):
        columns.column(measure)
    conditions = columns.names.values()
    values = ", ".join(
        f"percentile_cont(0.5) WITHIN GROUP (ORDER BY {cube.COUNTED}.{MEDIANS[basis]})"
        f" FILTER (WHERE {sql.text}) AS {name}"
        for name, sql in columns.names.items()
    )
    source = cube.from_rows(basis)
    text = (
        f"SELECT above.ancestor_id AS unit, {cube.COUNTED}.month, {values}"
        f" FROM ({source.text}) AS {cube.COUNTED}"
        f" JOIN core_unitclosure AS above ON above.descendant_id = {cube.COUNTED}.unit"
        f" GROUP BY above.ancestor_id, {cube.COUNTED}.month"
    )
    params = [param for sql in conditions for param in sql.params]
    return _literal(Sql(text, (*params, *source.params)))


def _literal(sql: Sql) -> str:
    with connection.cursor() as cursor:
        return str(cursor.mogrify(sql.text, sql.params))
