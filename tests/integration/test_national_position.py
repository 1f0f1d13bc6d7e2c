"""The open data of every force, from the published tables to rates and ranks."""

import csv
from datetime import date
from fractions import Fraction
from itertools import product

import polars as pl
import pytest
from django.urls import reverse

from core.dates import add_months
from core.imports.pipeline import load
from offenders.models import OffenceGroup, OffenceGroupCode
from performance.importers.national import NATIONAL_CRIME
from performance.indicators import INDICATORS
from performance.models import ForcePopulation, NationalCrime, NationalMonth, NationalOutcome
from performance.selectors.national import financial_years, groups, position
from performance.selectors.national_months import compared_indicators, national_position
from performance.services.figures import fold_changes
from tests.factories.national_months import NationalMonthFactory
from tests.factories.outcomes import OutcomeFactory
from tests.integration.board_records import burglaries
from tests.queries import assert_queries
from tests.shared import shared

YEAR, MONTHS, LAST = "2018/19", "/national/months/", date(2021, 1, 1)
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


@pytest.mark.parametrize("page", ["national", "national-months"])
def test_page_leads_to_the_import_whoever_may_import(db, sign_in, page):
    address = reverse("core:import-new")

    assert address in sign_in("analyst").get(reverse(f"performance:{page}")).text
    assert address not in sign_in("board-viewer").get(reverse(f"performance:{page}")).text


def test_page_says_what_to_import_first(sign_in):
    text = sign_in("board-viewer").get("/national/").text
    assert "No national figures yet" in text
    assert "tables of recorded crime and of outcomes" in text


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


def test_outcomes_without_a_quarter_are_no_whole_year(some_forces):
    NationalOutcome.objects.filter(force_name="Norfolk", financial_quarter=4).update(
        recorded_in_quarter=None
    )
    found = position(financial_year=YEAR)
    assert found
    assert {place.name: place.rank for place in found.forces}["Norfolk"] is None


def test_layouts_of_other_years_are_read(db):
    """The tables have been published under headings with capitals and under others without."""
    row = {
        "Financial Year": "2019/20", "Financial Quarter": "1", "Force Name": "City of London",
        "Offence Code": "48", "Offence Group": "Theft offences", "Number of Offences": "7",
    }  # fmt: skip
    header = list(NATIONAL_CRIME.places(list(row)))
    assert header == [column.name for column in NATIONAL_CRIME.columns]
    older = ["FY", "financial quarter", "Force", "offence code", "Group", "number_of_offences"]
    assert set(NATIONAL_CRIME.places(older)) == set(header)


@pytest.fixture
def shared_months(db):
    """Two years of four forces to January 2021, and the force's own records of a month."""
    rates = {"Norfolk": 30, "Suffolk": 12, "Kent": 4, "Surrey": 20}
    for name, code, *_ in FORCES:
        ForcePopulation.objects.create(
            gss_code=code, year=2019, force_name=name, population=100_000
        )
    for back, (name, outcomes) in product(range(24), rates.items()):
        month = add_months(date(2021, 1, 1), -back)
        NationalMonthFactory(month=month, force_name=name, outcomes=outcomes)
    NationalMonth.objects.filter(force_name="Surrey", month="2020-06-01").delete()
    NationalMonthFactory(force_name="Cambridgeshire", month=date(2021, 1, 1), outcomes=50)


def monthly(indicator="dwelling-burglary-outcome-rate", until=LAST):
    return national_position(indicator=INDICATORS[indicator], until=until)


def test_force_is_ranked_by_its_own_records(shared_months):
    for back in range(24):
        crimes = burglaries(5, add_months(date(2021, 1, 1), -back))
        if back in {*range(12), 23}:
            OutcomeFactory(crime=crimes[0])
    fold_changes()
    found = monthly()
    assert found
    assert found.ours
    assert (found.ours.name, found.ours.recorded, found.ours.outcomes) == ("Cambridgeshire", 60, 12)
    assert (found.ours.rank, found.ranked) == (2, 4)
    assert found.before
    assert (found.before.outcomes, found.before.rank) == (1, 5)
    assert found.ours.per_thousand == Fraction(60, 100)


def test_force_with_a_month_missing_is_left_out(shared_months):
    found = monthly()
    assert found
    assert set(found.left_out) == {"Surrey", "Cambridgeshire"}


def test_indicator_without_a_shared_group_has_no_position(shared_months):
    assert monthly("all-crime-outcome-rate") is None
    assert monthly("dwelling-burglary-recorded") is None
    assert monthly(until=date(2010, 1, 1)) is None
    assert [each.slug for each in compared_indicators()] == ["dwelling-burglary-outcome-rate"]


def test_months_page_says_what_to_import_first(sign_in):
    assert "Import the national figures by month" in sign_in("board-viewer").get(MONTHS).text


def test_months_page_shows_ladder_and_table(shared_months, sign_in):
    text = sign_in("board-viewer").get(MONTHS, {"month": "2021-01"}).text
    assert "Left out, with months missing or fewer than 30 crimes:" in text
    assert 'aria-label="Chart: forces by rank"' in text
    assert "30.0%" in text


@pytest.mark.parametrize("query", [{"month": "soon"}, {"indicator": "immediate-response"}])
def test_months_page_of_what_cannot_be_is_not_found(shared_months, sign_in, query):
    assert sign_in("board-viewer").get(MONTHS, query).status_code == 404


def test_months_page_has_a_fixed_number_of_queries(shared_months, sign_in):
    browser = sign_in("board-viewer")
    assert_queries("performance:national-months", lambda: browser.get(MONTHS))


def test_months_api_gives_the_position(shared_months, sign_in):
    browser = sign_in("board-viewer")
    query = {"indicator": "dwelling-burglary-outcome-rate"}
    found = browser.get("/api/v1/national/months/", query).json()
    assert (found["first_month"], found["last_month"]) == ("2020-02", "2021-01")
    assert [place["rank"] for place in found["forces"]] == [1, 2, 3, None, None]
    assert set(found["left_out"]) == {"Surrey", "Cambridgeshire"}


@pytest.mark.parametrize("query", [{}, {"indicator": "luck"}, {"month": "soon"}, {"x": 1}])
def test_months_api_refuses_what_cannot_be(shared_months, sign_in, query):
    asked = {"indicator": "dwelling-burglary-outcome-rate"} if query else {}
    assert sign_in("machine").get("/api/v1/national/months/", asked | query).status_code == 400
