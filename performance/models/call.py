from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.lookups import LessThanOrEqual

from core.changes import change_triggers
from core.columns import ReferenceField, Seconds, local_month, seconds_between
from core.concurrency import RaiseVersion
from core.revisions import tracked
from performance.models.feeds import CALL


class Line(models.TextChoices):
    EMERGENCY = "999", "999"
    NON_EMERGENCY = "non-emergency", "Non-emergency"


class Wait(models.TextChoices):
    """How long the caller waited: the bands that the grades of service ask for."""

    WITHIN_10 = "within-10", "Answered within 10 seconds"
    WITHIN_30 = "within-30", "Answered in 10 to 30 seconds"
    LONGER = "longer", "Answered after 30 seconds"
    ABANDONED = "abandoned", "Abandoned"


@tracked()
class Call(models.Model):
    """A telephone call offered to the force control room. Not answered: abandoned."""

    call_ref = ReferenceField("call reference", primary_key=True, max_length=40)
    line = models.CharField(max_length=14, choices=Line)
    offered_at = models.DateTimeField()
    offered_month = local_month("offered_at")
    answered_at = models.DateTimeField(null=True, blank=True)
    wait_seconds = seconds_between("offered_at", "answered_at")
    wait = models.GeneratedField(
        expression=Case(
            When(answered_at__isnull=True, then=Value("abandoned")),
            When(
                LessThanOrEqual(Seconds("offered_at", "answered_at"), 10.0), then=Value("within-10")
            ),
            When(
                LessThanOrEqual(Seconds("offered_at", "answered_at"), 30.0), then=Value("within-30")
            ),
            default=Value("longer"),
        ),
        output_field=models.CharField(max_length=10),
        db_persist=True,
    )
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        ordering = ["-offered_at", "call_ref"]
        triggers = [*change_triggers(CALL), RaiseVersion()]
        indexes = [
            # rows behind a grade of service
            models.Index(fields=["offered_month", "line", "wait"], name="call_answered"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(call_ref=""),
                name="call_has_a_reference",
                violation_error_message="Enter the call reference.",
            ),
            models.CheckConstraint(
                condition=Q(line__in=Line.values),
                name="call_line_known",
                violation_error_message="The line is 999 or non-emergency.",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(answered_at__gte=F("offered_at")),
                name="call_answered_after_offered",
                violation_error_message="A call cannot be answered before it was offered.",
            ),
        ]

    def __str__(self) -> str:
        return self.call_ref
