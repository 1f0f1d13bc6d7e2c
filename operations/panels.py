"""What operations have to say on the home page."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from core import audit
from core.access.permissions import Permission
from core.dates import today
from core.home import Panel, register
from core.models import ImportState, User
from core.selectors.imports import imports_for
from offenders.selectors.work import team_of
from operations.selectors.actions import actions_for, overdue_of
from operations.selectors.packs import day_of_ledger, tiles
from operations.selectors.planning import answers_due
from operations.selectors.scans import not_scanned_today

SHOWN = 5


def prevention(user: User) -> Mapping[str, Any]:
    day, due = day_of_ledger(), answers_due()
    levels = tiles(day)
    return {
        "files": imports_for(user).filter(state=ImportState.CHECKED)[:SHOWN],
        "day": day,
        "tiles": levels,
        "low": [tile for tile in levels if tile.stock.is_low],
        "due": due[:SHOWN],
        "waiting": due.count(),
        "late": due.filter(due_on__lt=today()).count(),
    }


register(Panel(6, Permission.PREVENTION_CHANGE, "operations/panel/prevention.html", prevention))


def daily_scan(user: User) -> Mapping[str, Any] | None:
    """The areas whose scan of today is not finished: those of the user's own area come first."""
    waiting = not_scanned_today(user)
    return {"waiting": waiting} if waiting else None


def actions(user: User) -> Mapping[str, Any]:
    """One's own that run, and for a supervisor those of the team that are overdue."""
    now = timezone.now()
    mine = list(actions_for(user).running().filter(owner=user).order_by("due_at")[:SHOWN])
    late = []
    if user.has(Permission.ACTION_SUPERVISE):
        late = list(overdue_of(team_of(user), now)[:SHOWN])
    if seen := sorted({row.nominal_id for row in (*mine, *late) if row.nominal_id}):
        detail = {"why": "actions", "nominals": seen}
        audit.record(by=user, action=audit.Action.NOMINAL_VIEWED, detail=detail)
    return {"mine": mine, "late": late}


register(Panel(4, Permission.SCAN_CHANGE, "operations/panel/scan.html", daily_scan))
register(Panel(6, Permission.ACTION_VIEW, "operations/panel/actions.html", actions))
