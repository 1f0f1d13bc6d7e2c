"""How fast a file of crimes becomes records, against a raw COPY of the same rows."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from urllib.parse import urlencode

import polars as pl
from django.conf import settings
from django.db import connection
from django.utils import timezone

from core.benchmarks import Ratio, benchmark, scratch_database
from core.imports.files import open_file
from core.imports.kinds import kind_called
from core.imports.validation import ROW, Validator
from core.models import ImportRun
from offenders import access_bench, search_bench  # noqa: F401  # they have benchmarks too

PART = 500_000
LARGE = 10_000_000
GIGABYTE = 1024  # in MB
CHANGED = 10  # one row in ten
OFFENCES = ["28E", "28F", "48", "45", "8Q", "105A", "39", "49"]
DISTRICTS = ["cambridge", "fenland", "peterborough", "huntingdonshire", "south-cambridgeshire"]


@benchmark
def import_of_crimes(rows: int) -> Iterator[Ratio]:
    """New, the same again, and with a tenth of the rows changed; checks and triggers are in."""
    with scratch_database(), TemporaryDirectory() as folder:
        path = Path(folder) / "crimes.csv"
        write_crimes(path, rows)
        raw = raw_copy(path)
        new, memory = imported(path)
        same, _ = imported(path)
        write_crimes(path, rows, changed=True)
        changed, _ = imported(path)
    limit = f"raw COPY {rows / raw:,.0f} rows/s"
    goal = 0.3 if rows >= LARGE else 0.4
    yield Ratio(f"Import of {rows:,} crimes", _rate(rows, new), limit, raw / new, at_least=goal)
    yield Ratio(f"Import of the same {rows:,} again", _rate(rows, same), limit, raw / same)
    yield Ratio(
        f"Import of {rows:,}, a tenth of them changed", _rate(rows, changed), limit, raw / changed
    )
    yield Ratio(
        f"Import of {rows:,}: memory", f"{memory:,.0f} MB", "1 GiB", memory / GIGABYTE, at_most=1
    )


def write_crimes(path: Path, rows: int, *, changed: bool = False) -> None:
    """The same rows on every run, thirteen columns; one in ten differs when `changed`."""
    path.unlink(missing_ok=True)
    with path.open("ab") as file:
        for first in range(0, rows, PART):
            part = _crimes(first, min(PART, rows - first), changed=changed)
            part.write_csv(file, include_header=first == 0)


def _crimes(first: int, rows: int, *, changed: bool) -> pl.DataFrame:
    n = pl.int_range(first, first + rows, dtype=pl.Int64)
    # A walk through 45 months in steps of an odd number of minutes; spring gaps are stepped over.
    minute = (n * 7919) % (45 * 43_200)
    at = pl.lit("2017-04-01 12:00").str.to_datetime() + pl.duration(minutes=minute)
    at = pl.when(at.dt.hour() == 1).then(at + pl.duration(hours=3)).otherwise(at)
    stamp = "%Y-%m-%dT%H:%M"
    noon = at.dt.truncate("1d")
    flipped = (n % CHANGED == 0) if changed else pl.lit(value=False)
    return pl.select(
        crime_ref=pl.format("35/{}", n.cast(pl.String).str.zfill(9)),
        recorded_at=at.dt.strftime(stamp),
        occurred_from=noon.dt.strftime(stamp),
        occurred_to=noon.dt.strftime(stamp),
        offence_code=_picked(OFFENCES, n),
        dwelling=pl.when((n % 3 == 0) ^ flipped).then(pl.lit("Y")).otherwise(pl.lit("N")),
        district=_picked(DISTRICTS, n // 7),
        latitude=52 + (n % 9973) / 20_000,
        longitude=-0.4 + (n % 8971) / 20_000,
        allocated=_picked(["Y", "N"], n // 3),
        cancelled_at=pl.lit(None, dtype=pl.String),
        department=_picked(["act-north", "act-south"], n // 5),
        has_victim=_picked(["Y", "Y", "Y", "N"], n),
        victim_ref=pl.lit(None, dtype=pl.String),
    )


def _picked(values: list[str], n: pl.Expr) -> pl.Expr:
    return pl.lit(pl.Series(values)).gather(n % len(values))


def raw_copy(path: Path) -> float:
    """Seconds of a COPY of the rows, typed already, into a table with the same indexes and checks."""
    kind = kind_called("crimes")
    validator = Validator.of(kind, timezone.now())
    typed = path.with_suffix(".typed")
    with typed.open("ab") as file:
        for block in open_file(path, kind):
            good = validator.check(block).good.drop(ROW)
            blanks = [pl.col(name).fill_null(blank) for name, blank in kind.blanks.items()]
            good.with_columns(blanks).write_csv(file, include_header=False)
    columns = ", ".join(f'"{field.column}"' for field in kind.fields.values())
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE raw (LIKE offenders_crime INCLUDING ALL)")
        start = perf_counter()
        with (
            cursor.copy(f"COPY raw ({columns}) FROM STDIN (FORMAT csv)") as copy,
            typed.open("rb") as rows,
        ):
            while chunk := rows.read(2**20):
                copy.write(chunk)
        took = perf_counter() - start
        cursor.execute("DROP TABLE raw")
    typed.unlink()
    return took


def imported(path: Path) -> tuple[float, float]:
    """Seconds of the import, as its own record tells them, and the most megabytes it held."""
    command = [sys.executable, "manage.py", "import_records", "crimes", str(path), "--json"]
    environment = os.environ | {"DATABASE_URL": _address()}
    with subprocess.Popen(  # noqa: S603  # our own command
        command, cwd=settings.BASE_DIR, env=environment, stdout=subprocess.DEVNULL
    ) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    run = ImportRun.objects.latest("created_at")
    if process.returncode or run.started_at is None or run.finished_at is None:
        raise RuntimeError("The import did not finish.")
    return (run.finished_at - run.started_at).total_seconds(), used.ru_maxrss / 1024


def _address() -> str:
    """Of the scratch database, for another process."""
    known = connection.get_connection_params()
    options = urlencode({name: known[name] for name in ("host", "port") if known.get(name)})
    user = f"{known.get('user', '')}:{known.get('password', '')}@".replace(":@", "@")
    return f"postgresql://{user}/{known['dbname']}?{options}"


def _rate(rows: int, seconds: float) -> str:
    return f"{rows / seconds:,.0f} rows/s"
