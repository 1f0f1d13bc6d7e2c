"""Writers, folds and rebuilds at once: the figures are those of a fresh count, no reader sees half."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from time import monotonic

import pytest
from django.conf import settings
from django.db import connection, transaction

from core.models import Change
from offenders.models import Crime, Outcome
from performance.models import Figure
from performance.services.figures import LOCK, fold_changes, rebuild, verify
from tests.factories.crimes import CrimeFactory
from tests.factories.force import Force
from tests.factories.outcomes import OutcomeFactory

pytestmark = pytest.mark.django_db(transaction=True)

JANUARY = date(2021, 1, 1)
SECONDS = 3.0


def in_thread(work: Callable[[], object]) -> Callable[[], object]:
    def run() -> object:
        try:
            return work()
        finally:
            connection.close()

    return run


def until(deadline: float, work: Callable[[int], object]) -> Callable[[], int]:
    def repeat() -> int:
        times = 0
        while monotonic() < deadline:
            work(times)
            times += 1
        return times

    return repeat


def write_pairs(writer: int) -> Callable[[int], None]:
    """A crime and its charge in one transaction, so that every whole board has as many of each."""

    def write(n: int) -> None:
        with transaction.atomic():
            crime = CrimeFactory(crime_ref=f"w{writer}-{n}", district_id="fenland")
            OutcomeFactory(crime=crime)
        if n % 3 == 0:
            Crime.objects.filter(pk=crime.pk).update(
                cancelled_at=crime.recorded_at + timedelta(days=5)
            )

    return write


def read_whole(_: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT numerator, denominator FROM performance_figure"
            " WHERE indicator = 'all-crime-outcome-rate' AND month = '2021-01-01'"
        )
        assert all(part == whole for part, whole in cursor.fetchall())


def test_figures_hold_while_everything_happens_at_once():
    deadline = monotonic() + SECONDS
    work = [
        *(until(deadline, write_pairs(writer)) for writer in range(3)),
        *(until(deadline, lambda _: fold_changes()) for _ in range(2)),
        until(deadline, lambda _: rebuild()),
        until(deadline, read_whole),
    ]
    with ThreadPoolExecutor(len(work)) as pool:
        done = [each.result() for each in [pool.submit(in_thread(each)) for each in work]]
    assert all(done), "every one of them came round at least once"
    fold_changes()
    assert verify() == 0
    counted = Crime.objects.filter(cancelled_at=None).count()
    assert (
        Figure.objects.get(indicator="all-crime-recorded", unit="force", month=JANUARY).numerator
        == counted
    )


def test_random_edits_of_rivals_end_in_the_same_figures():
    Force(seed=1).populate()
    deadline = monotonic() + SECONDS

    def edit(seed: int) -> Callable[[int], None]:
        force = Force(seed)
        return lambda _: force.edit()

    work = [
        *(until(deadline, edit(seed)) for seed in (2, 3)),
        until(deadline, lambda _: fold_changes()),
    ]
    with ThreadPoolExecutor(len(work)) as pool:
        done = [each.result() for each in [pool.submit(in_thread(each)) for each in work]]
    assert all(done)
    fold_changes()
    assert verify() == 0


def test_outcomes_of_rivals_leave_the_later_one_live():
    """One cancels the last outcome while another cancels the one before: neither may stay live."""
    crime = CrimeFactory()
    moments = [crime.recorded_at + timedelta(days=day) for day in (1, 2, 3)]
    outcomes = [
        OutcomeFactory(crime=crime, code_id=code, outcome_at=moment)
        for code, moment in zip(["18", "16", "1"], moments, strict=True)
    ]
    both = threading.Barrier(2)

    def cancel(outcome: Outcome) -> None:
        with transaction.atomic():
            both.wait(timeout=30)
            Outcome.objects.filter(pk=outcome.pk).update(cancelled_at=outcome.outcome_at)

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(in_thread(lambda o=o: cancel(o))) for o in outcomes[1:]]:
            done.result()
    assert Crime.objects.get(pk=crime.pk).outcome_id == "18"


def test_fold_takes_what_a_waiting_transaction_committed_meanwhile():
    """A change that becomes visible only after later ones were folded is not lost."""
    begun, folded = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            CrimeFactory(crime_ref="slow")
            begun.set()
            assert folded.wait(timeout=30)

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(in_thread(slow))
        assert begun.wait(timeout=30)
        CrimeFactory(crime_ref="quick")
        fold_changes()
        folded.set()
        waiting.result()
    fold_changes()
    assert verify() == 0
    assert Figure.objects.get(indicator="all-crime-recorded", unit="force").numerator == 2


FOLD_AND_DIE = """
import django, os, signal
django.setup()
from django.db import connection
connection.settings_dict["NAME"] = os.environ["TEST_DATABASE"]
from performance.services import figures
take = figures._fold_additive
def die(*args):
    take(*args)
    os.kill(os.getpid(), signal.SIGKILL)
figures._fold_additive = die
figures.fold_changes()
"""


def test_worker_killed_in_the_middle_of_a_fold_loses_nothing():
    fold_changes()
    CrimeFactory()
    waiting = Change.objects.count()
    died = subprocess.run(  # noqa: S603  # this interpreter
        [sys.executable, "-c", FOLD_AND_DIE],
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "TEST_DATABASE": str(connection.settings_dict["NAME"]),
        },
        cwd=settings.BASE_DIR,
        check=False,
    )
    assert died.returncode == -signal.SIGKILL
    assert Change.objects.count() == waiting
    fold_changes()
    assert verify() == 0


def test_writer_never_waits_for_a_rebuild():
    fold_changes()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            with ThreadPoolExecutor(1) as pool:
                pool.submit(in_thread(CrimeFactory)).result(timeout=30)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
    assert Change.objects.filter(basis="recorded").exists()


def test_month_that_a_rebuild_reads_while_rows_come():
    """Rows that commit after the rebuild's snapshot are folded on top of it, once."""
    CrimeFactory(recorded_at=datetime(2021, 1, 3, tzinfo=UTC))
    rebuild()
    CrimeFactory(recorded_at=datetime(2021, 1, 4, tzinfo=UTC))
    rebuild()
    fold_changes()
    assert Figure.objects.get(indicator="all-crime-recorded", unit="force").numerator == 2
