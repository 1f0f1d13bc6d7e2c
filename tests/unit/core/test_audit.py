import pytest
import structlog
from django.db import DatabaseError, connection, transaction

from core import audit
from core.jobs import job
from core.models import AuditEvent, User
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> User:
    return UserFactory.create(username="ana")


def test_record_says_who_what_and_to_what(person: User) -> None:
    event = audit.record(
        by=person, action=audit.Action.ROLE_GRANTED, target=person, detail={"role": "analyst"}
    )
    assert (event.actor, event.action) == ("ana", "role.granted")
    assert (event.target_type, event.target_id) == ("core.user", "ana")


def test_record_takes_request_and_address(person: User) -> None:
    with structlog.contextvars.bound_contextvars(request_id="r-1", ip="192.0.2.7"):
        event = audit.record(by=person, action=audit.Action.SIGNED_IN)
    assert (event.request_id, event.address) == ("r-1", "192.0.2.7")


def test_job_is_never_a_person(person: User) -> None:
    with job("nightly"):
        event = audit.record(by=person, action=audit.Action.FIGURES_RECOMPUTED)
    assert (event.actor, event.job) == ("", "nightly")
    assert event.detail == {"for": "ana"}


@pytest.mark.parametrize("table", ["core_auditevent", "pghistory_context"])
def test_log_is_never_emptied(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL aware.allow_truncate = 'off'")
        with pytest.raises(DatabaseError, match="only added"):
            cursor.execute(f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize("change", ["update", "delete"])
def test_audit_rows_are_only_added(person: User, change: str) -> None:
    audit.record(by=person, action=audit.Action.SIGNED_IN)
    rows = AuditEvent.objects.all()
    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        rows.update(actor="somebody else") if change == "update" else rows.delete()


def test_every_action_is_one_operation() -> None:
    named = [action for actions in audit.ACTIONS.values() for action in actions]
    assert sorted(named) == sorted(audit.Action)
    assert set(audit.ACTIONS) == set(audit.Operation)
