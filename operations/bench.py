"""How fast the page of a daily scan answers, with many crimes behind it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from statistics import median
from time import perf_counter

from django.db import connection
from django.test import Client
from django.test.utils import override_settings

from core.access.roles import BY_SLUG
from core.benchmarks import Ratio, benchmark, scratch_database, without_indexes
from core.models import RoleGrant, Unit, User
from offenders.models import Address, Cohort, Membership, Nominal
from operations.models import Scan
from operations.services.scans import start_scan

LIMIT = 0.2  # seconds
ROWS = 60  # of the scan
MEMBERS = 200  # of the cohort, scattered as the crimes are
TIMES = 15
NOW = datetime(2021, 1, 31, 7, 30, tzinfo=UTC)
MONTHS_BACK = 45
# Crimes of 45 months, a tenth of them of last night's kinds; past the triggers, which other
# benchmarks measure.
CRIMES = """
    INSERT INTO offenders_crime (crime_ref, recorded_at, offence_code, is_dwelling, district_code,
        latitude, longitude)
    SELECT 'B' || lpad(n::text, 9, '0'), %s::timestamptz - (n * (%s / %s::float8) || ' minutes')::interval,
        (ARRAY['28E', '45', '48', '105A', '8N', '46', '49', '58C'])[1 + n %% 8], true,
        (ARRAY['cambridge', 'huntingdonshire', 'peterborough'])[1 + n %% 3],
        52.1 + random() * 0.3, -0.3 + random() * 0.5
    FROM generate_series(1, %s) AS n
"""


@benchmark
def daily_scan(rows: int) -> Iterator[Ratio]:
    """The page of a scan of sixty rows, with repeats, near repeats and who lives near."""
    with scratch_database():
        _fill(rows)
        by = _sergeant()
        _cohort(by)
        start = perf_counter()
        scan = _scan(by)
        started = perf_counter() - start
        took = median(page_times(by, scan))
        found = scan.rows.count()
    limit = f"{LIMIT * 1000:.0f} ms"
    title = f"Daily scan of {found} rows, {rows:,} crimes behind it"
    yield Ratio(title, f"{took * 1000:.0f} ms", limit, took / LIMIT, at_most=1)
    yield Ratio("Start of the scan", f"{started * 1000:.0f} ms", limit, started / LIMIT)


def _fill(rows: int) -> None:
    minutes = MONTHS_BACK * 30 * 24 * 60
    with connection.cursor() as cursor, without_indexes("offenders_crime"):
        cursor.execute("ALTER TABLE offenders_crime DISABLE TRIGGER USER")
        cursor.execute(CRIMES, [NOW, minutes, rows, rows])
        cursor.execute("ALTER TABLE offenders_crime ENABLE TRIGGER USER")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE offenders_crime")


def _sergeant() -> User:
    by = User.objects.create(username="bench", full_name="Bench")
    RoleGrant.objects.create(user=by, role=BY_SLUG["act-supervisor"].slug)
    return by


def _cohort(by: User) -> None:
    cohort = Cohort.objects.get(slug="op-aware")
    people = Nominal.objects.bulk_create(
        Nominal(ref=f"BENCH{n}", surname="Bench", forenames=str(n), lead_officer=by)
        for n in range(MEMBERS)
    )
    Membership.objects.bulk_create(
        Membership(cohort=cohort, nominal=one, nominated_on=NOW.date()) for one in people
    )
    Address.objects.bulk_create(
        Address(
            nominal=one,
            line="Nowhere",
            latitude=52.1 + 0.3 * (n * 37 % MEMBERS) / MEMBERS,
            longitude=-0.3 + 0.5 * n / MEMBERS,
        )
        for n, one in enumerate(people)
    )


def _scan(by: User) -> Scan:
    """South's, with as many of the last crimes as make a night of sixty rows."""
    scan = start_scan(by=by, area=Unit.objects.get(pk="south"), at=NOW + timedelta(minutes=1))
    scan.rows.filter(position__gt=ROWS).delete()
    return scan


# A bench is no deployment: no proxy, no second factor, files under their plain names.
PLAIN = {
    "ALLOWED_HOSTS": ["testserver"],
    "SECURE_SSL_REDIRECT": False,
    "REQUIRE_SECOND_FACTOR": False,
    "STORAGES": {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    },
}


@override_settings(**PLAIN)
def page_times(by: User, scan: Scan) -> list[float]:
    """Seconds of each answer, the first left out: it fills the caches of a process."""
    client = Client()
    client.force_login(by)
    return [_answer(client, f"/scans/{scan.pk}/") for _ in range(TIMES + 1)][1:]


def _answer(client: Client, url: str) -> float:
    start = perf_counter()
    response = client.get(url)
    if response.status_code != 200:  # noqa: PLR2004  # OK
        raise RuntimeError(f"{url} answered {response.status_code}.")
    return perf_counter() - start
