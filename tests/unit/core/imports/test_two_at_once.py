"""Two imports at once, and a person at a form meanwhile, do no harm."""

from concurrent.futures import ThreadPoolExecutor

import polars as pl
import pytest
from django.db import connection

from core.imports import load
from core.imports.staging import Store
from offenders.models import Crime
from tests.factories.crimes import CrimeFactory
from tests.unit.core.imports.records import crime, frame

ROWS = [crime(f"A{n}") for n in range(400)]


def apart(rows):
    """In a thread with a connection of its own."""
    try:
        return load("crimes", [frame(*rows)], by=None)
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_two_imports_of_the_same_rows_add_each_once():
    with ThreadPoolExecutor(2) as pool:
        receipts = list(pool.map(apart, [ROWS, list(reversed(ROWS))]))

    assert Crime.objects.count() == 400
    assert sorted((r.created, r.unchanged, r.rejected) for r in receipts) == [
        (0, 400, 0),
        (400, 0, 0),
    ]


@pytest.mark.django_db(transaction=True)
def test_two_imports_that_change_the_same_rows_both_end():
    load("crimes", [frame(*ROWS)], by=None)
    changed = [[row | {"dwelling": word} for row in ROWS] for word in ("N", "")]
    changed[1].reverse()

    with ThreadPoolExecutor(2) as pool:
        receipts = list(pool.map(apart, changed))

    assert [r.updated for r in receipts] == [400, 400]
    assert Crime.objects.values("is_dwelling").distinct().count() == 1


@pytest.mark.django_db
def test_a_row_that_somebody_added_a_moment_ago_is_updated(monkeypatch):
    CrimeFactory.create(crime_ref="A1", offence_id="48")
    known, answers = Store._known, [pl.Series(dtype=pl.Int64)]
    monkeypatch.setattr(Store, "_known", lambda self: answers.pop() if answers else known(self))

    receipt = load("crimes", [frame(crime("A1"), crime("A2"))], by=None)

    assert (receipt.created, receipt.updated) == (1, 1)
    assert Crime.objects.get(pk="A1").offence_id == "28E"
