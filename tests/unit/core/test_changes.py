from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction

from core.changes import announce
from core.models import Change, Unit
from offenders.models import Crime
from operations.models import Incident
from tests.factories.crimes import CrimeFactory
from tests.factories.incidents import IncidentFactory
from tests.factories.integrity_audits import IntegrityAuditFactory
from tests.factories.outcomes import OutcomeFactory
from tests.factories.victim_care_contracts import VictimCareContractFactory

pytestmark = pytest.mark.django_db

JANUARY, MARCH = date(2021, 1, 1), date(2021, 3, 1)


def logged(basis):
    """(month, unit, n) of the changes of a basis; the log is emptied."""
    found = sorted(Change.objects.filter(basis=basis).values_list("month", "unit", "n"))
    Change.objects.all().delete()
    return found


def test_insert_logs_one_more():
    CrimeFactory.create(district_id="fenland")
    assert logged("recorded") == [(JANUARY, "fenland", 1)]


def test_insert_of_many_logs_a_row_for_each_cell():
    CrimeFactory.create_batch(3, district_id="fenland")
    Change.objects.all().delete()
    Crime.objects.bulk_create(CrimeFactory.build_batch(5, district_id="fenland"))
    assert logged("recorded") == [(JANUARY, "fenland", 5)]


def test_copy_is_logged():
    with connection.cursor() as cursor:
        columns = "crime_ref, recorded_at, offence_code, district_code"
        with cursor.copy(f"COPY offenders_crime ({columns}) FROM STDIN") as copy:
            for n in range(4):
                copy.write_row((f"copied-{n}", "2021-01-31 23:30+00", "48", "fenland"))
    assert logged("recorded") == [(JANUARY, "fenland", 4)]


def test_row_without_a_district_is_the_forces_own():
    CrimeFactory.create(district_id=None)
    assert logged("recorded") == [(JANUARY, "force", 1)]


def test_month_is_that_of_london():
    CrimeFactory.create(recorded_at=datetime(2021, 3, 31, 23, 30, tzinfo=UTC))
    assert logged("recorded") == [(date(2021, 4, 1), "cambridge", 1)]


def test_update_moves_a_row():
    crime = CrimeFactory.create()
    Change.objects.all().delete()
    Crime.objects.filter(pk=crime.pk).update(district="fenland", recorded_at="2021-03-02T12:00Z")
    assert logged("recorded") == [(JANUARY, "cambridge", -1), (MARCH, "fenland", 1)]


def test_update_of_what_does_not_count_logs_nothing():
    crime = CrimeFactory.create()
    Change.objects.all().delete()
    Crime.objects.filter(pk=crime.pk).update(latitude=52.2, longitude=0.1)
    assert not Change.objects.exists()


def test_cancellation_takes_a_crime_out_of_every_basis():
    crime = OutcomeFactory.create().crime
    Change.objects.all().delete()
    Crime.objects.filter(pk=crime.pk).update(cancelled_at=crime.recorded_at + timedelta(days=9))
    found = set(Change.objects.values_list("basis", "n"))
    assert found == {("recorded", -1), ("cohort", -1), ("outcome", -1)}


def test_delete_logs_one_less():
    crime = CrimeFactory.create()
    Change.objects.all().delete()
    crime.delete()
    assert logged("recorded") == [(JANUARY, "cambridge", -1)]


def test_truncate_logs_what_goes():
    IncidentFactory.create_batch(2)
    Change.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {Incident._meta.db_table} CASCADE")
    assert sum(n for _, _, n in logged("incident")) == -2


def test_audit_logs_its_numbers():
    IntegrityAuditFactory.create(audited_on=date(2021, 1, 9), crimes_required=9, crimes_recorded=7)
    changes = Change.objects.filter(basis__startswith="integrity")
    assert dict(changes.values_list("basis", "n")) == {
        "integrity-required": 9,
        "integrity-recorded": 7,
    }


def test_new_arrival_time_marks_the_month():
    incident = IncidentFactory.create(
        opened_at=datetime(2021, 1, 5, 12, tzinfo=UTC), district_id="fenland"
    )
    Change.objects.all().delete()
    incident.arrived_at = incident.opened_at + timedelta(minutes=51)
    incident.save()
    assert logged("response") == [(JANUARY, "fenland", 0)]


def test_incident_saved_unchanged_marks_nothing():
    incident = IncidentFactory.create()
    Change.objects.all().delete()
    incident.save()
    assert not Change.objects.exists()


def test_contract_marks_the_months_of_its_life():
    VictimCareContractFactory.create(opened_on=date(2020, 11, 3), closed_on=date(2021, 2, 3))
    mark = Change.objects.get(basis="victim-care")
    assert (mark.month, mark.dims) == (date(2020, 11, 1), {"until": "2021-02-01"})


def test_rolled_back_write_leaves_no_change():
    with transaction.atomic():
        CrimeFactory.create()
        transaction.set_rollback(True)
    assert not Change.objects.filter(basis="recorded").exists()


def test_change_of_the_tree_marks_the_definition():
    Change.objects.all().delete()
    Unit.objects.filter(pk="fenland").update(parent="south")
    assert Change.objects.get().basis == "definition"


def test_statement_that_changes_no_unit_marks_nothing():
    Change.objects.all().delete()
    Unit.objects.filter(pk="nowhere").update(name="Nowhere")
    assert not Change.objects.exists()


def test_announce_sends_once_a_transaction(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        announce()
        announce()
    assert len(callbacks) == 1
