"""Footwear scanned in custody, the scenes it may have been at, and what came of each."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from core import audit
from core.access.decision import Decision
from core.changes import announce
from core.concurrency import lock_for_edit
from core.dates import today
from core.models import User
from offenders.models import Arrest, Crime
from offenders.policies.nominals import can_change_nominal
from operations.models import FootwearMatch, FootwearScan
from operations.models.footwear import MATCH
from operations.policies.trials import Refusal, can_decide, can_lead_on, can_scan
from operations.services.refusals import required


@transaction.atomic
def record_scan(*, by: User, arrest: Arrest, **facts: Any) -> FootwearScan:
    """Raises NotAllowed, RefusedError, ValidationError."""
    can_change_nominal(by, arrest.nominal).require()
    scan = FootwearScan(arrest=arrest, district=arrest.district, by=by, **facts)
    scan.full_clean()
    decision = can_scan(scan)
    required(decision, "trial" if decision.reason is Refusal.OUTSIDE else "scanned_at")
    scan.save(force_insert=True)
    audit.record(by=by, action=audit.Action.RECORD_CREATED, target=scan)
    announce()
    return scan


@transaction.atomic
def add_candidate(
    *, by: User, scan: FootwearScan, crime: Crime, found_at: datetime | None = None
) -> FootwearMatch:
    """A scene whose mark may be of these soles. Raises NotAllowed, RefusedError, ValidationError."""
    can_change_nominal(by, scan.arrest.nominal).require()
    found_at = found_at or timezone.now()
    if crime.cancelled_at is not None:
        required(Decision(Refusal.CANCELLED), "crime")
    if found_at < scan.scanned_at:
        required(Decision(Refusal.BEFORE_SCAN), "found_at")
    match = FootwearMatch(
        scan=scan, crime=crime, found_at=found_at, found_by=by, district=crime.district
    )
    match.full_clean()
    match.save(force_insert=True)
    audit.record(by=by, action=audit.Action.RECORD_CREATED, target=match)
    return match


def qualify(**said: Any) -> FootwearMatch:
    """A person says that it is a match, and why. See `_decide`."""
    return _decide("qualified", **said)


def reject(**said: Any) -> FootwearMatch:
    """A person says that it is none, and why. What came of it before is taken back."""
    return _decide("rejected", **said)


@transaction.atomic
def _decide(
    step: str,
    *,
    by: User,
    match: FootwearMatch,
    reason: str,
    at: datetime | None = None,
    version: int | None = None,
) -> FootwearMatch:
    """Raises EditConflict, NotAllowed, StepError, RefusedError."""
    current = lock_for_edit(FootwearMatch, match.pk, version=version)
    can_change_nominal(by, current.scan.arrest.nominal).require()
    at = at or timezone.now()
    state = MATCH.after(current.state, step)
    decision = can_decide(current, at, reason)
    required(decision, "reason" if decision.reason is Refusal.NO_REASON else None)
    current.state, current.reason = state, reason.strip()
    current.decided_at, current.decided_by = at, by
    if step == "rejected":
        current.came_of, current.came_of_on, current.came_of_note = "", None, ""
    return _save(by, current, {"step": step, "reason": reason})


@transaction.atomic
def record_what_came(
    *, by: User, match: FootwearMatch, came_of: str, on: date | None = None, note: str = ""
) -> FootwearMatch:
    """Raises NotAllowed, RefusedError, ValidationError."""
    current = lock_for_edit(FootwearMatch, match.pk, version=None)
    can_change_nominal(by, current.scan.arrest.nominal).require()
    required(can_lead_on(current))
    current.came_of, current.came_of_on, current.came_of_note = came_of, on or today(), note
    if current.came_of_on > today():
        required(Decision(Refusal.FUTURE), "on")
    return _save(by, current, {"came of it": came_of})


def _save(by: User, match: FootwearMatch, detail: dict[str, str]) -> FootwearMatch:
    match.full_clean()
    match.save()
    audit.record(by=by, action=audit.Action.RECORD_CHANGED, target=match, detail=detail)
    announce()
    return match
