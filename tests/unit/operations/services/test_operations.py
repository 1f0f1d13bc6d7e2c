from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.models import AuditEvent, Unit
from core.states import StepError
from operations.models import (
    Operation,
    OperationArrest,
    OperationClosure,
    OperationForce,
    OperationNominal,
    OperationOfficer,
    OperationProperty,
    OperationVehicle,
)
from operations.policies.operations import Refusal
from operations.services.operation_parts import add_part, amend_part, remove_part
from operations.services.operations import amend_operation, record_operation, take_step
from operations.services.refusals import RefusedError
from tests.factories.custody import ArrestFactory
from tests.factories.nominals import NominalFactory
from tests.factories.operations import (
    OperationArrestFactory,
    OperationConvictionFactory,
    OperationFactory,
    OperationVehicleFactory,
)
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return UserFactory.create(roles=["act-officer"])


def vehicle(officer, operation, **facts) -> OperationVehicle:
    said: dict[str, Any] = {"registration": "QX12 ABC", "value": 9_000} | facts
    return add_part(OperationVehicle, by=officer, operation=operation, **said)


def test_operation_is_recorded_with_its_areas(officer):
    made = record_operation(
        by=officer,
        slug="op-invented",
        name="Op Invented",
        aim="To find vehicles",
        areas=list(Unit.objects.filter(pk__in=["north", "south"])),
    )
    assert set(made.areas.values_list("pk", flat=True)) == {"north", "south"}
    assert [step.step for step in made.steps.all()] == ["recorded"]
    assert AuditEvent.objects.filter(target_id="op-invented").count() == 1


def test_nobody_else_records_an_operation():
    with pytest.raises(PermissionDenied):
        record_operation(by=UserFactory.create(roles=["manager"]), slug="x", name="x", aim="x")


def test_operation_that_ends_before_it_starts_is_refused(officer):
    facts: dict[str, Any] = {"slug": "x", "name": "x", "aim": "x"}
    facts["starts_on"] = date(2023, 5, 2)
    with pytest.raises(ValidationError, match="cannot end before it starts"):
        record_operation(by=officer, **facts, ends_on=date(2023, 5, 1))
    with pytest.raises(IntegrityError, match="operation_ends_after"), transaction.atomic():
        Operation.objects.create(**facts, ends_on=date(2023, 5, 1))


def test_closing_before_the_start_is_refused(officer):
    operation = OperationFactory.create(starts_on=date(2022, 5, 2))
    with pytest.raises(RefusedError) as refused:
        take_step(
            by=officer, operation=operation, step="closed", reason="Done", on=date(2022, 5, 1)
        )
    assert refused.value.reason is Refusal.BEFORE_START


@pytest.mark.parametrize("depth", [0, 1, 2])
def test_operation_cannot_contain_itself(officer, depth):
    """Itself, its child and its grandchild."""
    line = [OperationFactory.create()]
    for _ in range(2):
        line.append(OperationFactory.create(parent=line[-1]))
    with pytest.raises(ValidationError, match="contain itself"):
        amend_operation(by=officer, operation=line[0], version=None, parent=line[depth])


@pytest.mark.parametrize("depth", [0, 1, 2])
def test_database_refuses_an_operation_inside_itself(depth):
    line = [OperationFactory.create()]
    for _ in range(2):
        line.append(OperationFactory.create(parent=line[-1]))
    with pytest.raises(IntegrityError), transaction.atomic():
        Operation.objects.filter(pk=line[0].pk).update(parent=line[depth])


def test_family_follows_the_tree():
    eldest = OperationFactory.create()
    child = OperationFactory.create(parent=eldest)
    grandchild = OperationFactory.create(parent=child)
    assert set(Operation.objects.family_of(eldest)) == {eldest, child, grandchild}
    Operation.objects.filter(pk=child.pk).update(parent=None)
    assert set(Operation.objects.family_of(eldest)) == {eldest}
    assert set(Operation.objects.family_of(child)) == {child, grandchild}
    grandchild.delete()
    assert OperationClosure.objects.count() == 2


def test_life_of_an_operation_is_kept_with_its_reasons(officer):
    operation = OperationFactory.create(state="planned")
    for step in ("started", "paused", "resumed", "closed", "reopened"):
        operation = take_step(by=officer, operation=operation, step=step, reason="Invented")
    assert (operation.state, operation.ends_on) == ("live", None)
    assert operation.steps.count() == 5
    with pytest.raises(StepError, match="live: it cannot be resumed"):
        take_step(by=officer, operation=operation, step="resumed", reason="Invented")


def test_step_needs_its_reason_and_no_day_to_come(officer):
    operation = OperationFactory.create()
    with pytest.raises(RefusedError) as refused:
        take_step(by=officer, operation=operation, step="closed", reason=" ")
    assert refused.value.reason is Refusal.NO_REASON
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(ValidationError, match="in the future"):
        take_step(by=officer, operation=operation, step="closed", reason="x", on=tomorrow)


def test_vehicle_in_two_operations_needs_a_link(officer):
    first, second = OperationFactory.create(), OperationFactory.create()
    made = vehicle(officer, first)
    assert made.registration == "QX12ABC"
    with pytest.raises(RefusedError, match=f"{first} has this vehicle already"):
        vehicle(officer, second)
    linked = vehicle(officer, second, is_shared=True)
    assert linked.shared_from == made


def test_database_refuses_a_vehicle_in_two_operations_without_a_link():
    made = OperationVehicleFactory.create(registration="QX1")
    with pytest.raises(IntegrityError, match="shared_by_a_link"), transaction.atomic():
        OperationVehicleFactory.create(registration="QX1")
    with pytest.raises(IntegrityError, match="linked to its entry"), transaction.atomic():
        OperationVehicleFactory.create(registration="QX2", shared_from=made)


def test_vehicle_that_nobody_else_has_cannot_be_shared(officer):
    with pytest.raises(RefusedError, match="No other operation"):
        vehicle(officer, OperationFactory.create(), is_shared=True)


def test_mark_of_a_shared_vehicle_stays(officer):
    made = vehicle(officer, OperationFactory.create())
    vehicle(officer, OperationFactory.create(), is_shared=True)
    with pytest.raises(RefusedError, match="shares this vehicle"):
        amend_part(made, by=officer, version=None, registration="QX99ZZZ")
    with pytest.raises(RefusedError, match="shares this vehicle"):
        remove_part(made, by=officer, reason="Slip")


@pytest.mark.parametrize(
    ("model", "facts"),
    [
        (OperationVehicle, {"registration": "QX1"}),
        (OperationProperty, {"description": "Invented tools"}),
    ],
)
def test_value_below_zero_is_refused(officer, model, facts):
    operation = OperationFactory.create()
    with pytest.raises(ValidationError, match="cannot be below zero"):
        add_part(model, by=officer, operation=operation, value=-1, **facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.create(operation=operation, value=-1, **facts)


def test_vehicle_recovered_before_it_was_stolen_is_refused(officer):
    facts = {"stolen_on": date(2023, 1, 2), "recovered_on": date(2023, 1, 1)}
    with pytest.raises(ValidationError, match="before it was stolen"):
        vehicle(officer, OperationFactory.create(), **facts)


def test_recovery_in_the_future_is_refused(officer):
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(RefusedError, match="in the future"):
        vehicle(officer, OperationFactory.create(), recovered_on=tomorrow)


def test_one_lead_for_an_area_at_a_time(officer):
    operation, north = OperationFactory.create(), Unit.objects.get(pk="north")
    facts = {"area": north, "role": "lead", "since": date(2022, 5, 1)}
    first = add_part(OperationOfficer, by=officer, operation=operation, officer=officer, **facts)
    other = UserFactory.create()
    with pytest.raises(ValidationError, match="Somebody leads"):
        add_part(OperationOfficer, by=officer, operation=operation, officer=other, **facts)
    amend_part(first, by=officer, version=1, until=date(2022, 6, 1))
    add_part(OperationOfficer, by=officer, operation=operation, officer=other, **facts)
    assert operation.officers.count() == 2


def test_arrest_belongs_to_one_operation(officer):
    link = OperationArrestFactory.create()
    with pytest.raises(ValidationError, match="in an operation already"):
        add_part(
            OperationArrest, by=officer, operation=OperationFactory.create(), arrest=link.arrest
        )


def test_link_follows_the_arrest_and_its_charge(officer):
    arrest = ArrestFactory.create()
    operation = OperationFactory.create()
    link = add_part(OperationArrest, by=officer, operation=operation, arrest=arrest)
    assert (link.arrested_on, link.charged_on, link.district_id) == (
        date(2023, 1, 11),
        None,
        "cambridge",
    )
    arrest.arrested_at -= timedelta(days=20)
    arrest.district_id = "fenland"
    arrest.save()
    held = arrest.detention if hasattr(arrest, "detention") else _held(arrest)
    held.result, held.ended_at = "charged-bailed", arrest.arrested_at + timedelta(days=1)
    held.save()
    link.refresh_from_db()
    assert (link.arrested_on, link.charged_on) == (date(2022, 12, 22), date(2022, 12, 23))
    assert link.district_id == "fenland"


def _held(arrest):
    from offenders.models import Detention  # noqa: PLC0415  # beside its only use

    return Detention.objects.create(arrest=arrest, station="Parkside", officer=UserFactory.create())


def test_link_follows_the_conviction():
    link = OperationConvictionFactory.create()
    link.conviction.convicted_on = date(2023, 2, 1)
    link.conviction.save()
    link.refresh_from_db()
    assert link.convicted_on == date(2023, 2, 1)


def test_part_is_removed_for_a_reason(officer):
    row = add_part(
        OperationForce, by=officer, operation=OperationFactory.create(), county="Inventedshire"
    )
    with pytest.raises(RefusedError, match="Say why"):
        remove_part(row, by=officer, reason=" ")
    remove_part(row, by=officer, reason="Wrong county")
    assert not OperationForce.objects.exists()


def test_log_of_a_linked_nominal_names_nobody(officer):
    nominal = NominalFactory.create(surname="Brackmere")
    row = add_part(
        OperationNominal,
        by=officer,
        operation=OperationFactory.create(),
        nominal=nominal,
        part="suspect",
    )
    event = AuditEvent.objects.get(target_id=row.operation_id)
    assert event.detail["nominal"] == nominal.pk
    assert "Brackmere" not in str(event.detail)
