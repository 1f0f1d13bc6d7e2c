from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from core.changes import change_triggers
from core.columns import local_month
from core.concurrency import RaiseVersion
from core.models import Unit
from core.revisions import tracked
from core.states import Machine
from offenders.models import Crime, Nominal
from operations.models.feeds import ACTION_DONE
from operations.models.incident import Incident


class ActionKind(models.TextChoices):
    FAST_TRACK = "fast-track", "Fast-track"
    ORDINARY = "ordinary", "Ordinary"


class Aim(models.TextChoices):
    """Pursue the offender, or prevent the next offence (board paper, 3.4)."""

    PURSUE = "pursue", "Pursue"
    PREVENT = "prevent", "Prevent"


class ActionState(models.TextChoices):
    OPEN = "open", "Open"
    ACCEPTED = "accepted", "Accepted"
    DONE = "done", "Done"
    CANCELLED = "cancelled", "Cancelled"


S = ActionState
RUNNING = [S.OPEN, S.ACCEPTED]
CLOSED = [S.DONE, S.CANCELLED]
ACTION = Machine(
    "The action",
    ActionState,
    {
        "accepted": (frozenset({S.OPEN}), S.ACCEPTED),
        "handed on": (frozenset({S.OPEN, S.ACCEPTED}), S.OPEN),
        "done": (frozenset({S.ACCEPTED}), S.DONE),
        "cancelled": (frozenset({S.OPEN, S.ACCEPTED}), S.CANCELLED),
    },
)
SUBJECTS = ("nominal", "crime", "incident", "place", "about")  # an action has one of them
HAS_WORDS = r"\S"


def _only(subject: str) -> Q:
    """This one is named, and no other."""
    named = Q()
    for name in SUBJECTS:
        empty = Q(**{name: ""}) if name in {"place", "about"} else Q(**{f"{name}__isnull": True})
        named &= ~empty if name == subject else empty
    return named


def _one_subject() -> Q:
    found = _only(SUBJECTS[0])
    for subject in SUBJECTS[1:]:
        found |= _only(subject)
    return found


class ActionQuerySet(models.QuerySet["Action"]):
    def running(self) -> ActionQuerySet:
        return self.filter(state__in=RUNNING)


@tracked()
class Action(models.Model):
    """Something that one person is asked to do by a time, and what came of it."""

    kind = models.CharField(max_length=10, choices=ActionKind, default=ActionKind.ORDINARY)
    aim = models.CharField(max_length=7, choices=Aim, default=Aim.PURSUE)
    state = models.CharField(max_length=9, choices=ActionState, default=S.OPEN)
    task = models.CharField("what is to be done", max_length=300)
    nominal = models.ForeignKey(
        Nominal, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    crime = models.ForeignKey(
        Crime, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    incident = models.ForeignKey(
        Incident, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    place = models.CharField(max_length=200, blank=True)
    about = models.CharField("subject in words", max_length=200, blank=True)
    scan_row = models.ForeignKey(
        "operations.ScanRow",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="actions",
    )  # the row of the daily scan that it was raised from
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # the area that it is counted for
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="actions"
    )
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    raised_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField("due")
    accepted_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField("done or cancelled", null=True, blank=True)
    closed_month = local_month("closed_at")
    is_in_time = models.GeneratedField(
        expression=Q(closed_at__lte=F("due_at")),  # type: ignore[arg-type]  # a Q is one too
        output_field=models.BooleanField(),
        db_persist=True,
    )
    result = models.TextField(max_length=1000, blank=True)  # or why it was cancelled
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "pk"]
        triggers = [*change_triggers(ACTION_DONE), RaiseVersion()]
        indexes = [
            # what is due for somebody, and the list of what runs
            models.Index(
                fields=["owner", "due_at"], name="action_due", condition=Q(state__in=RUNNING)
            ),
            # rows behind the figures
            models.Index(
                fields=["closed_month", "unit"],
                name="action_closed_month",
                condition=Q(closed_month__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(task__regex=HAS_WORDS),
                name="action_has_a_task",
                violation_error_message="Say what is to be done.",
            ),
            models.CheckConstraint(
                condition=_one_subject(),
                name="action_has_one_subject",
                violation_error_message=(
                    "An action is about one thing: a nominal, a crime, an incident, a place, or "
                    "something in words."
                ),
            ),
            models.CheckConstraint(
                condition=Q(due_at__gt=F("raised_at")),
                name="action_due_after_it_was_raised",
                violation_error_message="An action cannot be due before it was raised.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=CLOSED, closed_at__isnull=False)
                | Q(state__in=RUNNING, closed_at__isnull=True),
                name="action_closed_at_a_time",
                violation_error_message="An action that is done or cancelled closed at a time.",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("raised_at")),
                name="action_closed_after_it_was_raised",
                violation_error_message="An action cannot be closed before it was raised.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=RUNNING) | Q(result__regex=HAS_WORDS),
                name="action_closed_with_a_result",
                violation_error_message=(
                    "Say what came of it: an action is not closed without its result."
                ),
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=False) | ~Q(state__in=[S.ACCEPTED, S.DONE]),
                name="action_accepted_at_a_time",
                violation_error_message="An action is accepted before it is done.",
            ),
        ]

    def __str__(self) -> str:
        return self.task

    @property
    def is_running(self) -> bool:
        return self.state in RUNNING

    @property
    def is_overdue(self) -> bool:
        return self.is_running and self.due_at < timezone.now()

    @property
    def subject(self) -> Any:
        """What it is about: a record, or words."""
        return next((getattr(self, name) for name in SUBJECTS if self._names(name)), "")

    def _names(self, subject: str) -> bool:
        return bool(getattr(self, f"{subject}_id", None) or getattr(self, subject, ""))


class ActionStep(models.Model):
    """One step of an action: raised, accepted, handed on, done. Never changed."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="steps")
    title = models.CharField(max_length=200)
    at = models.DateTimeField()
    note = models.TextField(max_length=1000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title
