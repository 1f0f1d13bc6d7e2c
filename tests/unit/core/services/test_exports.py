from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone

from core.access.decision import NotAllowed
from core.access.permissions import Permission
from core.exports import kinds
from core.exports.kinds import ExportKind, register
from core.models import AuditEvent, ExportRun, ExportState, Unit, User
from core.services.exports import (
    expire_exports,
    open_export,
    request_export,
    resume_exports,
    run_export,
)
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db


def units(query: QueryDict) -> QuerySet[Any]:
    if query.get("kind") == "wrong":
        raise ValidationError("There is no such kind of unit.")
    return Unit.objects.filter(kind=query.get("kind", "district")).order_by("code")


@pytest.fixture(autouse=True)
def _kind(monkeypatch: pytest.MonkeyPatch, settings, tmp_path) -> None:
    monkeypatch.setattr(kinds, "_KINDS", {})
    settings.MEDIA_ROOT = tmp_path
    register(ExportKind("units", "Units", (("unit", "code"), ("name", "name")), units))


@pytest.fixture
def manager() -> User:
    return UserFactory.create(roles=["manager"])


def finished(by: User, query: str = "", form: str = "csv") -> ExportRun:
    run = request_export(by=by, kind="units", query=query, form=form)
    run_export(run.pk)
    run.refresh_from_db()
    return run


def test_export_holds_the_rows_of_the_query(manager: User) -> None:
    run = finished(manager, "kind=area")
    with open_export(by=manager, run=run) as file:
        rows = [line.rsplit(",", 1)[0] for line in file.read().decode().splitlines()]
    assert [row.split(",")[:2] for row in rows] == [
        ["unit", "name"],
        ["north", "North"],
        ["south", "South"],
    ]
    assert (run.rows, run.is_capped) == (2, False)


def test_export_stops_at_the_cap(manager: User, settings) -> None:
    settings.EXPORT_MAX_ROWS = 3
    run = finished(manager)
    assert (run.rows, run.is_capped) == (3, True)


def test_export_leaves_its_trail(manager: User) -> None:
    run = finished(manager, "kind=area")
    open_export(by=manager, run=run).close()
    trail = AuditEvent.objects.filter(target_id=str(run.pk)).order_by("pk")
    assert [(event.action, event.detail["rows"]) for event in trail] == [
        ("export.requested", None),
        ("export.finished", 2),
        ("export.downloaded", 2),
    ]
    assert {event.detail["query"] for event in trail} == {"kind=area"}


def test_export_run_twice_writes_once(manager: User) -> None:
    run = finished(manager)
    run_export(run.pk)
    assert AuditEvent.objects.filter(action="export.finished").count() == 1


@pytest.mark.django_db(transaction=True)
def test_export_that_another_worker_writes_is_left_alone(manager: User) -> None:
    run = request_export(by=manager, kind="units", query="", form="csv")
    with transaction.atomic():
        ExportRun.objects.select_for_update().get(pk=run.pk)
        in_another_worker(run_export, run.pk)
        run.refresh_from_db()
        assert run.state == ExportState.QUEUED
    in_another_worker(run_export, run.pk)
    run.refresh_from_db()
    assert run.state == ExportState.DONE


def in_another_worker(work: Callable[[UUID], None], run: UUID) -> None:
    def connected() -> None:
        try:
            work(run)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(connected).result()


def test_request_export_refuses_a_wrong_query(manager: User) -> None:
    with pytest.raises(ValidationError, match="no such kind"):
        request_export(by=manager, kind="units", query="kind=wrong", form="csv")


def test_request_export_asks_the_permission_of_its_kind() -> None:
    with pytest.raises(NotAllowed):
        request_export(by=UserFactory.create(), kind="units", query="", form="csv")


def test_export_is_not_made_for_who_lost_the_right(manager: User) -> None:
    run = request_export(by=manager, kind="units", query="", form="csv")
    manager.grants.update(ended_at=timezone.now() + timedelta(seconds=1))
    run_export(run.pk)
    run.refresh_from_db()
    assert (run.state, run.file.name) == (ExportState.FAILED, "")


def test_failed_export_says_so(manager: User, monkeypatch: pytest.MonkeyPatch) -> None:
    run = request_export(by=manager, kind="units", query="", form="csv")
    monkeypatch.setattr(kinds, "_KINDS", {})
    register(ExportKind("units", "Units", (("unit", "no_such_column"),), units))
    with pytest.raises(Exception, match="no_such_column"):
        run_export(run.pk)
    run.refresh_from_db()
    assert run.state == ExportState.FAILED
    assert "Ask for the export again" in run.failure


def test_open_export_is_for_who_asked(manager: User) -> None:
    with pytest.raises(NotAllowed):
        open_export(by=UserFactory.create(roles=["manager"]), run=finished(manager))


def test_expired_export_is_deleted(manager: User, settings) -> None:
    run = finished(manager)
    path = run.file.path
    with time_machine.travel(timezone.now() + timedelta(hours=settings.EXPORT_KEEP_HOURS + 1)):
        with pytest.raises(FileNotFoundError):
            open_export(by=manager, run=run)
        assert expire_exports() == 1
    run.refresh_from_db()
    assert run.state == ExportState.EXPIRED
    assert not Path(path).exists()


def test_lost_export_is_queued_again(manager: User) -> None:
    request_export(by=manager, kind="units", query="", form="csv")
    assert resume_exports() == 0
    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        assert resume_exports() == 1


def test_two_kinds_of_one_name_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="declared already"):
        register(ExportKind("units", "Units", (), units, Permission.RECORD_EXPORT))


def test_finished_export_stays_shut_to_whom_the_right_was_taken_from(manager: User) -> None:
    run = finished(manager)
    manager.grants.update(role="board-viewer")
    with pytest.raises(NotAllowed):
        open_export(by=User.objects.get(pk=manager.pk), run=run)
