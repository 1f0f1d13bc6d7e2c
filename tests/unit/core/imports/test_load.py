from datetime import UTC, date, datetime

import polars as pl
import pytest
from django.apps import apps

from core.imports import load
from core.models import AuditEvent, Change
from offenders.models import Crime, HubReferral, OffenceCode, Outcome
from tests.factories.crimes import CrimeFactory
from tests.factories.outcomes import OutcomeFactory
from tests.unit.core.imports.records import crime, frame

pytestmark = pytest.mark.django_db


def load_crimes(*rows, **kwargs):
    return load("crimes", [frame(*rows)], by=None, **kwargs)


def revisions():
    return apps.get_model("offenders.CrimeEvent")._default_manager.all()


def said(receipt):
    return [(error.row, error.column, error.message) for error in receipt.errors]


def test_load_adds_what_is_new():
    receipt = load_crimes(crime("A1"), crime("A2", district="Cambridge", dwelling=""))

    assert receipt.counts() == {
        "read": 2,
        "created": 2,
        "updated": 0,
        "unchanged": 0,
        "rejected": 0,
    }
    found = Crime.objects.get(pk="A1")
    assert found.recorded_at == datetime(2021, 1, 15, 10, tzinfo=UTC)
    assert (found.offence_id, found.district_id, found.is_dwelling) == ("28E", "fenland", True)
    assert Crime.objects.get(pk="A2").is_dwelling is None


def test_load_twice_changes_nothing():
    load_crimes(crime("A1"), crime("A2"))
    Change.objects.all().delete()

    receipt = load_crimes(crime("A1"), crime("A2"))

    assert (receipt.created, receipt.updated, receipt.unchanged) == (0, 0, 2)
    assert not Change.objects.exists()


def test_references_that_differ_in_case_are_one():
    CrimeFactory.create(crime_ref="fresh-1")

    receipt = load_crimes(crime("Fresh-1"), crime("FRESH-1"))

    assert (receipt.created, receipt.updated, receipt.unchanged) == (0, 1, 1)
    assert Crime.objects.get(pk="fresh-1").crime_ref == "FRESH-1"


def test_load_updates_only_what_differs_and_keeps_its_history():
    load_crimes(crime("A1"), crime("A2"))

    receipt = load_crimes(crime("A1", offence_code="28F"), crime("A2"))

    assert (receipt.updated, receipt.unchanged) == (1, 1)
    assert Crime.objects.get(pk="A1").offence_id == "28F"
    assert [event.offence_id for event in revisions()] == ["28E"]


def test_load_leaves_alone_what_the_file_does_not_hold():
    CrimeFactory.create(crime_ref="A1", is_allocated=True)

    load_crimes({"crime_ref": "A1", "recorded_at": "2021-01-15T12:00", "offence_code": "48"})

    found = Crime.objects.get(pk="A1")
    assert (found.offence_id, found.is_allocated, found.is_dwelling) == ("48", True, True)


def test_load_blanks_what_the_file_leaves_blank():
    CrimeFactory.create(crime_ref="A1", is_dwelling=True)

    load_crimes(crime("A1", dwelling=""))

    assert Crime.objects.get(pk="A1").is_dwelling is None


def test_load_takes_typed_frames():
    rows = frame(crime("A1")).with_columns(
        recorded_at=pl.lit(datetime(2021, 1, 15, 10, tzinfo=UTC)), dwelling=pl.lit(value=True)
    )

    load("crimes", [rows], by=None)

    assert Crime.objects.get(pk="A1").is_dwelling is True


def test_load_keeps_the_good_rows_of_a_bad_file():
    receipt = load_crimes(crime("A1"), crime("A2", offence_code="XX"), crime("A3"))

    assert (receipt.created, receipt.rejected) == (2, 1)
    assert said(receipt) == [
        (
            3,
            "offence_code",
            "is not a known offence code. Use a code of the list, or have it added.",
        )
    ]


@pytest.mark.parametrize(
    ("changes", "column", "message"),
    [
        ({"crime_ref": ""}, "crime_ref", "is missing"),
        ({"crime_ref": ".."}, "crime_ref", "is made of dots"),
        ({"crime_ref": "35KH/./1"}, "crime_ref", "is made of dots"),
        ({"crime_ref": "A\u200b1"}, "crime_ref", "a character that does not print"),
        ({"crime_ref": "x" * 41}, "crime_ref", "is longer than 40 characters"),
        ({"recorded_at": "2021-02-29T10:00"}, "recorded_at", "is not a day and time"),
        ({"recorded_at": "2020-03-29T01:30"}, "recorded_at", "the clocks go forward"),
        ({"recorded_at": "2199-01-01T00:00"}, "recorded_at", "is in the future"),
        ({"occurred_from": "2021-01-16T10:00"}, "occurred_from", "recorded before it happened"),
        ({"district": "nowhere"}, "district", "is not a known district"),
        ({"district": "north"}, "district", "is not a known district"),
        ({"latitude": "52.1", "longitude": ""}, "latitude", "Give latitude and longitude together"),
        ({"latitude": "91", "longitude": "0"}, "latitude", "is out of range"),
        ({"dwelling": "perhaps"}, "dwelling", "is neither Y nor N"),
        ({"cancelled_at": "2021-01-14T10:00"}, "cancelled_at", "cancelled before it was recorded"),
        ({"department": "fenland"}, "department", "is not a known department"),
    ],
)
def test_load_rejects_a_row_and_says_why(changes, column, message):
    receipt = load_crimes(crime("A1", **changes))

    assert receipt.rejected == 1
    assert receipt.errors[0].column == column
    assert message in receipt.errors[0].message
    assert not Crime.objects.exists()


def test_load_asks_for_the_code_in_force_on_the_day_of_the_record():
    OffenceCode.objects.filter(pk="28E").update(valid_to=date(2021, 1, 14))

    receipt = load_crimes(crime("A1"), crime("A2", recorded_at="2021-01-14T23:59"))

    assert (receipt.created, receipt.rejected) == (1, 1)
    assert receipt.errors[0].message == (
        "is not an offence code in force on the day of recorded_at: "
        "it is in force from 1 April 2017 until 14 January 2021. Use the code of that day."
    )


def test_a_value_at_fault_is_not_held_against_another_column():
    receipt = load_crimes(crime("A1", latitude="91", longitude="0.1"))

    assert [error.message[:15] for error in receipt.errors] == ["is out of range"]


def test_load_counts_an_identical_repeat_once():
    receipt = load_crimes(crime("A1"), crime("A1"), crime("A1", recorded_at="15/01/2021 10:00"))

    assert (receipt.created, receipt.unchanged, receipt.rejected) == (1, 2, 0)


def test_load_refuses_rows_that_contradict_each_other():
    receipt = load_crimes(crime("A1"), crime("A2"), crime("A1", dwelling="N"))

    assert (receipt.created, receipt.rejected) == (1, 2)
    assert said(receipt) == [
        (2, "crime_ref", "stands on row 4 too, with other values. Keep the row that is right."),
        (4, "crime_ref", "stands on row 2 too, with other values. Keep the row that is right."),
    ]
    assert [error.value for error in receipt.errors] == ["A1", "A1"]


def test_load_warns_of_the_hour_that_the_clocks_repeat():
    receipt = load_crimes(crime("A1", recorded_at="2020-10-25T01:30"))

    assert receipt.created == 1
    assert receipt.warnings[0].startswith("1 time falls in the hour that the clocks repeat")


def test_a_dry_run_counts_and_changes_nothing():
    CrimeFactory.create(crime_ref="A1")

    receipt = load_crimes(crime("A1"), crime("A2"), crime("A3", district="x"), dry_run=True)

    assert receipt.counts() == {
        "read": 3,
        "created": 1,
        "updated": 1,
        "unchanged": 0,
        "rejected": 1,
    }
    assert Crime.objects.get().district_id == "cambridge"
    assert not AuditEvent.objects.exists()


def test_load_is_in_the_audit_log():
    load_crimes(crime("A1"))

    event = AuditEvent.objects.get()
    assert (event.action, event.detail["created"]) == ("import.finished", 1)


def test_a_million_errors_stay_cheap_to_show():
    rows = frame(crime("A1")).select(pl.all().repeat_by(3000).explode())
    rows = rows.with_columns(crime_ref=pl.int_range(3000).cast(pl.String), district=pl.lit("x"))

    receipt = load("crimes", [rows], by=None)

    assert (receipt.rejected, len(receipt.errors)) == (3000, 10)


def test_what_only_the_database_refuses_is_rejected_by_row():
    rows = [crime(f"A{n}") for n in range(8)]
    rows[5] = {**rows[5], "occurred_from": "2021-01-14T10:00", "occurred_to": "2021-01-14T11:00"}
    load("crimes", [frame(*rows)], by=None)

    # The file says nothing of when it happened: only the stored row does.
    earlier = frame(crime("A5", recorded_at="2021-01-13T10:00"), crime("A6", dwelling="N"))
    receipt = load("crimes", [earlier], by=None)

    assert (receipt.updated, receipt.rejected) == (1, 1)
    assert "A crime cannot be recorded before it happened." in receipt.errors[0].message


def outcome(ref="A1", code="1", at="2021-01-20T10:00"):
    return {"crime_ref": ref, "outcome_code": code, "outcome_at": at}


def test_load_gives_a_crime_its_outcome():
    CrimeFactory.create(crime_ref="A1")

    receipt = load(
        "outcomes", [frame(outcome(), outcome(code="18", at="2021-01-18T10:00"))], by=None
    )

    assert receipt.created == 2
    assert Crime.objects.get().outcome_id == "1"


def test_load_keeps_each_outcome_once():
    CrimeFactory.create(crime_ref="A1")
    for _ in range(2):
        receipt = load("outcomes", [frame(outcome(at="20/01/2021 10:00"))], by=None)

    assert (receipt.created, receipt.unchanged) == (0, 1)
    assert Outcome.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "column", "message"),
    [
        ({"ref": "A9"}, "crime_ref", "is not a known crime"),
        ({"at": "2021-01-15T11:59"}, "outcome_at", "is before the crime was recorded"),
        ({"code": "99"}, "outcome_code", "is not a known outcome code"),
    ],
)
def test_load_rejects_an_outcome_and_says_why(changes, column, message):
    CrimeFactory.create(crime_ref="A1")

    receipt = load("outcomes", [frame(outcome(**changes))], by=None)

    assert receipt.rejected == 1
    assert receipt.errors[0].column == column
    assert message in receipt.errors[0].message
    assert (
        receipt.errors[0].value
        == {"ref": "A9", "at": "2021-01-15T11:59", "code": "99"}[next(iter(changes))]
    )


def test_load_refuses_to_record_a_crime_after_its_outcome():
    OutcomeFactory.create(crime=CrimeFactory.create(crime_ref="A1"))

    receipt = load_crimes(crime("A1", recorded_at="2022-01-01T10:00"))

    assert receipt.rejected == 1
    assert "is later than an outcome of this crime" in receipt.errors[0].message


def test_load_refers_a_victim_not_before_the_crime():
    CrimeFactory.create(crime_ref="A1")
    CrimeFactory.create(crime_ref="A2")
    rows = [
        {"crime_ref": "A1", "referred_on": "2021-01-15"},
        {"crime_ref": "A2", "referred_on": "2021-01-14"},
    ]

    receipt = load("referrals", [frame(*rows)], by=None)

    assert (receipt.created, receipt.rejected) == (1, 1)
    assert HubReferral.objects.get().pk == "A1"
    assert Crime.objects.get(pk="A1").referred_on == date(2021, 1, 15)
