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
from core.access.decision import ALLOWED, Decision, Reason
from core.exports.kinds import ExportKind, export_kind
from core.exports.writers import WRITERS
from core.jobs import enqueue
from core.models import ExportRun, ExportState, User
from core.policies import can_download_export

CHUNK = 2000  # rows the database hands over at a time
STALE = timedelta(minutes=2)  # a run without an end by then has lost its worker, or its message


@transaction.atomic
def request_export(*, by: User, kind: str, query: str, form: str) -> ExportRun:
    """Raises ValidationError for a query that the page of the rows would refuse."""
    declared = export_kind(kind)
    _may_export(by, declared).require()
    declared.rows(QueryDict(query))
    run = ExportRun(kind=kind, query=query, format=form, by=by)
    run.full_clean()
    run.save()
    _record(run, by, audit.Action.EXPORT_REQUESTED)
    enqueue("core.tasks.run_export", str(run.pk))
    return run


def run_export(run_id: UUID) -> None:
    """Writes the file. Done twice (a message sent again) it does nothing the second time."""
    run = _claim(run_id)
    if run is None:
        return
    kind = export_kind(run.kind)
    if not _may_export(run.by, kind):
        _fail(run, "Your roles no longer allow this export.")
        return
    try:
        with tempfile.TemporaryFile() as file:
            _write(run, kind, file)
    except Exception:
        _fail(run, "Something went wrong. Ask for the export again.")
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
    waiting = [ExportState.QUEUED, ExportState.RUNNING]
    lost = ExportRun.objects.filter(state__in=waiting, created_at__lt=timezone.now() - STALE)
    for run in lost:
        enqueue("core.tasks.run_export", str(run.pk))
    return len(lost)


def _may_export(by: User, kind: ExportKind) -> Decision:
    return ALLOWED if by.has(kind.permission) else Decision(Reason.PERMISSION)


def _claim(run_id: UUID) -> ExportRun | None:
    waiting = [ExportState.QUEUED, ExportState.RUNNING]
    claimed = ExportRun.objects.filter(pk=run_id, state__in=waiting)
    if not claimed.update(state=ExportState.RUNNING):
        return None
    return ExportRun.objects.select_related("by").get(pk=run_id)


def _write(run: ExportRun, kind: ExportKind, file: IO[bytes]) -> None:
    counted = _Counted(kind.rows(QueryDict(run.query)), kind.paths, settings.EXPORT_MAX_ROWS)
    WRITERS[run.format](file, kind.header, counted)
    file.seek(0)
    with transaction.atomic():
        # A second worker with the same message waits here, then finds the run done.
        kept = ExportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
        if kept.state != ExportState.RUNNING:
            return
        kept.file.save(f"{run.pk}.{run.format}", File(file), save=False)
        kept.rows, kept.is_capped = counted.rows, counted.is_capped
        kept.state, kept.finished_at = ExportState.DONE, timezone.now()
        kept.expires_at = kept.finished_at + timedelta(hours=settings.EXPORT_KEEP_HOURS)
        kept.save()
        _record(kept, run.by, audit.Action.EXPORT_FINISHED)


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
