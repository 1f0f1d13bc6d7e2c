from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.changes import change_triggers
from core.columns import ReferenceField, local_month
from core.concurrency import RaiseVersion
from core.models import Unit
from core.revisions import tracked
from offenders.models.crime import Crime
from offenders.models.feeds import ARREST
from offenders.models.nominal import Nominal
from offenders.models.reference import OffenceCode


@tracked()
class Arrest(models.Model):
    """A person was arrested. Attending a station of one's own will is another thing."""

    ref = ReferenceField("custody or arrest reference", max_length=40, blank=True)
    nominal = models.ForeignKey(Nominal, on_delete=models.PROTECT, related_name="arrests")
    arrested_at = models.DateTimeField(default=timezone.now)
    arrested_month = local_month("arrested_at")
    place = models.CharField(max_length=200)
    district = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    arresting_officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="arrests"
    )
    operation = models.CharField(max_length=80, blank=True)
    note = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        ordering = ["-arrested_at"]
        triggers = [*change_triggers(ARREST), RaiseVersion()]
        indexes = [
            # the timeline of a nominal; rows behind the figure of arrests
            models.Index(fields=["nominal", "-arrested_at"], name="arrest_of_nominal"),
            models.Index(fields=["arrested_month", "district"], name="arrest_month"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["nominal", "arrested_at"],
                name="arrest_once",
                violation_error_message="This arrest is logged already.",
            ),
            models.UniqueConstraint(
                fields=["ref"],
                condition=~Q(ref=""),
                name="arrest_ref_once",
                violation_error_message="Another arrest has this reference.",
            ),
            models.CheckConstraint(
                condition=~Q(place=""),
                name="arrest_has_a_place",
                violation_error_message="Say where the arrest was made.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nominal} on {timezone.localtime(self.arrested_at):%d %b %Y %H:%M}"


class TrialMode(models.TextChoices):
    """Where the offence may be tried: it decides how long a person may be held (s.42 PACE)."""

    INDICTABLE = "indictable", "Indictable only"
    EITHER = "either", "Either way"
    SUMMARY = "summary", "Summary only"


@tracked()
class ArrestOffence(models.Model):
    """An offence that a person was arrested for: of a recorded crime, or by its name alone."""

    arrest = models.ForeignKey(Arrest, on_delete=models.CASCADE, related_name="offences")
    crime = models.ForeignKey(
        Crime, on_delete=models.PROTECT, null=True, blank=True, related_name="arrests"
    )
    offence = models.ForeignKey(
        OffenceCode, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    title = models.CharField(max_length=200)
    mode = models.CharField(max_length=10, choices=TrialMode)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["arrest", "crime", "title"],
                nulls_distinct=False,
                name="arrest_offence_once",
                violation_error_message="This offence is already on the arrest.",
            )
        ]

    def __str__(self) -> str:
        return self.title
