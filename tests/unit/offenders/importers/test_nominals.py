from typing import Any

import polars as pl
import pytest

from core.imports import load
from core.selectors.history import history_of
from offenders.models import Nominal
from offenders.selectors.search import find_nominals
from offenders.services.merges import merge_nominals
from tests.factories.nominals import NominalFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db

ROW = {
    "ref": "n9",
    "surname": "Quillfeather",
    "forenames": "Oswin",
    "date_of_birth": "17/05/1990",
    "sex": "m",
    "pnc_id": "90/1z",
    "unit": "north",
}


@pytest.fixture
def lead():
    return UserFactory.create(username="invented.lead", roles=["act-officer"])


@pytest.fixture
def row(lead):
    return ROW | {"lead_officer": lead.username}


def sent(*rows: dict[str, Any]):
    return load("nominals", [pl.DataFrame(list(rows))], by=None)


def problem(receipt):
    (error,) = receipt.errors
    return error.column, error.message


def test_row_becomes_a_nominal_that_is_found_by_name(row, lead):
    assert sent(row).created == 1
    nominal = Nominal.objects.get()
    assert (nominal.ref, nominal.sex, nominal.pnc_id) == ("N9", "M", "90/1Z")
    assert (nominal.lead_officer, nominal.ethnicity, nominal.version) == (lead, "NS", 1)
    assert [hit.pk for hit in find_nominals("qilfeather oswin")] == [nominal.pk]


def test_same_file_twice_changes_nothing(row):
    sent(row)
    again = sent(row)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 1)


def test_changed_row_keeps_its_history(row):
    sent(row)
    assert sent(row | {"surname": "Quillfether"}).updated == 1
    nominal = Nominal.objects.get()
    (revision,) = history_of(nominal)
    (change,) = revision.changes
    assert (change.label, change.before, change.after) == (
        "Surname",
        "Quillfeather",
        "Quillfether",
    )
    assert nominal.version == 2


def test_lead_officer_of_a_known_nominal_changes_by_no_file(row, lead):
    sent(row)
    other = UserFactory.create(username="invented.other", roles=["act-officer"])
    assert sent(row | {"lead_officer": other.username}).unchanged == 1
    assert Nominal.objects.get().lead_officer == lead


@pytest.mark.parametrize(
    ("wrong", "column", "says"),
    [
        ({"lead_officer": ""}, "lead_officer", "is missing"),
        ({"lead_officer": "nobody"}, "lead_officer", "is not a known officer"),
        ({"lead_officer": "invented.analyst"}, "lead_officer", "is not a known officer"),
        ({"second_officer": "invented.lead"}, "second_officer", "cannot be the lead officer"),
        ({"surname": ""}, "surname", "is missing"),
        ({"date_of_birth": "2099-01-01"}, "date_of_birth", "is in the future"),
        ({"sex": "male"}, "sex", "Write F, M or X."),
        ({"ethnicity": "Z1"}, "ethnicity", "is not known"),
        ({"unit": "act-north"}, "unit", "is not a known area or district"),
        ({"pnc_id": "TAKEN"}, "ref", "Another nominal has this PNC identifier."),
        ({"ref": "N" * 21}, "ref", "is longer than 20 characters"),
    ],
)
def test_row_that_cannot_be_is_refused_with_its_sentence(row, wrong, column, says):
    UserFactory.create(username="invented.analyst", roles=["analyst"])
    NominalFactory.create(pnc_id="TAKEN")
    receipt = sent(row | wrong)
    assert (receipt.created, receipt.rejected) == (0, 1)
    assert problem(receipt)[0] == column
    assert says in problem(receipt)[1]


def test_nominal_who_was_merged_takes_no_row(row):
    sent(row)
    supervisor = UserFactory.create(roles=["act-supervisor"])
    gone = Nominal.objects.get()
    merge_nominals(by=supervisor, kept=NominalFactory.create(), gone=gone, reason="One person")
    receipt = sent(row | {"forenames": "Osric"})
    assert (receipt.updated, receipt.rejected) == (0, 1)
    assert "was merged into another nominal" in problem(receipt)[1]


def test_row_without_a_column_keeps_what_is_known(row):
    sent(row | {"note": "Seen in the market"})
    sent(row)
    assert Nominal.objects.get().note == "Seen in the market"
