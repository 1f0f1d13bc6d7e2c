from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from core.concurrency import EditConflict
from core.models import AuditEvent
from offenders.models import Detention, VoluntaryAttendance
from offenders.services.attendances import amend_attendance, record_attendance
from tests.factories.custody import ARRESTED, AttendanceFactory
from tests.factories.nominals import NominalFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
SIXTEEN = date(2006, 5, 17)  # on the day of the attendance


@pytest.fixture
def officer():
    return UserFactory.create(roles=["act-officer"])


def attend(officer, **facts):
    facts.setdefault("nominal", NominalFactory.create())
    said = {"station": "Parkside", "reason": "Interview", "attended_at": ARRESTED, **facts}
    return record_attendance(by=officer, officer=officer, **said)


def child(**facts):
    return NominalFactory.create(date_of_birth=SIXTEEN, **facts)


def test_attendance_starts_no_clock(officer):
    attend(officer)
    assert not Detention.objects.exists()


def test_attendance_is_audited_and_so_is_its_result(officer):
    made = attend(officer)
    amend_attendance(by=officer, attendance=made, version=1, result="Interviewed")
    actions = AuditEvent.objects.filter(
        target_id=made.pk, target_type="offenders.voluntaryattendance"
    )
    assert set(actions.values_list("action", flat=True)) == {"record.created", "record.changed"}


def test_result_of_a_child_needs_whoever_was_there(officer):
    made = attend(officer, nominal=child())
    with pytest.raises(ValidationError, match="name the appropriate adult who was there"):
        amend_attendance(by=officer, attendance=made, version=1, result="Interviewed")
    with pytest.raises(ValidationError, match="name the appropriate adult who was there"):
        attend(officer, nominal=child(), result="Interviewed")
    both = {"result": "Interviewed", "appropriate_adult": "Aunt Invented"}
    kept = amend_attendance(by=officer, attendance=made, version=1, **both)
    assert kept.appropriate_adult == "Aunt Invented"


def test_adult_of_a_child_is_changed_and_not_taken_out(officer):
    made = attend(officer, nominal=child(), appropriate_adult="Aunt Invented")
    with pytest.raises(ValidationError, match="changed, not taken out"):
        amend_attendance(by=officer, attendance=made, version=1, appropriate_adult=" ")


@pytest.mark.parametrize("born", [date(2005, 1, 11), None])
def test_nobody_is_asked_for_beside_an_adult_or_somebody_of_no_known_age(officer, born):
    nominal = NominalFactory.create(date_of_birth=born)
    assert attend(officer, nominal=nominal, result="Interviewed").pk


def test_attendance_is_changed_by_officers_and_not_from_a_stale_page(officer):
    made = AttendanceFactory.create()
    viewer = UserFactory.create(roles=["analyst"])
    with pytest.raises(PermissionDenied):
        amend_attendance(by=viewer, attendance=made, version=1, result="Interviewed")
    amend_attendance(by=officer, attendance=made, version=1, result="Interviewed")
    with pytest.raises(EditConflict):
        amend_attendance(by=officer, attendance=made, version=1, result="Left")
    assert VoluntaryAttendance.objects.get().result == "Interviewed"
