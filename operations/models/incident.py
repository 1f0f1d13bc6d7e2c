from __future__ import annotations

from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import F, Q

from core.changes import change_triggers
from core.columns import ReferenceField, local_month, seconds_between
from core.concurrency import RaiseVersion
from core.models import Unit
from core.places import point_of
from core.revisions import tracked
from core.triggers import known_codes
from operations.models.feeds import INCIDENTS


class Grade(models.TextChoices):
    IMMEDIATE = "immediate", "Immediate"
    PROMPT = "prompt", "Prompt"
    SCHEDULED = "scheduled", "Scheduled"
    NONE = "none", "No response"


@tracked()
class Incident(models.Model):
    """A call for service, graded and answered. `crime_ref` names the crime that came of it."""

    incident_ref = ReferenceField("incident reference", primary_key=True, max_length=40)
    opened_at = models.DateTimeField()
    opened_month = local_month("opened_at")
    grade = models.CharField(max_length=10, choices=Grade)
    arrived_at = models.DateTimeField(null=True, blank=True)
    response_seconds = seconds_between("opened_at", "arrived_at")
    category = models.CharField(max_length=60)
    is_domestic = models.BooleanField("domestic", default=False)
    is_covid = models.BooleanField("Covid-19 breach report", default=False)
    district = models.ForeignKey(
        Unit, on_delete=models.PROTECT, db_constraint=False, db_index=False,
        db_column="district_code", null=True, blank=True, related_name="+",
    )  # fmt: skip
    crime_ref = ReferenceField("crime reference", max_length=40, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    location = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        ordering = ["-opened_at", "incident_ref"]
        triggers = [*known_codes("district"), *change_triggers(*INCIDENTS), RaiseVersion()]
        indexes = [
            # rows behind a count, and the medians of a month, grade and district
            models.Index(
                fields=["opened_month", "grade", "district", "response_seconds"],
                name="incident_response",
            ),
            # the same of incidents
            GistIndex(
                point_of(),
                F("opened_at"),
                name="incident_near",
                condition=Q(latitude__isnull=False),
            ),
            # incidents of a few categories in a period: the daily scan
            models.Index(fields=["category", "opened_at"], name="incident_of_category"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(incident_ref=""),
                name="incident_has_a_reference",
                violation_error_message="Enter the incident reference.",
            ),
            models.CheckConstraint(
                condition=Q(grade__in=Grade.values),
                name="incident_grade_known",
                violation_error_message="The grade is immediate, prompt, scheduled or none.",
            ),
            models.CheckConstraint(
                condition=Q(arrived_at__isnull=True) | Q(arrived_at__gte=F("opened_at")),
                name="incident_arrival_after_opening",
                violation_error_message="Nobody can arrive before the incident was opened.",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False)
                & Q(latitude__range=(49, 61), longitude__range=(-9, 2.5)),
                name="incident_in_great_britain",
                violation_error_message="Give latitude and longitude together, in degrees.",
            ),
        ]

    def __str__(self) -> str:
        return self.incident_ref
