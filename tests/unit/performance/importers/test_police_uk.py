import polars as pl
import pytest

from core.imports import load
from performance.models import StreetCrime
from performance.selectors.published import street_by_district

pytestmark = pytest.mark.django_db


def street(**changes):
    return {
        "Crime ID": "a" * 64,
        "Month": "2021-01",
        "Reported by": "Force",
        "Falls within": "Force",
        "Longitude": "0.1",
        "Latitude": "52.2",
        "Location": "On or near High Street",
        "LSOA code": "E01018201",
        "LSOA name": "East Cambridgeshire 001A",
        "Crime type": "Burglary",
        "Last outcome category": "Under investigation",
        "Context": "",
    } | changes


def load_street(*rows):
    return load("police-uk-street", [pl.DataFrame(rows)], by=None)


def test_the_district_is_the_name_of_the_lsoa_less_its_last_word():
    load_street(
        street(),
        street(**{"Crime ID": "b", "LSOA name": "Bedford 001A"}),
        street(**{"Crime ID": "c", "LSOA name": "", "LSOA code": ""}),
    )

    assert street_by_district().columns == (
        "(no location)",
        "(outside force)",
        "East Cambridgeshire",
    )


def test_equal_rows_without_a_crime_id_are_all_kept():
    rows = [street(**{"Crime ID": "", "Crime type": "Anti-social behaviour"})] * 3

    assert load_street(*rows).created == 3
    assert load_street(*rows).unchanged == 3


def test_a_later_edition_updates_the_outcome_of_a_crime():
    load_street(street())

    receipt = load_street(street(**{"Last outcome category": "Suspect charged"}))

    assert (receipt.created, receipt.updated) == (0, 1)
    assert StreetCrime.objects.get().last_outcome == "Suspect charged"
