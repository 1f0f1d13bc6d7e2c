"""Records of prevention, trials and parts of operations are changed in the API as on their pages."""

from datetime import date
from typing import Any

import pytest

from core.models import AuditEvent
from operations.models import Assessment, PlanningApplication, WatchScheme
from tests.factories.community import (
    AwarenessFactory,
    ConsultationFactory,
    EstateWorksFactory,
    WatchSchemeFactory,
)
from tests.factories.nominals import NominalFactory
from tests.factories.operations import (
    OperationArrestFactory,
    OperationFactory,
    OperationVehicleFactory,
    TrialFactory,
)
from tests.factories.planning import PlanningFactory
from tests.factories.properties import (
    ASSESSED,
    AssessmentFactory,
    PropertyFactory,
    WorksOrderFactory,
)

pytestmark = pytest.mark.django_db
API = "/api/v1/"
DAY = date(2021, 1, 20)


@pytest.fixture
def staff(sign_in):
    return sign_in("isd-staff")


@pytest.fixture
def officer(sign_in):
    return sign_in("act-officer")


def patch(browser, path, **said):
    return browser.patch(f"{API}{path}", said, content_type="application/json")


KINDS: dict[str, tuple[Any, str, dict[str, Any]]] = {
    "property": (PropertyFactory, "properties", {"address": "9 Invented Close"}),
    "assessment": (AssessmentFactory, "assessments", {"weak": ["alarm"]}),
    "planning": (PlanningFactory, "planning-applications", {"about": "An invented mill"}),
    "consultation": (ConsultationFactory, "consultations", {"people": 41}),
    "watch": (WatchSchemeFactory, "watch-schemes", {"members": 13}),
    "estate": (EstateWorksFactory, "estate-works", {"measures": ["doors", "windows"]}),
    "awareness": (AwarenessFactory, "awareness", {"audience": "Invented landlords"}),
}


@pytest.mark.parametrize("kind", KINDS)
def test_one_record_is_read_and_changed_from_the_version_that_was_shown(staff, sign_in, kind):
    factory, path, changes = KINDS[kind]
    record = factory.create()
    address = f"{path}/{record.pk}/"
    shown = staff.get(f"{API}{address}").json()
    done = patch(staff, address, version=shown["version"], **changes)
    assert done.json() == shown | changes | {"version": shown["version"] + 1}
    stale = patch(staff, address, version=shown["version"], **changes)
    assert stale.status_code == 409
    assert patch(staff, address, **changes).json() == {"version": ["This field is required."]}
    assert patch(sign_in("manager"), address, version=2, **changes).status_code == 403
    assert AuditEvent.objects.filter(action="record.changed", target_id=record.pk).count() == 1


def test_what_ends_is_given_its_day_and_can_be_opened_again(staff):
    scheme = WatchSchemeFactory.create()
    path = f"watch-schemes/{scheme.pk}/"
    assert patch(staff, path, version=1, ended_on="2021-02-01").json()["ended_on"] == "2021-02-01"
    assert patch(staff, path, version=2, ended_on=None).json()["ended_on"] is None
    early = patch(staff, path, version=3, ended_on="2020-01-01")
    assert early.status_code == 400
    assert WatchScheme.objects.get().ended_on is None


def test_planning_answer_is_corrected_and_its_days_counted_anew(staff):
    one = PlanningFactory.create(answered_on=DAY, advice="objection", days_taken=8)
    path = f"planning-applications/{one.pk}/"
    done = patch(staff, path, version=1, answered_on="2021-01-12", taken_up="partly")
    assert (done.json()["days_taken"], done.json()["taken_up"]) == (2, "partly")
    unanswered = patch(staff, path, version=2, answered_on=None, advice="", taken_up="")
    assert unanswered.json()["days_taken"] is None
    assert patch(staff, path, version=3, received_on=None).status_code == 400
    assert patch(staff, path, version=3, application_ref="X").status_code == 400
    assert PlanningApplication.objects.get().version == 3


def test_assessment_stays_once_its_works_are_ordered(staff):
    works = WorksOrderFactory.create(state="ordered", ordered_on=ASSESSED)
    refused = patch(staff, f"assessments/{works.assessment_id}/", version=1, result="silver")
    assert refused.status_code == 400
    assert "Works were ordered" in str(refused.json())
    assert Assessment.objects.get().result == "gold"


def test_trial_is_changed_and_its_test_is_not(officer):
    trial = TrialFactory.create()
    path = f"trials/{trial.pk}/"
    assert patch(officer, path, version=1, ends_on="2023-05-31").json()["version"] == 2
    assert patch(officer, path, version=1, purpose="Another").status_code == 409
    assert patch(officer, path, version=2, test="Easier").json() == {
        "test": ["There is no such field."]
    }


def test_part_of_an_operation_is_changed(officer):
    vehicle = OperationVehicleFactory.create(recovered_on=None, area=None)
    path = f"operations/{vehicle.operation_id}/parts/vehicle/{vehicle.pk}/"
    done = patch(officer, path, version=1, recovered_on="2023-01-20", area="north")
    assert (done.json()["recovered_on"], done.json()["version"]) == ("2023-01-20", 2)
    assert patch(officer, path, version=1, value=1).status_code == 409
    assert patch(officer, path, version=2, value=-1).status_code == 400
    assert patch(officer, path, value=1).json() == {"version": ["This field is required."]}


def test_vehicle_of_two_operations_is_shared_when_that_is_said(officer):
    elsewhere = OperationVehicleFactory.create(registration="QX12ABC")
    vehicle = OperationVehicleFactory.create(registration="QX12ABD")
    path = f"operations/{vehicle.operation_id}/parts/vehicle/{vehicle.pk}/"
    refused = patch(officer, path, version=1, registration="QX12ABC")
    assert "Say that the two operations share it" in str(refused.json())
    done = patch(officer, path, version=1, registration="QX12ABC", is_shared=True)
    assert done.json()["shared_from"] == elsewhere.pk


def test_nominal_of_an_operation_is_changed_with_a_look_at_them(officer, sign_in):
    link = OperationFactory.create().nominals.create(nominal=NominalFactory.create(), part="thief")
    path = f"operations/{link.operation_id}/parts/nominal/{link.pk}/"
    done = patch(officer, path, version=1, part="cleared", until="2100-01-01")
    assert done.json()["part"] == "cleared"
    looks = AuditEvent.objects.filter(action="nominal.viewed", actor=officer.user.username)
    assert [look.target_id for look in looks] == [str(link.nominal_id)]
    assert patch(sign_in("analyst"), path, version=2, part="thief").status_code == 403


def test_link_of_an_arrest_is_made_anew(officer):
    link = OperationArrestFactory.create()
    path = f"operations/{link.operation_id}/parts/arrest/{link.pk}/"
    assert "make it anew" in str(patch(officer, path, version=1).json())
