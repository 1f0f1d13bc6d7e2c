"""The open data of every force, from the published tables to rates and ranks."""

import csv
from fractions import Fraction

import polars as pl
import pytest

from core.imports.pipeline import load
from offenders.models import OffenceGroup, OffenceGroupCode
from performance.selectors.national import financial_years, groups, position
from tests.shared import shared

YEAR = "2018/19"


@pytest.fixture
def published(db):
    """The tables of 2018/19 as the Home Office and the ONS print them."""
    crimes = pl.read_parquet(shared("data/homeoffice/prc_pfa_long.parquet"))
    load(
        "national-crime",
        [crimes.filter(pl.col("FY") == YEAR).rename({
            "FY": "financial_year", "Financial Quarter": "financial_quarter", "Force": "force_name",
            "Offence Code": "offence_code", "Group": "offence_group", "n": "number",
        }).select(
            "financial_year", "financial_quarter", "force_name", "offence_code", "offence_group",
            "number",
        )],
        by=None,
    )  # fmt: skip
    table = shared("data/homeoffice/outcomes_open_data_2018-19_all_forces.csv.gz")
    load("national-outcomes", [pl.read_csv(table, infer_schema_length=0)], by=None)
    people = pl.read_csv(shared("data/homeoffice/pfa_population_2024.csv"))
    people.columns = ["gss_code", "force_name", "population"]
    load("population", [people.with_columns(year=2024)], by=None)


@pytest.mark.parametrize(
    ("measure", "group"),
    [
        ("residential_burglary", "residential-burglary"),
        ("theft_of_mv", "theft-of-motor-vehicle"),
        ("all_crime", None),
    ],
)
def test_published_tables_give_the_known_ranks(published, measure, group):
    # The reference counts aggravated taking with the thefts; the force's own group does not.
    OffenceGroupCode.objects.create(group_id="theft-of-motor-vehicle", offence_id="37.2")
    with shared("data/oracle/national_ranks_2018-19.csv").open() as file:
        known = [row for row in csv.DictReader(file) if row["measure"] == measure]
    found = position(
        financial_year=YEAR, group=OffenceGroup.objects.get(pk=group) if group else None
    )
    assert found
    ranked = {place.name: place for place in found.forces if place.rank}
    assert set(ranked) == {row["force"] for row in known}
    for row in known:
        place = ranked[row["force"]]
        assert (place.outcomes, place.recorded) == (float(row["cl"]), float(row["recorded"]))
        assert place.rank == float(row["rank_closed"])


def test_rank_has_bounds_that_chance_allows(published):
    found = position(financial_year=YEAR, group=OffenceGroup.objects.get(pk="residential-burglary"))
    assert found
    assert found.ours
    assert (found.ours.name, found.ours.rank) == ("Cambridgeshire", 23)
    assert 1 < (found.ours.best or 0) < 23 < (found.ours.worst or 0) < 42
    assert all(place.best <= place.rank <= place.worst for place in found.forces if place.rank)


def test_rates_stand_beside_region_and_nation(published):
    found = position(financial_year=YEAR)
    assert found
    assert found.ours
    assert found.region
    assert found.ours.per_thousand == Fraction(64_506 * 1000, 933_972)
    assert found.region.name == "East"
    assert found.region.population == 6_576_306
    assert found.nation.population > 60_000_000
    assert found.nation.recorded == sum(place.recorded for place in found.forces)


def test_year_without_population_has_no_position(db):
    assert position(financial_year=YEAR) is None


def test_years_are_those_with_both_tables(published):
    assert financial_years() == [YEAR]


def test_groups_by_dwelling_are_not_offered(db):
    slugs = {group.pk for group in groups()}
    assert "residential-burglary" in slugs
    assert "dwelling-burglary" not in slugs
