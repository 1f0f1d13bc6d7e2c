"""A file on its way into the records: sent, checked, confirmed, imported, with a receipt."""

from datetime import timedelta
from pathlib import Path
from typing import IO
from uuid import UUID

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils import timezone

from core import audit
from core.imports import FileRefused, Receipt, kind_called
from core.imports.files import open_file
from core.imports.pipeline import Load, Progress, load_file
from core.imports.receipt import RowError
from core.imports.rejects import Rejects
from core.jobs import enqueue
from core.models import ImportRun, ImportState, User
from core.policies import can_import

CHECK, RUN = "core.tasks.check_import", "core.tasks.run_import"
ALL_REJECTED = (
    "Every row was rejected, so there is nothing to import. Download the rejected rows, mend what is "
    "named beside each of them, and send that file."
)
STALE = timedelta(minutes=2)  # a living import commits a block every few seconds
ENDED = {
    ImportState.DONE: audit.Action.IMPORT_FINISHED,
    ImportState.CANCELLED: audit.Action.IMPORT_CANCELLED,
}
AT_WORK = (ImportState.CHECKING, ImportState.QUEUED, ImportState.RUNNING)


class Overtaken(Exception):  # noqa: N818  # nothing is wrong: somebody else does the work
    """Another worker is on this import, or a person has ended it."""


@transaction.atomic
def receive_file(
    *, by: User, kind: str, file: File[bytes], name: str, check_first: bool = True
) -> ImportRun:
    """Keeps the file and has it checked, or imported. One refused at once is kept as a refusal."""
    can_import(by, kind).require()
    state = ImportState.CHECKING if check_first else ImportState.QUEUED
    run = ImportRun(kind=kind, by=by, file_name=Path(name).name[:255], size=file.size, state=state)
    run.file.save(f"{run.pk}.upload", file, save=False)
    run.heartbeat_at = timezone.now()
    try:
        run.save()
        run.sha256 = open_file(Path(run.file.path), kind_called(kind)).sha256
        run.save(update_fields=["sha256"])
        enqueue(CHECK if check_first else RUN, str(run.pk))
    except FileRefused as refusal:
        _end(run, ImportState.REFUSED, str(refusal))
    except Exception:
        run.file.delete(save=False)  # its row goes with the transaction
        raise
    return run


def check_import(run_id: UUID) -> None:
    """The dry run: what would happen, row by row, without its happening."""
    run = ImportRun.objects.filter(pk=run_id, state=ImportState.CHECKING).first()
    if run is None:
        return
    _start_over(run)
    receipt = _load(run, dry_run=True)
    if receipt is None:
        return
    with transaction.atomic():
        if not _locked(run, ImportState.CHECKING):
            return
        run.forecast = receipt.counts()
        _tell(run, receipt)
        if receipt.rejected and receipt.rejected == receipt.read:
            _end(run, ImportState.REFUSED, ALL_REJECTED)
            return
        if receipt.read and not receipt.created + receipt.updated:
            _end(run, ImportState.DONE)  # there is nothing to confirm
            return
        run.state = ImportState.CHECKED
        run.save()
        _record(run, run.by, audit.Action.IMPORT_CHECKED)


@transaction.atomic
def confirm_import(*, by: User, run: ImportRun) -> ImportRun:
    """Asked twice, it is confirmed once."""
    can_import(by, run.kind).require()
    if _locked(run, ImportState.CHECKED):
        run.state, run.heartbeat_at = ImportState.QUEUED, timezone.now()
        run.confirmed_by = by
        _start_over(run)
        audit.record(by=by, action=audit.Action.IMPORT_STARTED, target=run)
        enqueue(RUN, str(run.pk))
    return run


@transaction.atomic
def cancel_import(*, by: User, run: ImportRun) -> None:
    """Before it is confirmed: nothing has been imported, and the file is deleted."""
    can_import(by, run.kind).require()
    if _locked(run, ImportState.CHECKING, ImportState.CHECKED):
        _end(run, ImportState.CANCELLED, by=by)


def run_import(run_id: UUID) -> None:
    """Goes on where an interrupted import stopped: every row is counted exactly once."""
    started = ImportRun.objects.filter(
        pk=run_id, state__in=[ImportState.QUEUED, ImportState.RUNNING]
    )
    if not started.update(state=ImportState.RUNNING, heartbeat_at=timezone.now()):
        return
    run = ImportRun.objects.select_related("by", "confirmed_by").get(pk=run_id)
    if run.started_at is None:
        run.started_at = timezone.now()
        run.save(update_fields=["started_at"])
    if not kind_called(run.kind).keyed_by_file:
        _start_over(run)  # its keys count equal rows from the first one
    receipt = _load(run, dry_run=False)
    if receipt is not None:
        _tell(run, receipt)
        _end(run, ImportState.DONE)


def load_from_disk(*, kind: str, path: Path, dry_run: bool, rejects: Path | None = None) -> Receipt:
    """For commands. Raises FileRefused. Killed, it is run again: what is in is unchanged."""
    file = open_file(path, kind_called(kind))
    out = Rejects(rejects) if rejects else None
    if dry_run:
        return load_file(file, Load(file.kind, None, dry_run=True, rejects=out))
    run = ImportRun.objects.create(
        kind=kind, file_name=path.name, size=path.stat().st_size, sha256=file.sha256,
        state=ImportState.RUNNING, started_at=timezone.now(), heartbeat_at=timezone.now(),
    )  # fmt: skip
    try:
        receipt = load_file(file, Load(file.kind, None, rejects=out, keeper=_Keeper(run)))
    except FileRefused as refusal:
        _end(run, ImportState.REFUSED, str(refusal))
        raise
    run.refresh_from_db()
    _tell(run, receipt)
    _end(run, ImportState.DONE)
    return receipt


def resume_imports() -> int:
    """Queue again what lost its worker or its message."""
    lost = ImportRun.objects.filter(state__in=AT_WORK, heartbeat_at__lt=timezone.now() - STALE)
    for run in lost:
        if run.file:
            enqueue(CHECK if run.state == ImportState.CHECKING else RUN, str(run.pk))
        else:
            _end(run, ImportState.FAILED, "The command was interrupted. Run it again.")
    return len(lost)


def expire_imports() -> int:
    """Files with people's data do not stay for ever: rejected rows, and what nobody confirmed."""
    before = timezone.now() - timedelta(days=settings.IMPORT_KEEP_DAYS)
    unconfirmed = ImportRun.objects.filter(state=ImportState.CHECKED, created_at__lt=before)
    for run in unconfirmed:
        _end(run, ImportState.CANCELLED)
    rejected = ImportRun.objects.filter(finished_at__lt=before).exclude(rejects="")
    for run in rejected:
        run.rejects.delete(save=False)
        run.save(update_fields=["rejects"])
    return len(unconfirmed) + len(rejected)


def open_rejects(*, by: User, run: ImportRun) -> IO[bytes]:
    """The rows that were not taken, to be mended. Raises FileNotFoundError."""
    can_import(by, run.kind).require()
    path = rejects_path(run)
    audit.record(by=by, action=audit.Action.EXPORT_DOWNLOADED, target=run)
    return path.open("rb")


def rejects_path(run: ImportRun) -> Path:
    return Path(settings.MEDIA_ROOT) / "rejects" / f"{run.pk}.csv"


class _Keeper:
    """Keeps the state of a run in the transaction of every block of its rows."""

    def __init__(self, run: ImportRun) -> None:
        self.run = run
        self.state = ImportRun.objects.values_list("state", flat=True).get(pk=run.pk)

    def begin(self, rows: int) -> None:
        ImportRun.objects.filter(pk=self.run.pk).update(
            rows_total=rows, heartbeat_at=timezone.now()
        )

    def keep(self, progress: Progress) -> None:
        mine = ImportRun.objects.filter(
            pk=self.run.pk, state=self.state, position=self.run.position
        )
        if not mine.update(
            position=progress.row,
            rejects_size=progress.rejects_size,
            errors=progress.receipt.first_errors(),
            heartbeat_at=timezone.now(),
            **progress.receipt.counts(),
        ):
            raise Overtaken
        self.run.position = progress.row


def _load(run: ImportRun, *, dry_run: bool) -> Receipt | None:
    """None where the import has ended otherwise, which it then says itself."""
    try:
        file = open_file(Path(run.file.path), kind_called(run.kind))
        work = Load(
            file.kind, run.wanted_by, dry_run=dry_run,
            rejects=Rejects(rejects_path(run), size=run.rejects_size),
            receipt=_so_far(run), after=run.position, keeper=_Keeper(run),
        )  # fmt: skip
        receipt = load_file(file, work)
    except FileRefused as refusal:
        _end(run, ImportState.REFUSED, str(refusal))
    except FileNotFoundError:
        _end(run, ImportState.FAILED, "The file is gone from the server. Send it again.")
    except Overtaken:
        pass
    except Exception:
        _end(
            run,
            ImportState.FAILED,
            "Something went wrong. What was read so far is in; send the file again.",
        )
        raise
    else:
        run.refresh_from_db()
        return receipt
    return None


def _so_far(run: ImportRun) -> Receipt:
    return Receipt(
        read=run.read, created=run.created, updated=run.updated, unchanged=run.unchanged,
        rejected=run.rejected, errors=[RowError(**error) for error in run.errors],
    )  # fmt: skip


def _start_over(run: ImportRun) -> None:
    for name in Receipt().counts():
        setattr(run, name, 0)
    run.errors, run.position, run.rejects_size = [], 1, 0
    run.save()


def _tell(run: ImportRun, receipt: Receipt) -> None:
    run.warnings, run.unknown_columns = receipt.warnings, receipt.unknown_columns
    if receipt.rejected:
        run.rejects.name = f"rejects/{run.pk}.csv"


def _locked(run: ImportRun, *states: ImportState) -> bool:
    """Whether the run is still in one of the states; it stays so until the transaction ends."""
    found = ImportRun.objects.select_for_update().filter(pk=run.pk, state__in=states).exists()
    if found:
        run.refresh_from_db()
    return found


@transaction.atomic
def _end(run: ImportRun, state: ImportState, failure: str = "", *, by: User | None = None) -> None:
    """Once. The uploaded file is deleted: its rows are in, or it was not wanted."""
    known = ImportRun.objects.select_for_update().values_list("state", flat=True)
    if known.get(pk=run.pk) not in (*AT_WORK, ImportState.CHECKED):
        return
    run.state, run.failure, run.finished_at = state, failure, timezone.now()
    if run.file:
        run.file.delete(save=False)
    run.save()
    _record(run, by or run.wanted_by, ENDED.get(state, audit.Action.IMPORT_FAILED))


def _record(run: ImportRun, by: User | None, action: audit.Action) -> None:
    detail = {
        "kind": run.kind,
        "file": run.file_name,
        "sha256": run.sha256,
        "read": run.read,
        "created": run.created,
        "updated": run.updated,
        "unchanged": run.unchanged,
        "rejected": run.rejected,
    }
    audit.record(by=by, action=action, target=run, detail=detail)
