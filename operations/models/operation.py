from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.concurrency import RaiseVersion
from core.dates import today
from core.models import Unit
from core.revisions import tracked
from core.states import Machine
from offenders.models import OffenceGroup
from operations.models.family import KeepFamily


class OperationState(models.TextChoices):
    PLANNED = "planned", "Planned"
    LIVE = "live", "Live"
    PAUSED = "paused", "Paused"
    CLOSED = "closed", "Closed"


S = OperationState
OPERATION = Machine(
    "The operation",
    OperationState,
    {
        "started": (frozenset({S.PLANNED}), S.LIVE),
        "paused": (frozenset({S.LIVE}), S.PAUSED),
        "resumed": (frozenset({S.PAUSED}), S.LIVE),
        "closed": (frozenset({S.PLANNED, S.LIVE, S.PAUSED}), S.CLOSED),
        "reopened": (frozenset({S.CLOSED}), S.LIVE),
    },
)


class OperationQuerySet(models.QuerySet["Operation"]):
    def family_of(self, operation: Operation | str) -> OperationQuerySet:
        """The operation and all that stand inside it, at any depth."""
        slug = operation if isinstance(operation, str) else operation.pk
        return self.filter(above__ancestor=slug)


@tracked()
class Operation(models.Model):
    """Work with a name and an aim. It may stand inside another: the two make a family."""

    slug = models.SlugField("address", primary_key=True, max_length=60)
    name = models.CharField(max_length=80, unique=True)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="inside the operation",
    )
    aim = models.TextField(max_length=1000)
    state = models.CharField(max_length=7, choices=OperationState, default=S.PLANNED)
    starts_on = models.DateField("first day", default=today)
    ends_on = models.DateField("last day", null=True, blank=True)
    areas: models.ManyToManyField[Unit, Any] = models.ManyToManyField(
        Unit, through="OperationArea", related_name="operations"
    )
    offence_group = models.ForeignKey(
        OffenceGroup,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="offence it works on",
    )
    note = models.TextField(blank=True, max_length=2000)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    objects = OperationQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "name"]
        triggers = [KeepFamily(), RaiseVersion()]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="operation_ends_after_it_starts",
                violation_error_message="An operation cannot end before it starts.",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("slug")),
                name="operation_not_its_own_parent",
                violation_error_message="An operation cannot stand inside itself.",
            ),
            models.CheckConstraint(
                condition=~Q(state=S.CLOSED) | Q(ends_on__isnull=False),
                name="operation_closed_on_a_day",
                violation_error_message="An operation that is closed has its last day.",
            ),
            models.CheckConstraint(
                condition=~Q(aim=""),
                name="operation_has_an_aim",
                violation_error_message="Say what the operation is for.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def runs_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


class OperationClosure(models.Model):
    """Every pair of an operation and one that contains it, itself included. Kept by a trigger."""

    ancestor = models.ForeignKey(Operation, on_delete=models.CASCADE, related_name="below")
    descendant = models.ForeignKey(Operation, on_delete=models.CASCADE, related_name="above")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["descendant", "ancestor"], name="operation_pair_once")
        ]

    def __str__(self) -> str:
        return f"{self.descendant_id} in {self.ancestor_id}"


class OperationStep(models.Model):
    """A step of an operation's life, with its day, its reason and who decided it."""

    operation = models.ForeignKey(Operation, on_delete=models.CASCADE, related_name="steps")
    step = models.CharField(max_length=10)
    state = models.CharField(max_length=7, choices=OperationState)
    on = models.DateField()
    reason = models.TextField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return self.step.capitalize()
