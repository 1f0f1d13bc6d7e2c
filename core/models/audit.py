import pgtrigger
from django.db import models
from django.db.models import F
from django.db.models.functions import Upper
from django.utils import timezone


class AuditEvent(models.Model):
    """One thing that somebody did. No foreign keys: the row outlives what it speaks of."""

    at = models.DateTimeField(default=timezone.now, editable=False)
    action = models.CharField(max_length=60)
    actor = models.CharField(max_length=150, blank=True)  # user name; blank for the system itself
    job = models.CharField(max_length=100, blank=True)  # what a job did is not a person's doing
    target_type = models.CharField(max_length=60, blank=True)
    target_id = models.CharField(max_length=100, blank=True)
    detail = models.JSONField(default=dict)
    request_id = models.CharField(max_length=64, blank=True)
    address = models.GenericIPAddressField(null=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["-at", "-id"], name="audit_newest"),  # the log page
            models.Index(Upper("actor"), F("at").desc(), name="audit_by_actor"),  # what did I do
            models.Index(fields=["action", "-at"], name="audit_by_action"),  # who was refused
            # what happened to this record
            models.Index(fields=["target_id", "-at"], name="audit_by_target"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor or self.job} {self.action}"
