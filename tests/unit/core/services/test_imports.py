from datetime import timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from core.access.decision import NotAllowed
from core.imports import kind_called, staging
from core.imports.files import open_file
from core.imports.pipeline import Load, load_file
from core.jobs import job
from core.models import AuditEvent, ImportRun, ImportState
from core.services import imports
from core.services.imports import (
    Overtaken,
    cancel_import,
    check_import,
    confirm_import,
    expire_imports,
    load_from_disk,
    open_rejects,
    receive_file,
    rejects_path,
    resume_imports,
    run_import,
)
from offenders.models import Crime
from performance.models import StreetCrime
from tests.factories.crimes import CrimeFactory
from tests.factories.users import UserFactory
from tests.unit.core.imports.records import crime, csv_file, text

pytestmark = pytest.mark.django_db

GOOD = text(crime("A1"), crime("A2"))
MIXED = text(crime("A1"), crime("A2", district="x"), crime("A3"))


@pytest.fixture(autouse=True)
def files(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def analyst():
    return UserFactory.create(roles=["analyst"])


def sent(analyst, content=MIXED, kind="crimes", **kwargs):
    file = SimpleUploadedFile("january.csv", content.encode())
    return receive_file(by=analyst, kind=kind, file=file, name="january.csv", **kwargs)


def checked(analyst, content=MIXED):
    run = sent(analyst, content)
    check_import(run.pk)
    run.refresh_from_db()
    return run


def confirmed(analyst, content=MIXED):
    return confirm_import(by=analyst, run=checked(analyst, content))


def ended(run):
    run_import(run.pk)
    run.refresh_from_db()
    return run


def counts(run):
    return [run.read, run.created, run.updated, run.unchanged, run.rejected]


def test_receive_file_asks_for_the_permission():
    with pytest.raises(NotAllowed):
        sent(UserFactory.create(roles=["board-viewer"]))


def test_receive_file_refuses_at_once_what_is_no_such_file(analyst):
    run = sent(analyst, "a,b\n1,2\n")

    assert run.state == ImportState.REFUSED
    assert "does not name" in run.failure
    assert not run.file


def test_check_import_forecasts_and_changes_nothing(analyst):
    CrimeFactory.create(crime_ref="A1")

    run = checked(analyst)

    assert run.state == ImportState.CHECKED
    assert run.forecast == {"read": 3, "created": 1, "updated": 1, "unchanged": 0, "rejected": 1}
    assert run.errors[0]["row"] == 3
    assert Crime.objects.count() == 1


def test_check_import_ends_where_nothing_is_new(analyst):
    ended(confirmed(analyst, GOOD))
    run = checked(analyst, GOOD)

    assert (run.state, counts(run)) == (ImportState.DONE, [2, 0, 0, 2, 0])
    assert run.finished_at is not None
    assert not run.file
    event = AuditEvent.objects.get(target_id=str(run.pk))
    assert (event.action, event.actor) == ("import.finished", analyst.username)


def test_check_import_ends_where_all_but_the_rejected_rows_are_known(analyst):
    ended(confirmed(analyst))
    run = checked(analyst)

    assert (run.state, counts(run)) == (ImportState.DONE, [3, 0, 0, 2, 1])
    with open_rejects(by=analyst, run=run) as rejects:
        assert b"A2" in rejects.read()


def test_check_import_refuses_what_is_broken_further_in(analyst):
    run = checked(analyst, GOOD + "\0")

    assert (run.state, run.failure[:6]) == (ImportState.REFUSED, "Line 4")


def test_run_import_keeps_the_good_rows_and_a_receipt(analyst):
    run = ended(confirmed(analyst))

    assert (run.state, counts(run)) == (ImportState.DONE, [3, 2, 0, 0, 1])
    assert Crime.objects.count() == 2
    with open_rejects(by=analyst, run=run) as rejects:
        assert b"A2" in rejects.read()
    assert not run.file


def test_every_step_is_in_the_audit_log(analyst):
    run = ended(confirmed(analyst))

    steps = AuditEvent.objects.filter(target_id=str(run.pk)).order_by("pk")
    assert [event.action for event in steps] == [
        "import.checked",
        "import.started",
        "import.finished",
    ]
    assert steps[2].detail["sha256"] == run.sha256


def test_run_import_waits_for_the_confirmation(analyst):
    assert ended(checked(analyst)).state == ImportState.CHECKED
    assert not Crime.objects.exists()


def test_run_import_twice_imports_once(analyst):
    run = ended(confirmed(analyst))

    assert counts(ended(run)) == [3, 2, 0, 0, 1]


def test_confirm_import_twice_starts_it_once(analyst):
    run = confirmed(analyst)
    confirm_import(by=analyst, run=run)

    assert AuditEvent.objects.filter(action="import.started").count() == 1


def test_cancel_import_leaves_nothing_behind(analyst):
    run = checked(analyst)
    path = Path(run.file.path)

    cancel_import(by=analyst, run=run)

    assert ended(run).state == ImportState.CANCELLED
    assert not path.exists()
    assert not Crime.objects.exists()


def test_a_file_sent_by_machine_is_imported_without_a_check(analyst):
    run = sent(analyst, check_first=False)

    assert ended(run).state == ImportState.DONE


class Killed(BaseException):
    """Nothing catches it: what a kill -9 leaves behind is in the database."""


@pytest.mark.parametrize("blocks", [0, 1, 2, 3])
def test_an_import_killed_at_any_block_goes_on_there(analyst, monkeypatch, blocks):
    monkeypatch.setattr("core.imports.delimited.BLOCK_BYTES", 300)
    monkeypatch.setattr("core.imports.files.CHUNK", 100)
    rows = [crime(f"A{n}", district="x" if n % 5 == 0 else "fenland") for n in range(30)]
    run = confirmed(analyst, text(*rows))
    lock, seen = staging.lock, []

    def killer():
        seen.append(1)
        if len(seen) > blocks:
            raise Killed
        lock()

    with monkeypatch.context() as patch:
        patch.setattr(staging, "lock", killer)
        with pytest.raises(Killed):
            run_import(run.pk)

    run = ended(run)
    assert (run.state, counts(run)) == (ImportState.DONE, [30, 24, 0, 0, 6])
    assert len(rejects_path(run).read_text().splitlines()) == 7
    assert len(run.errors) == 6


def test_a_block_is_undone_where_another_worker_was_faster(analyst):
    run = confirmed(analyst)
    run_import_started(run)
    keeper = imports._Keeper(run)
    ImportRun.objects.filter(pk=run.pk).update(position=4)

    with pytest.raises(Overtaken):
        load_file(open_file(Path(run.file.path), kind_called("crimes")),
                  Load(kind_called("crimes"), None, keeper=keeper))  # fmt: skip

    assert not Crime.objects.exists()


def run_import_started(run):
    ImportRun.objects.filter(pk=run.pk).update(state=ImportState.RUNNING)
    run.refresh_from_db()


def test_a_published_file_starts_over_since_its_keys_count_equal_rows(analyst):
    line = ",2021-01,Force,Force,,,No location,,,Anti-social behaviour,,\n"
    run = sent(analyst, line * 3, "police-uk-street", check_first=False)
    ImportRun.objects.filter(pk=run.pk).update(read=2, created=2, position=2)

    assert counts(ended(run)) == [3, 3, 0, 0, 0]
    assert StreetCrime.objects.count() == 3


def test_a_file_that_is_gone_fails_in_words(analyst):
    run = confirmed(analyst)
    Path(run.file.path).unlink()

    assert ended(run).failure == "The file is gone from the server. Send it again."


def silent(run):
    ImportRun.objects.filter(pk=run.pk).update(heartbeat_at=timezone.now() - timedelta(minutes=3))


def test_resume_imports_finds_only_what_is_silent(analyst, django_capture_on_commit_callbacks):
    run = confirmed(analyst)
    assert resume_imports() == 0

    silent(run)
    with django_capture_on_commit_callbacks() as queued:
        assert resume_imports() == 1
    assert len(queued) == 1


def test_resume_imports_ends_what_a_command_left(tmp_path):
    run = ImportRun.objects.create(kind="crimes", file_name="x.csv", state=ImportState.RUNNING)
    silent(run)

    resume_imports()

    run.refresh_from_db()
    assert (run.state, run.failure) == (
        ImportState.FAILED,
        "The command was interrupted. Run it again.",
    )


def test_load_from_disk_keeps_a_run(tmp_path):
    receipt = load_from_disk(kind="crimes", path=csv_file(tmp_path, MIXED), dry_run=False)

    run = ImportRun.objects.get()
    assert (run.state, run.created, run.by) == (ImportState.DONE, receipt.created, None)


def test_load_from_disk_dry_keeps_nothing(tmp_path):
    load_from_disk(kind="crimes", path=csv_file(tmp_path, MIXED), dry_run=True)

    assert not ImportRun.objects.exists()
    assert not Crime.objects.exists()


def doers(run, action):
    events = AuditEvent.objects.filter(target_id=str(run.pk), action=action)
    return [event.actor or event.detail["for"] for event in events]


def test_import_is_put_down_to_whoever_confirmed_it(analyst):
    colleague = UserFactory.create(roles=["analyst"])
    run = confirm_import(by=colleague, run=checked(analyst))
    with job("core.tasks.run_import"):
        ended(run)

    assert doers(run, "import.started") == [colleague.username]
    assert doers(run, "import.finished") == [colleague.username]


def test_import_is_cancelled_by_whoever_cancelled_it(analyst):
    colleague = UserFactory.create(roles=["analyst"])
    run = checked(analyst)
    cancel_import(by=colleague, run=run)

    assert doers(run, "import.cancelled") == [colleague.username]


def files_kept(settings):
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_forged_workbook_is_refused_and_leaves_nothing(analyst, settings):
    forged = BytesIO()
    with ZipFile(forged, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "anything")
    run = receive_file(
        by=analyst, kind="crimes", file=SimpleUploadedFile("x", forged.getvalue()), name="x.xlsx"
    )

    assert run.state == ImportState.REFUSED
    assert not files_kept(settings)


def test_file_goes_with_its_row(analyst, settings, monkeypatch):
    monkeypatch.setattr(imports, "open_file", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        sent(analyst)

    assert not files_kept(settings)


def test_folder_of_rejects_is_the_servers_own(analyst):
    run = ended(confirmed(analyst))
    assert rejects_path(run).parent.stat().st_mode & 0o777 == 0o700


def test_rejects_are_deleted_after_their_time(analyst, settings):
    run = checked(analyst)
    confirm_import(by=analyst, run=run)
    run_import(run.pk)
    assert expire_imports() == 0

    with time_machine.travel(timezone.now() + timedelta(days=settings.IMPORT_KEEP_DAYS + 1)):
        assert expire_imports() == 1

    run.refresh_from_db()
    assert not run.rejects
    assert not rejects_path(run).exists()


def test_a_file_that_nobody_confirms_is_deleted_after_its_time(analyst, settings):
    run = checked(analyst)

    with time_machine.travel(timezone.now() + timedelta(days=settings.IMPORT_KEEP_DAYS + 1)):
        assert expire_imports() == 1

    run.refresh_from_db()
    assert (run.state, bool(run.file)) == (ImportState.CANCELLED, False)


@pytest.mark.django_db(transaction=True)
def test_a_table_counted_as_empty_is_counted_again_before_an_import(tmp_path):
    """The planner would read it anew for every row: an import that never ends."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE offenders_crime")  # it is empty
        cursor.execute("ALTER TABLE offenders_crime DISABLE TRIGGER USER")
        cursor.execute(
            "INSERT INTO offenders_crime (crime_ref, recorded_at, offence_code, district_code, version)"
            " SELECT 'B' || n, '2021-01-15 12:00Z', '48', 'fenland', 1 FROM generate_series(1, 20000) n"
        )
        cursor.execute("ALTER TABLE offenders_crime ENABLE TRIGGER USER")
        load_from_disk(kind="crimes", path=csv_file(tmp_path, text(crime("A1"))), dry_run=False)
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'offenders_crime'")
        [counted] = cursor.fetchone()

    assert counted >= 20_000
