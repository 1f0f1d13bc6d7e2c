from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from offenders.models.nominal import KeptOnce, Nominal


class NominalGroup(models.Model):
    """People whose answer is shown together, such as the suspects of an operation."""

    name = models.CharField(max_length=80, unique=True)
    note = models.CharField("what it is for", max_length=300, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "group of nominals"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class GroupMember(KeptOnce):
    group = models.ForeignKey(NominalGroup, on_delete=models.CASCADE, related_name="members")
    nominal = models.ForeignKey(Nominal, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["nominal__surname", "nominal__forenames", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "nominal"],
                name="group_member_once",
                violation_error_message="This nominal is in the group already.",
            )
        ]

    def __str__(self) -> str:
        return str(self.nominal)
