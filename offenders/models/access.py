"""Who may not see a nominal: restrictions with the people cleared for them, and exclusions."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from core.revisions import tracked
from offenders.models.nominal import Nominal

USER = settings.AUTH_USER_MODEL


class RestrictionKind(models.TextChoices):
    MASKED = "masked", "Masked: others see that there is a record, and whom to ask"
    HIDDEN = "hidden", "Hidden: for others there is no such record"


class RestrictionQuerySet(models.QuerySet["Restriction"]):
    def live(self) -> RestrictionQuerySet:
        return self.filter(lifted_at__isnull=True)


@tracked()
class Restriction(models.Model):
    """For everybody who is not cleared the nominal is masked, or not there. Two people lift it."""

    nominal = models.ForeignKey(Nominal, on_delete=models.PROTECT, related_name="restrictions")
    kind = models.CharField(max_length=6, choices=RestrictionKind)
    contact = models.CharField("whom to ask", max_length=120, blank=True)
    reason = models.TextField(max_length=2000)
    imposed_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    imposed_at = models.DateTimeField(default=timezone.now, editable=False)
    lifted_by = models.ForeignKey(
        USER, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )  # asked for it
    lift_approved_by = models.ForeignKey(
        USER, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True, editable=False)
    lifted_why = models.TextField(blank=True, editable=False)

    objects = RestrictionQuerySet.as_manager()

    class Meta:
        ordering = ["-imposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["nominal"],
                condition=Q(lifted_at__isnull=True),
                name="restriction_one_live",
                violation_error_message="This record is restricted already.",
            ),
            models.CheckConstraint(
                condition=Q(reason__regex=r"\S"),
                name="restriction_has_a_reason",
                violation_error_message="Say why the record is restricted.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="masked") | Q(contact__regex=r"\S"),
                name="restriction_mask_names_a_contact",
                violation_error_message="Say whom others should ask: a masked record tells them.",
            ),
            models.CheckConstraint(
                condition=Q(
                    lifted_at__isnull=True, lifted_by__isnull=True, lift_approved_by__isnull=True
                )
                | Q(
                    lifted_at__gte=F("imposed_at"),
                    lifted_by__isnull=False,
                    lift_approved_by__isnull=False,
                    lifted_why__regex=r"\S",
                ),
                name="restriction_lifted_whole",
                violation_error_message="Lifting needs its time, its reason and both people.",
            ),
            models.CheckConstraint(
                condition=Q(lifted_by__isnull=True) | ~Q(lifted_by=F("lift_approved_by")),
                name="restriction_lifted_by_two",
                violation_error_message="Somebody else approves the lifting.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display().split(':')[0]} since {self.imposed_at:%-d %B %Y}"


class Ended(models.QuerySet[Any]):
    def live(self) -> Ended:
        return self.filter(ended_at__isnull=True)


class RestrictionClearance(models.Model):
    """Somebody who may see a restricted nominal."""

    restriction = models.ForeignKey(
        Restriction, on_delete=models.PROTECT, related_name="clearances"
    )
    user = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    ended_by = models.ForeignKey(
        USER, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = Ended.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["restriction", "user"],
                condition=Q(ended_at__isnull=True),
                name="clearance_once",
                violation_error_message="This person is cleared already.",
            ),
            models.CheckConstraint(
                condition=Q(reason__regex=r"\S"),
                name="clearance_has_a_reason",
                violation_error_message="Say why this person needs to see the record.",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__gte=F("at"), ended_by__isnull=False),
                name="clearance_ends_whole",
                violation_error_message="The end of a clearance needs its time and its person.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} since {self.at:%-d %B %Y}"


class Exclusion(models.Model):
    """Somebody for whom this nominal is not there, whatever else they may see: a relative, say."""

    nominal = models.ForeignKey(Nominal, on_delete=models.PROTECT, related_name="exclusions")
    user = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    ended_by = models.ForeignKey(
        USER, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = Ended.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["nominal", "user"],
                condition=Q(ended_at__isnull=True),
                name="exclusion_once",
                violation_error_message="This person is excluded already.",
            ),
            models.CheckConstraint(
                condition=Q(reason__regex=r"\S"),
                name="exclusion_has_a_reason",
                violation_error_message="Say why this person must not see the record.",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | (Q(ended_at__gte=F("at"), ended_by__isnull=False) & ~Q(ended_by=F("user"))),
                name="exclusion_ended_by_another",
                violation_error_message="Nobody ends their own exclusion.",
            ),
        ]
        indexes = [models.Index(fields=["user"], name="exclusion_of_user")]

    def __str__(self) -> str:
        return f"{self.user} since {self.at:%-d %B %Y}"
