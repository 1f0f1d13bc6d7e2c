"""Rows that leave the system: in the background, capped, expiring, and in the log."""

import tempfile
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import islice
from typing import IO, Any
from uuid import UUID

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone

from core import audit
from core.access.purpose import Need, require_purpose
from core.exports.kinds import export_kind
from core.exports.writers import WRITERS
from core.jobs import enqueue
from core.models import ExportRun, ExportState, User
from core.policies import can_download_export, can_export

WAITING = (ExportState.QUEUED, ExportState.RUNNING)
CHUNK = 2000  # rows the database hands over at a time
STALE = timedelta(minutes=2)  # without an end by then, its message or its worker may be lost


@transaction.atomic
def request_export(*, by: User, kind: str, query: str, form: str) -> ExportRun:
    """Raises ValidationError for a query that the page of the rows would refuse."""
    declared = export_kind(kind)
    can_export(by, declared).require()
    require_purpose(Need.EXPORT)
    declared.rows(QueryDict(query))
    run = ExportRun(kind=kind, query=query, format=form, by=by)
    run.full_clean()
    run.save()
    _record(run, by, audit.Action.EXPORT_REQUESTED)
    enqueue("core.tasks.run_export", str(run.pk))
    return run


def run_export(run_id: UUID) -> None:
    """Writes the file. A message that comes twice finds the row locked, or the work done."""
    if not _begin(run_id):
        return
    try:
        with transaction.atomic():
            # Held while the file is written: a worker that dies lets go of it by dying.
            run = _waiting(run_id)
            if run is not None:
                _write(run)
    except Exception:
        _fail(ExportRun.objects.get(pk=run_id), "Something went wrong. Ask for the export again.")
        raise


def open_export(*, by: User, run: ExportRun) -> IO[bytes]:
    """The file, for the person who asked for it. Raises FileNotFoundError once it has expired."""
    can_download_export(by, run).require()
    if run.state != ExportState.DONE or not run.expires_at or run.expires_at <= timezone.now():
        raise FileNotFoundError("This export has expired or is not ready.")
    _record(run, by, audit.Action.EXPORT_DOWNLOADED)
    return run.file.open("rb")


def expire_exports() -> int:
    """Deletes the files that are past their time; the rows stay, since they say who took what."""
    over = ExportRun.objects.filter(state=ExportState.DONE, expires_at__lte=timezone.now())
    for run in over:
        run.file.delete(save=False)
        run.state = ExportState.EXPIRED
        run.save(update_fields=["state", "file"])
        _record(run, None, audit.Action.EXPORT_EXPIRED)
    return len(over)


def resume_exports() -> int:
    """Queue again what the broker or a worker lost."""
    lost = ExportRun.objects.filter(state__in=WAITING, created_at__lt=timezone.now() - STALE)
    for run in lost:
        enqueue("core.tasks.run_export", str(run.pk))
    return len(lost)


@transaction.atomic
def _begin(run_id: UUID) -> bool:
    run = _waiting(run_id)
    if run is None:
        return False
    if not can_export(run.by, export_kind(run.kind)):
        _fail(run, "Your roles no longer allow this export.")
        return False
    run.state = ExportState.RUNNING
    run.save(update_fields=["state"])
    return True


def _waiting(run_id: UUID) -> ExportRun | None:
    """Under lock, unless another worker has it."""
    free = ExportRun.objects.select_for_update(of=("self",), skip_locked=True)
    return free.select_related("by").filter(pk=run_id, state__in=WAITING).first()


def _write(run: ExportRun) -> None:
    kind = export_kind(run.kind)
    counted = _Counted(kind.rows(QueryDict(run.query)), kind.paths, settings.EXPORT_MAX_ROWS)
    with tempfile.TemporaryFile() as file:
        WRITERS[run.format](file, kind.header, counted)
        file.seek(0)
        run.file.save(f"{run.pk}.{run.format}", File(file), save=False)
    run.rows, run.is_capped = counted.rows, counted.is_capped
    run.state, run.finished_at = ExportState.DONE, timezone.now()
    run.expires_at = run.finished_at + timedelta(hours=settings.EXPORT_KEEP_HOURS)
    run.save()
    _record(run, run.by, audit.Action.EXPORT_FINISHED)


class _Counted:
    """Rows one after another, counted, and stopped at the cap."""

    def __init__(self, rows: QuerySet[Any], paths: Sequence[str], cap: int) -> None:
        self._source = rows.values_list(*paths)
        self._cap = cap
        self.rows = 0
        self.is_capped = False

    def __iter__(self) -> Iterator[Sequence[Any]]:
        source = self._source.iterator(chunk_size=CHUNK)
        for row in islice(source, self._cap):
            self.rows += 1
            yield row
        self.is_capped = next(source, None) is not None


def _fail(run: ExportRun, why: str) -> None:
    run.state, run.failure, run.finished_at = ExportState.FAILED, why, timezone.now()
    run.save(update_fields=["state", "failure", "finished_at"])
    _record(run, run.by, audit.Action.EXPORT_FAILED)


def _record(run: ExportRun, by: User | None, action: audit.Action) -> None:
    detail = {"kind": run.kind, "query": run.query, "format": run.format, "rows": run.rows}
    audit.record(by=by, action=action, target=run, detail=detail)
