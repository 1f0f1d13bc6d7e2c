"""What there is to do, on the home page."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from core import audit
from core.access.permissions import Permission
from core.home import Panel, register
from core.models import User
from offenders.selectors.work import overdue, work_of

SHOWN = 5


def my_work(user: User) -> Mapping[str, Any]:
    tasks = work_of([user], timezone.now())
    if seen := sorted({task.due.nominal.pk for task in tasks if task.due.nominal}):
        audit.record(by=user, action=audit.Action.NOMINAL_VIEWED, detail={"my work": seen})
    return {"tasks": tasks[:SHOWN], "overdue": len(overdue(tasks)), "total": len(tasks)}


register(Panel(5, Permission.NOMINAL_VIEW, "offenders/panel/work.html", my_work))
