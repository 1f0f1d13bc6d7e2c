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
        ({"pnc_id": "TAKEN"}, "surname", "looks like"),
        (
            {"pnc_id": "TAKEN", "confirm_new": "Y"},
            "ref",
            "Another nominal has this PNC identifier.",
        ),
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


def test_new_row_that_looks_like_somebody_known_is_held(row):
    known = NominalFactory.create(surname="Quilfeather", forenames="Oswin", date_of_birth=None)
    receipt = sent(row)
    assert (receipt.created, receipt.rejected) == (0, 1)
    column, message = problem(receipt)
    assert column == "surname"
    assert f"looks like {known.ref}, recorded already" in message
    assert "confirm_new" in message


def test_new_row_with_the_number_of_somebody_known_is_held_by_their_name(row):
    known = NominalFactory.create(custody_ref="CU7", surname="Brambleholt")
    assert known.ref in problem(sent(row | {"custody_ref": "cu7"}))[1]


def test_row_that_somebody_has_looked_at_is_taken_and_is_known_afterwards(row):
    NominalFactory.create(surname="Quillfeather", forenames="Oswin", date_of_birth=None)
    assert sent(row | {"confirm_new": "Y"}).created == 1
    assert sent(row | {"confirm_new": ""}).unchanged == 1
    assert sent(row | {"confirm_new": "N", "note": "Changed"}).updated == 1


@pytest.mark.parametrize("dry_run", [True, False])
def test_two_rows_of_one_person_are_told_in_the_check_and_in_the_import(row, dry_run):
    twin = row | {"ref": "n10", "pnc_id": "", "surname": "QUILLFEATHER"}
    receipt = load("nominals", [pl.DataFrame([row, twin])], by=None, dry_run=dry_run)
    assert (receipt.created, receipt.rejected) == (1, 1)
    assert "has the name and the date of birth of row 2 (N9)" in problem(receipt)[1]


@pytest.mark.parametrize("dry_run", [True, False])
def test_like_names_of_one_file_are_let_in_by_the_check_and_by_the_import(row, dry_run):
    brother = row | {"ref": "n10", "pnc_id": "", "forenames": "Oswyn", "date_of_birth": ""}
    rows = [pl.DataFrame([row]), pl.DataFrame([brother])]  # two blocks: the first one is in
    assert load("nominals", rows, by=None, dry_run=dry_run).created == 2


def test_another_birthday_is_another_person(row):
    NominalFactory.create(surname="Quillfeather", forenames="Oswin", date_of_birth="1971-12-03")
    assert sent(row).created == 1
