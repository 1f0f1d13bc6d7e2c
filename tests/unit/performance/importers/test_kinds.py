"""Every kind takes a good row, and says what is wrong with a bad one."""

from typing import Any

import polars as pl
import pytest

from core.imports import all_kinds, load
from tests.factories.crimes import CrimeFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db

GOOD: dict[str, dict[str, Any]] = {
    "crimes": {"crime_ref": "A2", "recorded_at": "2021-01-15T10:00", "offence_code": "48"},
    "outcomes": {"crime_ref": "A1", "outcome_code": "18", "outcome_at": "2021-01-20T10:00"},
    "referrals": {"crime_ref": "A1", "referred_on": "2021-01-20"},
    "incidents": {"incident_ref": "I1", "opened_at": "2021-01-15T10:00", "grade": "prompt",
                  "arrived_at": "2021-01-15T11:00", "domestic": "Y", "district": "fenland"},
    "calls": {"call_ref": "C1", "line": "999", "offered_at": "2021-01-15T10:00:00",
              "answered_at": "2021-01-15T10:00:09"},
    "surveys": {"response_ref": "S1", "survey": "victim", "responded_on": "2021-01-15",
                "question": "whole-experience", "positive": "Y"},
    "victim-care": {"contract_ref": "V1", "department": "local-north", "opened_on": "2021-01-01",
                    "due_on": "2099-01-29"},
    "supervisory-reviews": {"review_ref": "R1", "department": "act-south",
                            "opened_on": "2021-01-01", "due_on": "2021-01-29"},
    "integrity-audits": {"audit_ref": "D1", "audited_on": "2021-01-01", "subject": "Burglary",
                         "incidents_audited": "10", "crimes_required": "9",
                         "crimes_recorded": "8"},
    "historic-figures": {"indicator": "dwelling-burglary-recorded", "unit": "force",
                         "month": "2016-04", "numerator": "120"},
    "national-crime": {"financial_year": "2018/19", "financial_quarter": "1",
                       "force_name": "Kent", "offence_code": "48", "offence_group": "Theft",
                       "number": "-1"},
    "national-outcomes": {"financial_year": "1999/00", "financial_quarter": "4",
                          "force_name": "Kent", "offence_code": "48", "offence_group": "Theft",
                          "outcome_type": "1", "force_outcomes_recorded_in_quarter": "NA"},
    "national-months": {"month": "2020-11", "force_name": "Kent", "group": "dwelling-burglary",
                        "crimes": "40", "outcomes": "4"},
    "population": {"gss_code": "E23000035", "year": "2024", "force_name": "Devon & Cornwall",
                   "population": "1840161"},
    "nominals": {"ref": "N9", "surname": "Quillfeather", "forenames": "Oswin",
                 "lead_officer": "invented.lead"},
    "offence-codes": {"code": "999X", "title": "A class", "subgroup": "Sub", "group": "Group"},
}  # fmt: skip
BAD = [
    ("incidents", {"grade": "urgent"}, "grade", "Write immediate, prompt, scheduled or none."),
    ("incidents", {"arrived_at": "2021-01-15T09:00"}, "arrived_at", "Nobody can arrive before"),
    ("incidents", {"domestic": "?"}, "domestic", "is neither Y nor N"),
    ("calls", {"line": "112"}, "line", "Write 999 or non-emergency."),
    ("calls", {"answered_at": "2021-01-15T09:00"}, "answered_at", "answered before it was offered"),
    ("surveys", {"survey": "staff"}, "survey", "Write victim or public."),
    ("surveys", {"positive": ""}, "positive", "is missing"),
    ("surveys", {"offence_code": "XX"}, "offence_code", "is not a known offence code"),
    ("victim-care", {"department": "fenland"}, "department", "is not a known department"),
    ("victim-care", {"due_on": "2020-12-31"}, "due_on", "due before it was opened"),
    ("victim-care", {"contacted_on": "2099-01-01"}, "contacted_on", "is in the future"),
    ("supervisory-reviews", {"done_on": "2020-12-31"}, "done_on", "done before it was asked for"),
    ("integrity-audits", {"crimes_recorded": "10"}, "crimes_recorded", "No more crimes can be"),
    ("integrity-audits", {"incidents_audited": "-1"}, "incidents_audited", "is out of range"),
    ("historic-figures", {"unit": "moon"}, "unit", "is not a known unit"),
    ("historic-figures", {"indicator": "luck"}, "indicator", "is not a known indicator"),
    ("national-crime", {"financial_year": "2018/20"}, "financial_year", "is not a year"),
    ("national-crime", {"financial_quarter": "5"}, "financial_quarter", "is out of range"),
    ("national-crime", {"number": "NA"}, "number", "is not a whole number"),
    (
        "national-outcomes",
        {"force_outcomes_recorded_in_quarter": "x"},
        "force_outcomes_recorded_in_quarter",
        "is not a whole number",
    ),
    ("national-months", {"group": "arson"}, "group", "is not a known group of offences"),
    ("national-months", {"month": "2020"}, "month", "is not a month"),
    ("national-months", {"crimes": "-1"}, "crimes", "is out of range"),
    ("population", {"population": "0"}, "population", "is out of range"),
    ("historic-figures", {"month": "April"}, "month", "is not a month"),
]


@pytest.fixture(autouse=True)
def known_crime():
    CrimeFactory.create(crime_ref="A1")
    UserFactory.create(username="invented.lead", roles=["act-officer"])


def take(kind, row):
    return load(kind, [pl.DataFrame([row])], by=None)


@pytest.mark.parametrize("kind", GOOD)
def test_kind_takes_a_good_row_once(kind):
    assert take(kind, GOOD[kind]).created == 1
    assert take(kind, GOOD[kind]).unchanged == 1


@pytest.mark.parametrize(("kind", "changes", "column", "said"), BAD)
def test_kind_says_what_is_wrong(kind, changes, column, said):
    receipt = take(kind, GOOD[kind] | changes)

    assert receipt.rejected == 1
    assert receipt.errors[0].column == column
    assert said in receipt.errors[0].message


def test_every_kind_of_the_contract_is_there():
    assert set(GOOD) | {"police-uk-street", "police-uk-outcomes"} <= set(all_kinds())


def test_every_column_has_a_meaning_and_a_field():
    for kind in all_kinds().values():
        assert all(column.meaning.endswith((".", ")")) for column in kind.columns), kind.slug
        if not kind.write_row:  # whose columns are the arguments of a service
            assert set(kind.fields) >= {column.name for column in kind.columns if column.is_kept}
