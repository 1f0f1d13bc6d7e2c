"""Who has to do what by when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from core.access.permissions import Permission
from core.access.roles import BY_SLUG
from core.models import User
from core.workdays import CLOSES, add_working_days, add_working_hours
from offenders import people
from offenders.models import Nominal
from offenders.models.scope import open_rows
from operations.models import Action, ActionKind
from operations.models.action import ACTION, ActionQuerySet
from operations.policies.actions import can_hand_on, can_work

JOINED = ("owner", "raised_by", "nominal", "unit")


def action_url(pk: int) -> str:
    return reverse("operations:action-detail", args=[pk])


def usual_due(kind: str, at: datetime) -> datetime:
    """Working hours of the settings for a fast-track action, working days for another."""
    if kind == ActionKind.FAST_TRACK:
        return add_working_hours(at, settings.FAST_TRACK_HOURS)
    day = add_working_days(timezone.localdate(at), settings.ACTION_DAYS)
    return timezone.make_aware(datetime.combine(day, time(CLOSES)))


def actions() -> ActionQuerySet:
    found: ActionQuerySet = open_rows(Action.objects.all()).select_related(*JOINED)
    return found


def actions_for(by: User) -> ActionQuerySet:
    """Those who see no nominals see what they own or raised, about places and words alone."""
    if by.has(Permission.NOMINAL_VIEW):
        return actions()
    theirs = Q(owner=by) | Q(raised_by=by)
    return actions().filter(theirs, nominal__isnull=True, crime__isnull=True, incident__isnull=True)


def workers(*, of_nominals: bool = False) -> Any:
    """Those who may own an action; `of_nominals`: one about a nominal, a crime or an incident."""
    needed = {Permission.ACTION_CHANGE} | ({Permission.NOMINAL_VIEW} if of_nominals else set())
    roles = [slug for slug, role in BY_SLUG.items() if needed <= role.permissions]
    held = User.objects.filter(
        is_active=True, grants__role__in=roles, grants__ended_at__isnull=True
    )
    return held.distinct().order_by("full_name", "username")


VERBS = {
    "accepted": ("accept", "Accept", can_work),
    "done": ("done", "Record the result", can_work),
    "handed on": ("hand-on", "Hand on", can_hand_on),
    "cancelled": ("cancel", "Cancel", can_hand_on),
}


def open_steps(action: Action, by: User) -> list[people.Button]:
    """What this person may do with it now."""
    found = [VERBS[verb] for verb in ACTION.open_from(action.state)]
    return [
        people.Button(title, reverse("operations:action-step", args=[action.pk, slug]))
        for slug, title, may in found
        if may(by, action)
    ]


def overdue_of(owners: Iterable[User], now: datetime) -> ActionQuerySet:
    return actions().running().filter(owner__in=list(owners), due_at__lt=now)


def timeline(nominal: Nominal) -> Iterable[people.Entry]:
    rows = Action.objects.filter(nominal=nominal)
    for row in rows.select_related("owner", "raised_by").prefetch_related("steps__by"):
        for step in row.steps.all():
            title = f"Action ({row.get_aim_display().lower()}): {step.title.lower()}"
            text = f"{row.task}. {step.note}" if step.note else row.task
            yield people.Entry(step.at, "Action", title, text, str(step.by), action_url(row.pk))


def now_of(nominal: Nominal) -> Iterable[people.Now]:
    for row in actions().running().filter(nominal=nominal):
        title = f"{row.get_kind_display()} action, {row.get_aim_display().lower()}"
        due = f"{timezone.localtime(row.due_at):%-d %b %Y, %H:%M}"
        late = "was due" if row.is_overdue else "due"
        text = f"{row.task}. {row.owner}, {late} {due}."
        tag = "Action overdue" if row.is_overdue else ""
        yield people.Now(title, text, action_url(row.pk), tag=tag, urgent=row.is_overdue)


def buttons(nominal: Nominal) -> Iterable[people.Button]:
    yield people.Button("Raise an action", reverse("operations:action-of", args=[nominal.pk]))


def dues(owners: Iterable[User]) -> Iterable[people.Due]:
    for row in actions().running().filter(owner__in=list(owners)):
        title = f"{row.get_kind_display()} action: {row.task}"
        yield people.Due(row.due_at, title, row.nominal, row.owner, action_url(row.pk))


people.timelines.append(timeline)
people.nows.append(now_of)
people.buttons.append(buttons)
people.dues.append(dues)
