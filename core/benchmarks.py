"""Ratios to a limit measured in the same run on the same machine; a time alone says nothing elsewhere.

An app's benchmarks are functions in its `bench*.py`, marked `@benchmark` and given the number of crimes to work on.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules

from django.apps import apps
from django.db import connection


@dataclass(frozen=True)
class Ratio:
    """One line of the table: what was measured, what it is held against, and the goal."""

    title: str
    measured: str  # with its unit: "1.2 s", "118,000 rows/s"
    limit: str  # likewise, and of what: "raw COPY 336,000 rows/s"
    ratio: float
    at_least: float | None = None
    at_most: float | None = None

    @property
    def goal(self) -> str:
        if self.at_least is not None:
            return f"at least {self.at_least:g}"
        return f"at most {self.at_most:g}" if self.at_most is not None else "none"

    @property
    def met(self) -> bool:
        below = self.at_least is not None and self.ratio < self.at_least
        above = self.at_most is not None and self.ratio > self.at_most
        return not (below or above)


Benchmark = Callable[[int], Iterator[Ratio]]
BENCHMARKS: list[Benchmark] = []


def benchmark(function: Benchmark) -> Benchmark:
    BENCHMARKS.append(function)
    return function


@contextmanager
def scratch_database() -> Iterator[None]:
    """A database of its own, so that no force's records are touched."""
    name = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = "bench"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


@contextmanager
def without_indexes(table: str) -> Iterator[None]:
    """They go while millions of rows come, and are built of all rows at once afterwards: kept up row
    by row, an index over places alone takes longer than all else once it outgrows the memory."""
    own = """
        SELECT pg_get_indexdef(own.indexrelid), own.indexrelid::regclass::text
        FROM pg_index AS own LEFT JOIN pg_constraint AS held ON held.conindid = own.indexrelid
        WHERE own.indrelid = %s::regclass AND held.oid IS NULL
    """
    with connection.cursor() as cursor:
        cursor.execute(own, [table])
        found = dict(cursor.fetchall())
        cursor.execute("; ".join(f"DROP INDEX {name}" for name in found.values()))
        yield
        cursor.execute("SET maintenance_work_mem = '256MB'")
        for definition in found:
            cursor.execute(definition)
        cursor.execute("RESET maintenance_work_mem")


def every_benchmark() -> list[Benchmark]:
    for app in apps.get_app_configs():
        for module in iter_modules([app.path]):
            if module.name.startswith("bench") and module.name != __name__.rpartition(".")[2]:
                import_module(f"{app.name}.{module.name}")
    return BENCHMARKS
