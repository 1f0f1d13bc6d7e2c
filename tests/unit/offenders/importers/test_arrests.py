from datetime import UTC, datetime
from typing import Any

import polars as pl
import pytest

from core.imports import load
from offenders.models import Arrest, Detention
from offenders.services.arrest_offences import amend_offence, remove_offence
from offenders.services.merges import merge_nominals
from performance.models import Figure
from performance.services.figures import fold_changes
from tests.factories.cohorts import supervisor
from tests.factories.crimes import CrimeFactory
from tests.factories.custody import ARRESTED, ArrestFactory, ArrestOffenceFactory, detained
from tests.factories.nominals import NominalFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db

ROW = {
    "arrest_ref": "c1/20/7",
    "nominal_ref": "n9",
    "arrested_at": "11/01/2023 06:40",
    "place": "Invented Street",
    "district": "cambridge",
    "arresting_officer": "invented.constable",
    "offences": "Burglary in a dwelling; Going equipped",
}
HELD = {
    "station": "Parkside",
    "arrived_at": "2023-01-11T07:30",
    "authorised_at": "2023-01-11T07:45",
    "charged_at": "2023-01-11T18:00",
    "ended_at": "2023-01-11T19:00",
    "result": "charged-bailed",
    "custody_number": "PK1",
}


@pytest.fixture(autouse=True)
def constable():
    """Who has left since."""
    return UserFactory.create(username="invented.constable", is_active=False)


@pytest.fixture
def nominal():
    return NominalFactory.create(ref="N9")


def sent(*rows: dict[str, Any], dry_run: bool = False, by=None):
    return load("arrests", [pl.DataFrame(list(rows))], by=by, dry_run=dry_run)


def problem(receipt):
    (error,) = receipt.errors
    return error.column, error.message


def test_row_becomes_an_arrest_with_its_offences(nominal, constable):
    assert sent(ROW).counts() == {
        "read": 1, "created": 1, "updated": 0, "unchanged": 0, "rejected": 0,
    }  # fmt: skip
    arrest = Arrest.objects.get()
    assert (arrest.ref, arrest.nominal, arrest.arresting_officer) == ("C1/20/7", nominal, constable)
    assert arrest.arrested_at == datetime(2023, 1, 11, 6, 40, tzinfo=UTC)
    titles = arrest.offences.values_list("title", "mode")
    assert list(titles) == [("Burglary in a dwelling", "either"), ("Going equipped", "either")]
    assert not Detention.objects.exists()


def test_detention_that_is_over_has_its_log_and_counts_in_the_figures(nominal):
    sent(ROW | HELD)
    detention = Detention.objects.get()
    kinds = [event.kind for event in detention.entries.all()]
    assert kinds == ["arrested", "arrived", "authorised", "charged", "released"]
    assert (detention.result, detention.hours_used) == ("charged-bailed", 12)  # 11 h 30, half up
    assert detention.officer.username == "invented.constable"
    fold_changes()
    figures = Figure.objects.filter(month="2023-01-01", unit="cambridge")
    assert figures.get(indicator="charged-in-custody").numerator == 1
    assert figures.get(indicator="arrests").numerator == 1


def test_same_file_twice_changes_nothing(nominal):
    sent(ROW | HELD)
    again = sent(ROW | HELD)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 1)


def test_check_changes_nothing_and_counts_the_same(nominal):
    assert sent(ROW | HELD, dry_run=True).created == 1
    assert not Arrest.objects.exists()


def test_row_changes_facts_and_adds_offences_and_the_detention(nominal):
    sent(ROW)
    changed = ROW | HELD | {"place": "Elsewhere", "offences": "Robbery"}
    assert sent(changed).updated == 1
    arrest = Arrest.objects.get()
    assert arrest.place == "Elsewhere"
    assert sorted(arrest.offences.values_list("title", flat=True)) == [
        "Burglary in a dwelling", "Going equipped", "Robbery",
    ]  # fmt: skip
    assert arrest.detention.station == "Parkside"


def test_column_that_is_left_out_keeps_its_value(nominal):
    sent(ROW | {"operation": "Op Invented"})
    assert sent(ROW).unchanged == 1
    assert sent(ROW | {"operation": ""}).updated == 1
    assert Arrest.objects.get().operation == ""


def test_arrest_that_was_logged_here_takes_the_reference(nominal):
    offence = ArrestOffenceFactory.create(arrest=ArrestFactory.create(nominal=nominal))
    receipt = sent(ROW | {"offences": "burglary in a dwelling"})
    assert (receipt.created, receipt.updated) == (0, 1)
    arrest = Arrest.objects.get()
    assert (arrest.pk, arrest.ref) == (offence.arrest_id, "C1/20/7")
    assert arrest.offences.count() == 1


def test_offence_that_was_taken_out_or_renamed_on_the_page_does_not_come_back(nominal):
    sent(ROW)
    first, second = Arrest.objects.get().offences.all()
    by = supervisor()
    amend_offence(by=by, offence=first, title="Robbery", mode="indictable", crime=None)
    remove_offence(by=by, offence=second, reason="Not arrested for it")
    assert sent(ROW).unchanged == 1
    assert [row.title for row in Arrest.objects.get().offences.all()] == ["Robbery"]


def test_crimes_name_the_offences(nominal):
    one, two = CrimeFactory.create(), CrimeFactory.create()
    sent(ROW | {"offences": "", "crime_refs": f"{one.pk}; {two.pk}"})
    assert {row.crime for row in Arrest.objects.get().offences.all()} == {one, two}


def test_arrest_of_somebody_who_was_merged_is_of_the_one_who_was_kept(nominal):
    kept = NominalFactory.create()
    merge_nominals(by=supervisor(), kept=kept, gone=nominal, reason="One person")
    sent(ROW)
    assert Arrest.objects.get().nominal == kept
    assert sent(ROW).unchanged == 1


def test_somebody_who_is_held_now_may_have_been_held_before(nominal):
    detained(nominal=nominal, arrested_at=datetime(2023, 1, 11, 7, 0, tzinfo=UTC))
    assert sent(ROW | HELD).created == 1


@pytest.mark.parametrize(
    ("wrong", "column", "said"),
    [
        ({"nominal_ref": "N-nobody"}, "nominal_ref", "is not a known nominal"),
        ({"arresting_officer": "nobody"}, "arresting_officer", "is not a known user name"),
        ({"offences": " "}, "offences", "Write what the person was arrested for"),
        ({"crime_refs": "none/such"}, "crime_refs", "There is no crime NONE/SUCH"),
        ({"district": "atlantis"}, "district", "is not a known district"),
        ({"mode": "maybe"}, "mode", "is not known"),
        ({"arrested_at": "2099-01-01T10:00"}, "arrested_at", "is in the future"),
        ({"result": ""}, "result", "A detention has a station, an arrival, an end and a result"),
        ({"ended_at": ""}, "ended_at", "A detention has a station"),
        ({"arrived_at": "2023-01-11T06:39"}, "arrived_at", "before the arrest"),
        ({"ended_at": "2023-01-11T17:00"}, "ended_at", "later entry"),
        ({"charged_at": "2023-01-11T07:35"}, "charged_at", "Detention was not authorised"),
        (
            {"authorised_at": "", "charged_at": "", "result": "no-action"},
            "result",
            "not authorised",
        ),
    ],
)
def test_row_that_cannot_be_is_refused_with_its_reason(nominal, wrong, column, said):
    receipt = sent(ROW | HELD | wrong)
    assert (receipt.rejected, Arrest.objects.count()) == (1, 0)
    found, message = problem(receipt)
    assert found == column
    assert said in message


@pytest.mark.parametrize("wrong", [{"arrested_at": "2023-01-11T06:41"}, {"nominal_ref": "N8"}])
def test_reference_is_for_one_arrest(nominal, wrong):
    NominalFactory.create(ref="N8")
    sent(ROW)
    receipt = sent(ROW | wrong)
    assert problem(receipt)[0] == "arrest_ref"
    assert "at another time" in problem(receipt)[1]


@pytest.mark.parametrize(
    ("wrong", "column"), [({"ended_at": "2023-01-11T20:00"}, "ended_at"), ({"result": "charged-remanded"}, "result")]
)  # fmt: skip
def test_end_that_is_logged_is_not_changed_by_a_file(nominal, wrong, column):
    sent(ROW | HELD)
    receipt = sent(ROW | HELD | wrong)
    assert problem(receipt)[0] == column
    assert Detention.objects.get().hours_used == 12


def test_charge_of_a_child_needs_the_adult(nominal):
    nominal.date_of_birth = datetime(2008, 1, 1, tzinfo=UTC).date()
    nominal.save()
    assert problem(sent(ROW | HELD))[0] == "appropriate_adult"
    assert not Arrest.objects.exists()
    assert sent(ROW | HELD | {"appropriate_adult": "Aunt Invented"}).created == 1


def test_row_that_is_refused_takes_no_other_with_it(nominal):
    receipt = sent(ROW, ROW | {"arrest_ref": "c2", "arrested_at": "2023-01-12T10:00", "place": " "})
    assert (receipt.created, receipt.rejected) == (1, 1)


def test_whoever_sends_the_file_stands_in_the_log_and_a_command_stands_as_an_import(nominal):
    boss = supervisor()
    sent(ROW | HELD, by=boss)
    sent(ROW | HELD | {"arrest_ref": "c2", "arrested_at": "2023-01-11T06:30"})
    assert set(Detention.objects.values_list("entries__by__username", flat=True)) == {
        boss.username, None,
    }  # fmt: skip
    assert Arrest.objects.get(ref="C1/20/7").arrested_at == ARRESTED
