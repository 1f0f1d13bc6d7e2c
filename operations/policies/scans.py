"""Who may work through a daily scan, and what it takes to finish one."""

from django.db.models import TextChoices

from core.access.decision import ALLOWED, Decision, Reason
from core.access.permissions import Permission
from core.models import Unit, UnitKind, User
from operations.models import Scan, ScanRow


class Refusal(TextChoices):
    NO_AREA = "no-area", "A scan is of an area, such as North or South."
    FINISHED = "finished", "This scan is finished: its rows stay as they were marked."
    UNSEEN = "unseen", "A scan is finished when every row was looked at: some are not seen yet."
    NO_REASON = "no-reason", "Say why no action is needed."
    NO_CRIME = "no-crime", "Only a crime is linked to a series: this incident has none yet."


def can_scan(by: User) -> Decision:
    return ALLOWED if by.has(Permission.SCAN_CHANGE) else Decision(Reason.PERMISSION)


def why_not_started(area: Unit) -> Refusal | None:
    return None if area.kind == UnitKind.AREA else Refusal.NO_AREA


def why_not_marked(scan: Scan) -> Refusal | None:
    return Refusal.FINISHED if scan.is_finished else None


def why_not_finished(scan: Scan, unseen: int) -> Refusal | None:
    if scan.is_finished:
        return Refusal.FINISHED
    return Refusal.UNSEEN if unseen else None


def why_not_linked(row: ScanRow) -> Refusal | None:
    return None if row.crime_id else Refusal.NO_CRIME
