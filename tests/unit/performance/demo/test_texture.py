"""The records look like records: order in time, place, volume; and the same ones on every run."""

from datetime import date
from importlib import import_module

import polars as pl
import pytest

from performance.demo.shares import CENTRES, DISTRICTS
from tests.unit.performance.demo import series
from tests.unit.performance.demo.conftest import KINDS
from tests.unit.performance.demo.series import Records

KEYS = {
    "crimes": ["crime_ref"],
    "outcomes": ["crime_ref", "outcome_code", "outcome_at"],
    "referrals": ["crime_ref"],
    "incidents": ["incident_ref"],
    "calls": ["call_ref"],
    "surveys": ["response_ref", "question"],
    "victim_care": ["contract_ref"],
    "supervisory_reviews": ["review_ref"],
    "integrity_audits": ["audit_ref"],
}
JUNE_2017 = date(2017, 6, 1)


@pytest.mark.parametrize("kind", KINDS)
def test_no_two_rows_share_a_key(kind: str, records: Records) -> None:
    assert not records[kind].select(KEYS[kind]).is_duplicated().any()


@pytest.mark.parametrize("kind", KINDS)
def test_a_second_run_makes_the_same_rows(kind: str, records: Records) -> None:
    frames = import_module(f"performance.demo.{kind}").frames(JUNE_2017)
    for again in frames:
        assert again.equals(records[kind].join(again.select(KEYS[kind]), on=KEYS[kind], how="semi"))


@pytest.mark.parametrize("kind", ["crimes", "outcomes", "incidents", "calls"])
def test_a_shorter_run_is_the_beginning_of_the_long_one(kind: str, records: Records) -> None:
    shorter = pl.concat(import_module(f"performance.demo.{kind}").frames(JUNE_2017))
    assert shorter.equals(records[kind].head(len(shorter)))


def test_crimes_happen_before_they_are_recorded_and_cancelled(records: Records) -> None:
    crimes = records["crimes"]
    assert (crimes["occurred_from"] <= crimes["occurred_to"]).all()
    assert (crimes["occurred_to"] <= crimes["recorded_at"]).all()
    cancelled = crimes.drop_nulls("cancelled_at")
    assert (cancelled["recorded_at"] <= cancelled["cancelled_at"]).all()
    assert 0.01 < len(cancelled) / len(crimes) < 0.05


def test_outcomes_come_after_their_crimes_and_none_to_a_cancelled_one(records: Records) -> None:
    joined = records["outcomes"].join(records["crimes"], on="crime_ref", how="left")
    assert (joined["outcome_at"] >= joined["recorded_at"]).all()
    assert joined["cancelled_at"].null_count() == len(joined)


def test_about_half_of_the_outcomes_found_no_suspect(records: Records) -> None:
    filed = (records["outcomes"]["outcome_code"] == "18").mean()
    assert isinstance(filed, float)
    assert 0.45 < filed < 0.55


def test_a_crime_may_be_filed_and_reopened(records: Records) -> None:
    assert records["outcomes"]["crime_ref"].is_duplicated().sum() > 100


def test_years_have_the_size_of_the_force(records: Records) -> None:
    incidents = series.per_month(records["incidents"], series.local_month("opened_at"))
    crimes = series.recorded(records)
    for first in (date(2017, 4, 1), date(2018, 4, 1), date(2019, 4, 1)):
        year = [month for month in series.MONTHS if 0 <= (month - first).days < 360]
        assert 60_000 < sum(crimes[month] for month in year) < 70_000
        assert 138_000 < sum(incidents[month] for month in year) < 148_000


@pytest.mark.parametrize("kind", ["crimes", "incidents"])
def test_places_lie_in_their_districts(kind: str, records: Records) -> None:
    for at, district in enumerate(DISTRICTS):
        here = records[kind].filter(pl.col("district") == district)
        latitude, longitude, high, wide = CENTRES[at]
        assert ((here["latitude"] - latitude).abs() <= high + 1e-5).all()
        assert ((here["longitude"] - longitude).abs() <= wide + 1e-5).all()


def test_burglary_reports_lead_to_the_burglaries(records: Records) -> None:
    reports = records["incidents"].drop_nulls("crime_ref")
    joined = reports.join(records["crimes"], on="crime_ref")
    assert len(joined) == len(reports) > 5_000
    assert (joined["opened_at"] <= joined["recorded_at"]).all()
    assert (joined["latitude"] == joined["latitude_right"]).all()


def test_nobody_arrives_before_the_call(records: Records) -> None:
    attended = records["incidents"].drop_nulls("arrived_at")
    assert (attended["arrived_at"] >= attended["opened_at"]).all()
    assert set(attended["grade"]) == {"immediate", "prompt", "scheduled"}


def test_contracts_are_met_and_closed_in_order(records: Records) -> None:
    contracts = records["victim_care"]
    assert (contracts["opened_on"] <= contracts["due_on"]).all()
    closed = contracts.drop_nulls("closed_on")
    assert (closed["contacted_on"] <= closed["closed_on"]).all()
    known = contracts.drop_nulls("crime_ref").join(records["crimes"], on="crime_ref")
    assert len(known) > 0.9 * len(contracts)
    assert (known["department"] == known["department_right"]).all()


def test_outcomes_take_their_time(records: Records) -> None:
    """Else the rate by outcomes of the month and the rate by crimes of the month are one."""
    possible = records["outcomes"].filter(pl.col("outcome_code").is_in(series.POSSIBLE))
    joined = possible.join(records["crimes"], on="crime_ref")
    same_month = joined["recorded_at"].dt.month() == joined["outcome_at"].dt.month()
    assert 0.2 < same_month.sum() / len(joined) < 0.6
