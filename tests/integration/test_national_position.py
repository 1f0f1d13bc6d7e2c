"""The open data of every force, from the published tables to rates and ranks."""

import csv
from fractions import Fraction

import polars as pl
import pytest

from core.imports.pipeline import load
from offenders.models import OffenceGroup, OffenceGroupCode
from performance.models import ForcePopulation, NationalCrime, NationalOutcome
from performance.selectors.national import financial_years, groups, position
from tests.queries import assert_queries
from tests.shared import shared

YEAR = "2018/19"
# force, GSS code, crimes and outcomes of the year
FORCES = [
    ("Cambridgeshire", "E23000023", 400, 40),
    ("Norfolk", "E23000024", 400, 120),
    ("Suffolk", "E23000025", 400, 41),
    ("Kent", "E23000032", 400, 4),
    ("Surrey", "E23000031", 20, 20),
]
MEASURES = {
    "residential_burglary": "residential-burglary",
    "theft_of_mv": "theft-of-motor-vehicle",
    "all_crime": None,
}


@pytest.fixture
def published(db):
    """The tables of 2018/19 as the Home Office and the ONS print them."""
    crimes = pl.read_parquet(shared("data/homeoffice/prc_pfa_long.parquet"))
    names = {
        "FY": "financial_year",
        "Financial Quarter": "financial_quarter",
        "Force": "force_name",
        "Offence Code": "offence_code",
        "Group": "offence_group",
        "n": "number",
    }
    load("national-crime", [crimes.filter(FY=YEAR).select(*names).rename(names)], by=None)
    table = shared("data/homeoffice/outcomes_open_data_2018-19_all_forces.csv.gz")
    load("national-outcomes", [pl.read_csv(table, infer_schema_length=0)], by=None)
    people = pl.read_csv(shared("data/homeoffice/pfa_population_2024.csv"))
    people.columns = ["gss_code", "force_name", "population"]
    load("population", [people.with_columns(year=2024)], by=None)


def record(year, forces=FORCES, quarters=(1, 2, 3, 4)):
    """A table of one offence, the numbers of each force spread over four quarters."""
    for name, _, crimes, outcomes in forces:
        for quarter in quarters:
            row = {
                "financial_year": year,
                "financial_quarter": quarter,
                "force_name": name,
                "offence_code": "48",
                "offence_group": "Theft offences",
            }
            NationalCrime.objects.create(**row, number=crimes // 4)
            NationalOutcome.objects.create(
                **row, outcome_code="1", recorded_in_quarter=outcomes // 4
            )


@pytest.fixture
def some_forces(db):
    record(YEAR)
    for name, code, *_ in FORCES:
        ForcePopulation.objects.create(
            gss_code=code, year=2018, force_name=name, population=100_000
        )


def test_published_tables_give_the_known_ranks(published):
    # The reference counts aggravated taking with the thefts; the force's own group does not.
    OffenceGroupCode.objects.create(group_id="theft-of-motor-vehicle", offence_id="37.2")
    with shared("data/oracle/national_ranks_2018-19.csv").open() as file:
        rows = list(csv.DictReader(file))
    for measure, slug in MEASURES.items():
        group = OffenceGroup.objects.get(pk=slug) if slug else None
        found = position(financial_year=YEAR, group=group)
        assert found
        assert {
            place.name: (place.outcomes, place.recorded, place.rank)
            for place in found.forces
            if place.rank
        } == {
            row["force"]: (float(row["cl"]), float(row["recorded"]), float(row["rank_closed"]))
            for row in rows
            if row["measure"] == measure
        }


def test_published_tables_give_rates_beside_region_and_nation(published):
    found = position(financial_year=YEAR)
    assert found
    assert found.ours
    assert found.region
    assert found.ours.per_thousand == Fraction(64_506 * 1000, 933_972)
    assert (found.region.name, found.region.population) == ("East", 6_576_306)
    assert found.nation.population > 60_000_000
    assert found.nation.recorded == sum(place.recorded for place in found.forces)


def test_rank_has_the_bounds_that_chance_allows(some_forces):
    found = position(financial_year=YEAR)
    assert found
    assert {place.name: (place.rank, place.best, place.worst) for place in found.forces} == {
        "Norfolk": (1, 1, 1),
        "Suffolk": (2, 2, 3),
        "Cambridgeshire": (2, 2, 3),
        "Kent": (4, 4, 4),
        "Surrey": (None, None, None),
    }


def test_force_without_a_whole_year_is_not_ranked(some_forces):
    NationalCrime.objects.filter(force_name="Norfolk", financial_quarter=4).delete()
    found = position(financial_year=YEAR)
    assert found
    assert found.forces[0].name != "Norfolk"
    assert {place.name: place.rank for place in found.forces}["Norfolk"] is None


def test_fraud_is_left_out_of_all_crime(some_forces):
    NationalCrime.objects.update(offence_group="Fraud offences to 2012/13")
    found = position(financial_year=YEAR)
    assert found
    assert found.nation.recorded == 0
    assert found.nation.rate is None


def test_year_without_population_has_no_position(db):
    record(YEAR)
    assert position(financial_year=YEAR) is None


def test_population_is_that_of_the_nearest_year(some_forces):
    ForcePopulation.objects.create(
        gss_code="E23000023", year=2030, force_name="Cambridgeshire", population=1
    )
    found = position(financial_year=YEAR)
    assert found
    assert found.population_year == 2018


def test_years_are_those_with_both_tables(some_forces):
    NationalCrime.objects.create(
        financial_year="2019/20",
        financial_quarter=1,
        force_name="Kent",
        offence_code="48",
        number=1,
    )
    assert financial_years() == [YEAR]


def test_groups_by_dwelling_are_not_offered(db):
    slugs = {group.pk for group in groups()}
    assert "residential-burglary" in slugs
    assert "dwelling-burglary" not in slugs


def test_page_says_what_to_import_first(sign_in):
    text = sign_in("board-viewer").get("/national/").text
    assert "No national figures yet" in text
    assert "national-outcomes" in text


def test_page_ranks_the_force(some_forces, sign_in):
    query = {"group": "theft-of-motor-vehicle", "year": YEAR}
    text = sign_in("board-viewer").get("/national/", query).text
    assert "<strong>2nd of 4 forces</strong>" in text
    assert "anywhere from 2nd to 3rd" in text
    assert text.count(">This force<") == 1
    assert "7.4% to 13.3%" in text
    assert "England and Wales" in text


def test_page_tells_the_rank_of_the_year_before(some_forces, sign_in):
    record("2017/18", [("Cambridgeshire", "E23000023", 400, 400), *FORCES[1:]])
    text = sign_in("board-viewer").get("/national/", {"year": YEAR}).text
    assert "(1st in 2017/18)" in text


@pytest.mark.parametrize("query", [{"year": "1999/00"}, {"group": "dwelling-burglary"}])
def test_page_of_what_cannot_be_is_not_found(some_forces, sign_in, query):
    assert sign_in("board-viewer").get("/national/", query).status_code == 404


def test_page_has_a_fixed_number_of_queries(some_forces, sign_in):
    browser = sign_in("board-viewer")
    assert_queries("performance:national", lambda: browser.get("/national/"))


def test_api_gives_the_position(some_forces, sign_in):
    browser = sign_in("board-viewer")
    found = browser.get("/api/v1/national/", {"group": "theft-of-motor-vehicle"}).json()
    assert (found["year"], found["population_year"]) == (YEAR, 2018)
    assert found["force"] | {"interval": None} == {
        "name": "Cambridgeshire",
        "crimes": 400,
        "outcomes": 40,
        "outcome_rate": 0.1,
        "interval": None,
        "rank": 2,
        "best_rank": 2,
        "worst_rank": 3,
        "population": 100_000,
        "crimes_per_1000": 4.0,
    }
    assert found["forces"][0]["name"] == "Norfolk"


@pytest.mark.parametrize("query", [{"year": "1999/00"}, {"group": "dwelling-burglary"}, {"x": 1}])
def test_api_refuses_what_cannot_be(some_forces, sign_in, query):
    assert sign_in("board-viewer").get("/api/v1/national/", query).status_code == 400
