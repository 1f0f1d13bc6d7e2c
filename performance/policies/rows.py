"""Who may open the records beneath a figure."""

from django.db.models import Model

from core.access.decision import Decision, Reason
from core.access.permissions import Permission
from core.access.policy import AnyOf
from core.models import User
from operations.models import Assessment, PackMovement, PlanningApplication, Property
from performance.bases import FEEDS
from performance.measures import Indicator

# There is nobody in these, so whoever reads the records of prevention opens them.
OF_PREVENTION: frozenset[type[Model]] = frozenset(
    [PackMovement, Property, Assessment, PlanningApplication]
)
ROWS = AnyOf(frozenset([Permission.RECORD_VIEW, Permission.PREVENTION_VIEW]))


def can_open_rows(by: User, indicator: Indicator, part: str) -> Decision:
    """Of one part of the indicator: its parts may count different records."""
    model = FEEDS[indicator.measures[part].basis].table
    may = by.has(Permission.RECORD_VIEW) or (
        model in OF_PREVENTION and by.has(Permission.PREVENTION_VIEW)
    )
    return Decision(None if may else Reason.PERMISSION)
