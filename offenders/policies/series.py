"""Who may work a crime series, and what it takes."""

from django.db.models import TextChoices

from core.access.decision import ALLOWED, Decision, Reason
from core.access.permissions import Permission
from core.models import User
from offenders.models import Crime, CrimeSeries, Nominal
from offenders.models.series import SeriesState
from offenders.policies.nominals import can_change_nominal


class Refusal(TextChoices):
    CLOSED = "closed", "This series is closed. Open it again first."
    CANCELLED = "cancelled", "This crime is cancelled: it belongs to no series."
    OWNER_LEFT = "owner-left", "This officer has left. Choose somebody who is here."
    NOT_AN_OFFICER = "not-an-officer", "Only an officer or a supervisor may own a series."


def can_work_series(by: User) -> Decision:
    return ALLOWED if by.has(Permission.NOMINAL_CHANGE) else Decision(Reason.PERMISSION)


def why_not_owned_by(owner: User) -> Refusal | None:
    if not owner.is_active:
        return Refusal.OWNER_LEFT
    return None if owner.has(Permission.NOMINAL_CHANGE) else Refusal.NOT_AN_OFFICER


def why_not_changed(series: CrimeSeries) -> Refusal | None:
    return Refusal.CLOSED if series.state == SeriesState.CLOSED else None


def why_not_linked(series: CrimeSeries, crime: Crime) -> Refusal | None:
    return why_not_changed(series) or (Refusal.CANCELLED if crime.cancelled_at else None)


def can_name(by: User, nominal: Nominal) -> Decision:
    return can_change_nominal(by, nominal)
