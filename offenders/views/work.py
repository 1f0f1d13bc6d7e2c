from typing import Any

from django.utils import timezone
from django.views.generic import TemplateView

from core import audit
from core.access.permissions import Permission
from core.access.person import person
from core.access.policy import requires
from offenders.selectors.work import overdue, team_of, work_of


@requires(Permission.NOMINAL_VIEW)
class MyWork(TemplateView):
    """What is due for me, or with `?whose=team` for everybody of my unit. One look in the log."""

    template_name = "offenders/work/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        by = person(self.request)
        is_team = self.request.GET.get("whose") == "team"
        tasks = work_of(team_of(by) if is_team else [by], timezone.now())
        seen = sorted({task.due.nominal.pk for task in tasks if task.due.nominal})
        audit.record(by=by, action=audit.Action.NOMINAL_VIEWED, detail={"my work": seen})
        return super().get_context_data(**kwargs) | {
            "is_team": is_team,
            "has_team": by.unit_id is not None,
            "tasks": tasks,
            "overdue": len(overdue(tasks)),
        }
