"""The real public files, against counts that pandas made of them."""

import csv
import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse

from performance.models import StreetCrime, StreetOutcome
from performance.selectors.published import (
    Counts,
    outcomes_by_type,
    street_by_district,
    street_by_type,
)
from tests.shared import shared

pytestmark = pytest.mark.django_db


def files(what: str) -> Iterator[Path]:
    yield from sorted(shared("data/police_uk").glob(f"*-{what}.csv.gz"))


def oracle(name: str) -> dict[str, dict[str, int]]:
    """Counts by month and column, without zeros and the total."""
    with shared(f"data/oracle/{name}.csv").open() as file:
        rows = {row.pop("Month"): row for row in csv.DictReader(file)}
    return {
        month: {name: int(n) for name, n in row.items() if name != "TOTAL" and int(n)}
        for month, row in rows.items()
    }


def found(counts: Counts) -> dict[str, dict[str, int]]:
    return {
        f"{month:%Y-%m}": {name: n for name, n in zip(counts.columns, numbers, strict=True) if n}
        for month, numbers in counts.rows
    }


def test_street_files_give_the_published_counts():
    call_command("import_records", "police-uk-street", *files("street"))

    assert found(street_by_type()) == oracle("cambs_street_monthly_by_type")
    assert found(street_by_district()) == oracle("cambs_street_monthly_by_district")


def test_outcome_files_give_the_published_counts():
    call_command("import_records", "police-uk-outcomes", *files("outcomes"))

    assert found(outcomes_by_type()) == oracle("cambs_outcomes_monthly_by_type")


def test_the_same_street_file_twice_changes_nothing(capsys):
    headless = [path for path in files("street") if "2021-01" in path.name]
    call_command("import_records", "police-uk-street", *headless)
    before = StreetCrime.objects.count()
    call_command("import_records", "police-uk-street", *headless)

    assert "0 created, 0 updated" in capsys.readouterr().out.splitlines()[-1]
    assert StreetCrime.objects.count() == before == 5252


def test_outcomes_of_a_crime_in_no_file_and_repeated_ones_are_kept():
    one = next(files("outcomes"))
    call_command("import_records", "police-uk-outcomes", one)

    with gzip.open(one, "rt") as file:
        assert StreetOutcome.objects.count() == sum(1 for _ in file) - 1


def test_published_page_shows_the_counts(sign_in):
    call_command("import_records", "police-uk-street", next(files("street")))

    shown = sign_in("board-viewer").get(reverse("performance:published")).content.decode()

    assert "October 2018" in shown
    assert "1,594" in shown  # violence and sexual offences
