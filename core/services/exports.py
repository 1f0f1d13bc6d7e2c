"""Rows that leave the system: in the background, capped, expiring, and in the log."""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
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
from core.actors import acting
from core.exports.kinds import ExportKind, export_kind
from core.exports.watermark import Watermark
from core.exports.writers import WRITERS
from core.jobs import enqueue
from core.models import Approval, AuditEvent, ExportRun, ExportState, User
from core.policies import can_ask_for_export, can_download_export, can_export
from core.services.approvals import ask

WAITING = (ExportState.QUEUED, ExportState.RUNNING)
LARGE = "large-export"  # the kind of approval
CHUNK = 2000  # rows the database hands over at a time
STALE = timedelta(minutes=2)  # without an end by then, its message or its worker may be lost


@transaction.atomic
def request_export(*, by: User, kind: str, query: str, form: str) -> ExportRun:
    """Raises ValidationError for a query that the page of the rows would refuse."""
    declared = export_kind(kind)
    can_export(by, declared).require()
    require_purpose(Need.EXPORT)
    run = ExportRun(kind=kind, query=query, format=form, by=by)
    run.people = people_of(declared, declared.rows(QueryDict(query)))
    if _is_large(run):
        run.state = ExportState.UNASKED
    run.full_clean()
    run.save()
    _record(run, by, audit.Action.EXPORT_REQUESTED)
    if run.state == ExportState.QUEUED:
        enqueue("core.tasks.run_export", str(run.pk))
    return run


def people_of(kind: ExportKind, rows: QuerySet[Any]) -> int | None:
    """How many nominals the file would hold; None where none is told in it."""
    if not kind.people:
        return None
    wanted = rows.order_by().values(kind.people).distinct()
    return wanted[: settings.EXPORT_MAX_ROWS].count()


def _is_large(run: ExportRun) -> bool:
    return (run.people or 0) > settings.EXPORT_PEOPLE


@transaction.atomic
def ask_for_export(*, by: User, run: ExportRun, reason: str) -> Approval:
    """Raises NotAllowed, ValidationError. The file is made when another person has approved."""
    current = ExportRun.objects.select_for_update().get(pk=run.pk)
    can_ask_for_export(by, current).require()
    names = {"export": current.kind, "query": current.query, "people": current.people}
    approval = ask(by=by, kind=LARGE, target=current, reason=reason, payload=names)
    current.state = ExportState.ASKED
    current.save(update_fields=["state"])
    return approval


def make_approved_export(by: User, approval: Approval) -> None:
    """Inside of the transaction of the approval."""
    run = ExportRun.objects.select_for_update().get(pk=approval.target_id)
    run.state, run.is_approved = ExportState.QUEUED, True
    run.save(update_fields=["state", "is_approved"])
    enqueue("core.tasks.run_export", str(run.pk))


def drop_export(by: User, approval: Approval) -> None:
    run = ExportRun.objects.select_for_update().get(pk=approval.target_id)
    refused = f"It was not approved: {approval.note}"
    _fail(run, refused if approval.decided_at else "You took the request back.")


def run_export(run_id: UUID) -> None:
    """Writes the file. A message that comes twice finds the row locked, or the work done."""
    if not _begin(run_id):
        return
    try:
        with transaction.atomic():
            # Held while the file is written: a worker that dies lets go of it by dying.
            run = _waiting(run_id)
            if run is not None:
                with acting(lambda: run.by):
                    _write(run)
    except Exception:
        _fail(ExportRun.objects.get(pk=run_id), "Something went wrong. Ask for the export again.")
        raise


def open_export(*, by: User, run: ExportRun) -> IO[bytes]:
    """The file, for the person who asked for it. Raises FileNotFoundError once it has expired, or
    tells of somebody who was restricted or disposed of since, or was open in an emergency only."""
    can_download_export(by, run).require()
    if run.state != ExportState.DONE or not run.expires_at or run.expires_at <= timezone.now():
        raise FileNotFoundError("This export has expired or is not ready.")
    people = _people_in(run)
    if not export_kind(run.kind).still_open(by, people):
        detail = {"reason": "not-shown", "kind": run.kind}
        audit.record(by=by, action=audit.Action.ACCESS_REFUSED, target=run, detail=detail)
        raise FileNotFoundError("The records have changed since. Ask for the export again.")
    _record(run, by, audit.Action.EXPORT_DOWNLOADED, people)
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
    if _has_grown(run):
        run.state = ExportState.UNASKED
        run.save(update_fields=["state", "people"])
        return False
    run.state = ExportState.RUNNING
    run.save(update_fields=["state"])
    return True


def _has_grown(run: ExportRun) -> bool:
    """More people have come to match the filter since it was asked for."""
    kind = export_kind(run.kind)
    if run.is_approved or not kind.people:
        return False
    with acting(lambda: run.by):
        run.people = people_of(kind, kind.rows(QueryDict(run.query)))
    return _is_large(run)


def _waiting(run_id: UUID) -> ExportRun | None:
    """Under lock, unless another worker has it."""
    free = ExportRun.objects.select_for_update(of=("self",), skip_locked=True)
    return free.select_related("by").filter(pk=run_id, state__in=WAITING).first()


def _write(run: ExportRun) -> None:
    kind = export_kind(run.kind)
    counted = _Counted(kind.rows(QueryDict(run.query)), kind, settings.EXPORT_MAX_ROWS)
    by, ref = run.by, str(run.pk)
    mark = Watermark(kind.title, str(by), by.username, timezone.now(), run.query, ref)
    with tempfile.TemporaryFile() as file:
        shaped = kind.shape(QueryDict(run.query), counted)
        WRITERS[run.format](file, kind.header, shaped, mark)
        file.seek(0)
        run.file.save(f"{run.pk}.{run.format}", File(file), save=False)
    run.rows, run.is_capped = counted.rows, counted.is_capped
    run.people = len(counted.people) if kind.people else None
    run.state, run.finished_at = ExportState.DONE, timezone.now()
    run.expires_at = run.finished_at + timedelta(hours=settings.EXPORT_KEEP_HOURS)
    run.save()
    _record(run, run.by, audit.Action.EXPORT_FINISHED, counted.people)


class _Counted:
    """Rows one after another, counted, and stopped at the cap. `people`: whom they told of."""

    def __init__(self, rows: QuerySet[Any], kind: ExportKind, cap: int) -> None:
        self._source = rows.values_list(*kind.paths, *filter(None, [kind.people]))
        self._width = len(kind.paths)
        self._cap = cap
        self.rows = 0
        self.people: set[int] = set()
        self.is_capped = False

    def __iter__(self) -> Iterator[Sequence[Any]]:
        source = self._source.iterator(chunk_size=CHUNK)
        for row in islice(source, self._cap):
            self.rows += 1
            self.people.update(pk for pk in row[self._width :] if pk is not None)
            yield row[: self._width]
        self.is_capped = next(source, None) is not None


def _fail(run: ExportRun, why: str) -> None:
    run.state, run.failure, run.finished_at = ExportState.FAILED, why, timezone.now()
    run.save(update_fields=["state", "failure", "finished_at"])
    _record(run, run.by, audit.Action.EXPORT_FAILED)


def _record(
    run: ExportRun, by: User | None, action: audit.Action, people: Iterable[int] = ()
) -> None:
    detail = {"kind": run.kind, "query": run.query, "format": run.format, "rows": run.rows}
    detail |= {"people": run.people} if run.people is not None else {}
    audit.record(by=by, action=action, target=run, detail=detail, people=people)


def _people_in(run: ExportRun) -> list[int]:
    """As the log has it of when the file was made."""
    made = AuditEvent.objects.filter(
        action=audit.Action.EXPORT_FINISHED, target_type="core.exportrun", target_id=str(run.pk)
    )
    return list(made.values_list("people", flat=True).last() or []) if run.people else []
