"""Planning applications on which Designing Out Crime Officers give advice."""

from __future__ import annotations

from django.db import models
from django.db.models import Case, F, Q, When

from core.changes import change_triggers
from core.columns import ReferenceField, month_of_day
from core.concurrency import RaiseVersion
from core.dates import today
from core.models import Unit
from core.revisions import tracked
from operations.models.prevention_feeds import PLANNING_ANSWERED


class Advice(models.TextChoices):
    NO_OBJECTION = "no-objection", "No objection"
    CONDITIONS = "conditions", "Conditions asked for"
    OBJECTION = "objection", "Objection"


class TakenUp(models.TextChoices):
    YES = "yes", "Yes"
    PARTLY = "partly", "In part"
    NO = "no", "No"


@tracked()
class PlanningApplication(models.Model):
    """`days_taken`: working days from the day it was received to the answer."""

    application_ref = ReferenceField(
        "reference", primary_key=True, max_length=40, help_text="The authority's own reference."
    )
    authority = models.CharField("planning authority", max_length=80)
    district = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    about = models.CharField("what is planned", max_length=200, blank=True)
    received_on = models.DateField("received", default=today)
    due_on = models.DateField("answer due")
    answered_on = models.DateField("answered", null=True, blank=True)
    answered_month = month_of_day("answered_on")
    days_taken = models.PositiveIntegerField(
        "working days taken", null=True, blank=True, editable=False
    )
    advice = models.CharField(max_length=12, choices=Advice, blank=True)
    advice_text = models.TextField("advice in words", max_length=2000, blank=True)
    taken_up = models.CharField("advice taken up", max_length=6, choices=TakenUp, blank=True)
    in_time = models.GeneratedField(
        expression=Case(
            When(answered_on__isnull=True, then=None),
            When(answered_on__lte=F("due_on"), then=True),
            default=False,
        ),
        output_field=models.BooleanField(null=True),
        db_persist=True,
    )
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        verbose_name = "planning application"
        ordering = ["-received_on", "application_ref"]
        triggers = [*change_triggers(PLANNING_ANSWERED), RaiseVersion()]
        indexes = [
            models.Index(fields=["answered_month", "district"], name="planning_answered_month"),
            models.Index(
                fields=["due_on"], name="planning_due", condition=Q(answered_on__isnull=True)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(application_ref="") & ~Q(authority=""),
                name="planning_has_a_reference",
                violation_error_message="Enter the reference and the planning authority.",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("received_on")),
                name="planning_due_after_received",
                violation_error_message="An answer cannot be due before the application came in.",
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | Q(answered_on__gte=F("received_on")),
                name="planning_answered_after_received",
                violation_error_message="It cannot be answered before it came in.",
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, advice="", taken_up="")
                | Q(answered_on__isnull=False, advice__in=Advice.values),
                name="planning_answer_has_advice",
                violation_error_message="An answer has a day and an advice, both or neither.",
            ),
        ]

    def __str__(self) -> str:
        return self.application_ref
