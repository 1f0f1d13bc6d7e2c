"""What those who keep prevention find on their home page."""

from collections.abc import Mapping
from typing import Any

from core.access.permissions import Permission
from core.dates import today
from core.home import Panel, register
from core.models import User
from operations.selectors.packs import day_of_ledger, tiles
from operations.selectors.planning import answers_due

SHOWN = 5


def prevention(user: User) -> Mapping[str, Any]:
    day, due = day_of_ledger(), answers_due()
    return {
        "day": day,
        "tiles": tiles(day),
        "due": due[:SHOWN],
        "waiting": due.count(),
        "late": due.filter(due_on__lt=today()).count(),
    }


register(Panel(6, Permission.PREVENTION_CHANGE, "operations/panel/prevention.html", prevention))
