"""A daily scan is started, worked through row by row, and finished for the briefing."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from core import audit
from core.access.decision import Decision
from core.changes import announce
from core.concurrency import lock_for_edit
from core.models import Unit, User
from offenders.models import CrimeSeries
from offenders.services.custody import RefusedError
from offenders.services.series import link_crime
from operations.models import Action, Mark, Scan, ScanRow
from operations.policies.scans import (
    Refusal,
    can_scan,
    why_not_finished,
    why_not_linked,
    why_not_marked,
    why_not_started,
)
from operations.selectors.scans import period_of, records_of, running_scan, unseen_of
from operations.services.actions import raise_action


@transaction.atomic
def start_scan(*, by: User, area: Unit, at: datetime | None = None) -> Scan:
    """The scan of the area that runs; where none does, a new one of all since the last.

    Two who start at once get the same one.
    """
    can_scan(by).require()
    _refuse(why_not_started(area), "area")
    Unit.objects.select_for_update(no_key=True).get(pk=area.pk)
    if running := running_scan(area):
        return running
    now = at or timezone.now()
    starts_at, earliest = period_of(area, now)
    scan = Scan(area=area, started_by=by, started_at=now, starts_at=starts_at, ends_at=now)
    scan.full_clean()
    scan.save(force_insert=True)
    found = records_of(area, earliest, now)
    ScanRow.objects.bulk_create(
        ScanRow(scan=scan, position=place, crime_id=one.crime, incident_id=one.incident)
        for place, one in enumerate(found, start=1)
    )
    detail = {"rows": len(found)}
    audit.record(by=by, action=audit.Action.RECORD_CREATED, target=scan, detail=detail)
    return scan


@transaction.atomic
def mark_row(
    *, by: User, row: ScanRow, mark: str, note: str = "", version: int | None = None
) -> ScanRow:
    """Seen, or no action with its reason. Raises EditConflict when a colleague was first."""
    current = _locked(by, row, version)
    if mark == Mark.NO_ACTION and not note.strip():
        _refuse(Refusal.NO_REASON, "note")
    return _marked(by, current, mark, note=note)


@transaction.atomic
def link_row(
    *, by: User, row: ScanRow, series: CrimeSeries, why: str, version: int | None = None
) -> ScanRow:
    current = _locked(by, row, version)
    _refuse(why_not_linked(current), "series")
    if current.crime is not None:
        link_crime(by=by, series=series, crime=current.crime, why=why)
    current.series = series
    return _marked(by, current, Mark.LINKED, note=why[:300])


@transaction.atomic
def act_on_row(*, by: User, row: ScanRow, version: int | None = None, **facts: Any) -> Action:
    """`facts`: as for raise_action. Counted for the area of the scan."""
    current = _locked(by, row, version)
    action = raise_action(by=by, scan_row=current, unit=current.scan.area, **facts)
    _marked(by, current, Mark.ACTION, note=current.note)
    return action


@transaction.atomic
def finish_scan(
    *, by: User, scan: Scan, handover: str = "", version: int | None = None,
    at: datetime | None = None,
) -> Scan:  # fmt: skip
    """It covers the day that it was started on, unless another scan of the area does."""
    can_scan(by).require()
    current = lock_for_edit(Scan, scan.pk, version=version)
    _refuse(why_not_finished(current, unseen_of(current)))
    current.finished_at, current.finished_by = at or timezone.now(), by
    current.handover = handover
    day = timezone.localdate(current.started_at)
    if not Scan.objects.filter(area=current.area, covers=day).exists():
        current.covers = day
    current.full_clean()
    current.save()
    audit.record(
        by=by, action=audit.Action.RECORD_CHANGED, target=current, detail={"finished": str(day)}
    )
    announce()
    return current


def _locked(by: User, row: ScanRow, version: int | None) -> ScanRow:
    """The scan under a shared lock too, so that it is not finished meanwhile."""
    can_scan(by).require()
    scan = Scan.objects.select_for_update(no_key=True).get(pk=row.scan_id)
    _refuse(why_not_marked(scan))
    current = lock_for_edit(ScanRow, row.pk, version=version)
    current.scan = scan
    return current


def _marked(by: User, row: ScanRow, mark: str, *, note: str) -> ScanRow:
    row.mark, row.note = mark, note
    row.marked_by, row.marked_at = by, timezone.now()
    row.full_clean()
    row.save()
    row.refresh_from_db(fields=["version"])
    return row


def _refuse(refusal: Refusal | None, field: str | None = None) -> None:
    if refusal is not None:
        raise RefusedError(Decision(refusal), field=field)
