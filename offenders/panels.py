"""The home page of those who work with people: who is held, what is due, tags and nominals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from core import audit, notices
from core.access.permissions import Permission
from core.home import Panel, register
from core.models import User
from offenders.models import Nominal, RetentionReview, SubjectAccess
from offenders.models.break_glass import open_glass_of
from offenders.selectors.break_glass import told_to, waiting_for_review
from offenders.selectors.cohorts import memberships
from offenders.selectors.custody import Custody, board
from offenders.selectors.subject_access import overdue_cases
from offenders.selectors.work import Task, overdue, team_of, work_of

SHOWN = 8


def desk(user: User) -> Mapping[str, Any]:
    """A supervisor sees what is due for the whole team, an officer their own. The look is logged."""
    now = timezone.now()
    is_team = user.has(Permission.NOMINAL_SUPERVISE) and user.unit_id is not None
    held = board(now)
    tasks = work_of(team_of(user) if is_team else [user], now)
    tags = [task for task in tasks if task.due.url.startswith(reverse("offenders:tag-stock"))]
    rest = [task for task in tasks if task not in tags]
    today = [task for task in rest if task.day <= localdate(now)]
    mine = _nominals_of(user)
    _log(user, held[:SHOWN], [*today[:SHOWN], *tags[:SHOWN]], mine)
    return {
        "held": held[:SHOWN],
        "held_total": len(held),
        "is_team": is_team,
        "today": today[:SHOWN],
        "later": _next_of(rest, today),
        "tags": tags[:SHOWN],
        "total": len(tasks),
        "overdue": len(overdue(tasks)),
        "nominals": mine,
        "nominals_url": f"{reverse('offenders:nominal-list')}?lead={user.pk}",
        "may_log": user.has(Permission.NOMINAL_CHANGE),
    }


def _next_of(rest: Sequence[Task], today: Sequence[Task]) -> Task | None:
    """The first that comes after today, for a day on which nothing is due."""
    later = [task for task in rest if task not in today]
    return later[0] if later and not today else None


def _nominals_of(user: User) -> list[Nominal]:
    """Those whom this person leads, with their place in the cohort; the reddest first."""
    nominals = list(Nominal.objects.live().visible_to(user).filter(lead_officer=user))
    places = {row.nominal_id: row for row in memberships().running().filter(nominal__in=nominals)}
    for nominal in nominals:
        nominal.place = places.get(nominal.pk)  # type: ignore[attr-defined]  # for the template
    order = ["red", "amber", "green", "blue", ""]
    return sorted(nominals, key=lambda one: _rank(one, order))[:SHOWN]


def _rank(nominal: Any, order: Sequence[str]) -> tuple[int, str]:
    return order.index(nominal.place.rag) if nominal.place else len(order), str(nominal)


def _log(
    user: User, held: Sequence[Custody], tasks: Sequence[Task], mine: Sequence[Nominal]
) -> None:
    seen = {row.nominal.pk for row in held} | {one.pk for one in mine}
    seen |= {task.due.nominal.pk for task in tasks if task.due.nominal}
    if seen:
        detail = {"home": sorted(seen)}
        audit.record(by=user, action=audit.Action.NOMINAL_VIEWED, detail=detail)


def glass(user: User) -> Mapping[str, Any] | None:
    """Told to the lead officer, and waiting for those who review."""
    told = told_to(user)
    reviews = None
    if user.has(Permission.NOMINAL_SUPERVISE) or user.has(Permission.AUDIT_VIEW):
        waiting = list(waiting_for_review(user)[:100])
        reviews = {
            "waiting": sum(not one.is_open for one in waiting),
            "overdue": any(one.is_overdue for one in waiting),
            "open": sum(one.is_open for one in waiting),
        }
    may_open = user.has(Permission.NOMINAL_SUPERVISE)
    shown = {"told": told, "reviews": reviews, "may_open": may_open}
    return shown if told or reviews else None


def open_glass(user: User) -> Mapping[str, Any] | None:
    found = open_glass_of(user)
    return {"glass": found} if found else None


notices.register("offenders/break_glass/notice.html", open_glass)
register(Panel(8, None, "offenders/panel/break_glass.html", glass))


def retention(user: User) -> Mapping[str, Any]:
    """Numbers alone: nobody is named before they are looked at."""
    rows = RetentionReview.objects
    return {
        "due": rows.filter(state="due").count(),
        "overdue": rows.open().filter(due_on__lt=localdate()).count(),
        "proposed": rows.filter(state="proposed").exclude(proposed_by=user).count(),
    }


register(Panel(5, Permission.NOMINAL_CHANGE, "offenders/panel/desk.html", desk))


def subject_access(user: User) -> Mapping[str, Any]:
    rows = SubjectAccess.objects.open()
    return {"open": rows.count(), "overdue": overdue_cases(localdate())}


register(
    Panel(67, Permission.NOMINAL_DISCLOSE, "offenders/panel/subject_access.html", subject_access)
)
register(Panel(66, Permission.NOMINAL_REVIEW, "offenders/panel/retention.html", retention))
