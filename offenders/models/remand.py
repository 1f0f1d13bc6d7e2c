from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from core.concurrency import RaiseVersion
from core.dates import today
from core.revisions import tracked
from offenders.models.arrest import Arrest
from offenders.models.nominal import Nominal

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class TagRequest(models.TextChoices):
    """A tag asked for at court as a condition of bail, and the answer."""

    NOT_ASKED = "not-asked", "Not asked for"
    ASKED = "asked", "Asked for, no answer yet"
    ORDERED = "ordered", "Ordered by the court"
    REFUSED = "refused", "Refused by the court"


@tracked()
class CourtBail(models.Model):
    """Bail that a court gave after charge; the court ends it, not the police."""

    nominal = models.ForeignKey(Nominal, on_delete=models.PROTECT, related_name="court_bails")
    arrest = models.ForeignKey(
        Arrest, on_delete=models.PROTECT, null=True, blank=True, related_name="court_bails"
    )
    court = models.CharField(max_length=120)
    granted_on = models.DateField(default=today)
    conditions = models.TextField(blank=True)
    next_hearing_on = models.DateField("next hearing", null=True, blank=True)
    tag = models.CharField(max_length=9, choices=TagRequest, default=TagRequest.NOT_ASKED)
    tag_note = models.CharField(max_length=300, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_reason = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        verbose_name_plural = "court bail"
        ordering = ["-granted_on", "-pk"]
        triggers = [RaiseVersion()]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("granted_on")),
                name="court_bail_ends_after_it_began",
                violation_error_message="Bail cannot end before it was granted.",
            ),
            models.CheckConstraint(
                condition=Q(next_hearing_on__isnull=True) | Q(next_hearing_on__gte=F("granted_on")),
                name="court_bail_hearing_comes_later",
                violation_error_message="The next hearing comes after bail was granted.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nominal} on bail from {self.court}"


class Ground(models.TextChoices):
    """Exceptions to the right to bail (Bail Act 1976, Schedule 1)."""

    ABSCOND = "abscond", "Would fail to surrender"
    OFFEND = "offend", "Would commit an offence on bail"
    INTERFERE = "interfere", "Would interfere with witnesses or obstruct justice"
    ON_BAIL = "on-bail", "On bail at the time of the offence"
    PROTECTION = "protection", "For their own protection or welfare"
    SERVING = "serving", "In custody under sentence"
    NO_TIME = "no-time", "Too little time for the information that the court needs"
    ABSCONDED = "absconded", "Absconded already in these proceedings"


class RemandResult(models.TextChoices):
    REMANDED = "remanded", "Remanded in custody"
    BAILED_TAG = "bailed-tag", "Bailed with a tag"
    BAILED = "bailed", "Bailed with conditions"
    RELEASED = "released", "Bailed without conditions"
    WITHDRAWN = "withdrawn", "Withdrawn"


@tracked()
class RemandApplication(models.Model):
    """What was put to the court, and what came of it: colleagues learn from it."""

    nominal = models.ForeignKey(Nominal, on_delete=models.PROTECT, related_name="remands")
    arrest = models.ForeignKey(
        Arrest, on_delete=models.PROTECT, null=True, blank=True, related_name="remands"
    )
    court = models.CharField(max_length=120)
    applied_on = models.DateField(default=today)
    offence = models.CharField(max_length=200)
    grounds = ArrayField(models.CharField(max_length=10, choices=Ground))
    text = models.TextField("the application")
    asks_for_tag = models.BooleanField("asks for a tag, if released", default=False)
    result = models.CharField(max_length=10, choices=RemandResult, blank=True)
    result_on = models.DateField(null=True, blank=True)
    lessons = models.TextField(blank=True)
    is_shareable = models.BooleanField(default=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        ordering = ["-applied_on", "-pk"]
        triggers = [RaiseVersion()]
        constraints = [
            models.CheckConstraint(
                condition=Q(result="", result_on__isnull=True)
                | (~Q(result="") & Q(result_on__gte=F("applied_on"))),
                name="remand_result_has_a_day",
                violation_error_message="A result has its day, on or after the application.",
            ),
            models.CheckConstraint(
                condition=Q(grounds__len__gt=0),
                name="remand_has_grounds",
                violation_error_message="Choose at least one ground.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offence}, {self.court}, {self.applied_on:%-d %b %Y}"

    @property
    def ground_labels(self) -> list[StrPromise | str]:
        return [Ground(ground).label for ground in self.grounds]


class Disclosure(models.Model):
    """Who gave an application to whom, when and why (Data Protection Act 2018 s.62)."""

    application = models.ForeignKey(
        RemandApplication, on_delete=models.PROTECT, related_name="disclosures"
    )
    recipient = models.CharField(max_length=200)
    why = models.CharField(max_length=300)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(recipient="") & ~Q(why=""),
                name="disclosure_says_to_whom_and_why",
                violation_error_message="Say to whom and why.",
            )
        ]

    def __str__(self) -> str:
        return f"To {self.recipient}"
