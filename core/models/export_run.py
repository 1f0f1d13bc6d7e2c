import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone


class ExportState(models.TextChoices):
    QUEUED = "queued", "Waiting to run"
    RUNNING = "running", "Running"
    DONE = "done", "Ready to download"
    FAILED = "failed", "Failed"
    EXPIRED = "expired", "Expired"
    UNASKED = "unasked", "Needs an approval"
    ASKED = "asked", "Waits for approval"


class ExportRun(models.Model):
    """Rows on their way out of the system: which, how many, for whom, until when."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.SlugField(max_length=40)
    query = models.CharField(max_length=2000, blank=True)  # the filter, as in the page's address
    format = models.CharField(max_length=4, choices=[("csv", "CSV"), ("xlsx", "Excel")])
    state = models.CharField(max_length=12, choices=ExportState, default=ExportState.QUEUED)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="exports"
    )
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    rows = models.PositiveIntegerField(null=True, blank=True)
    people = models.PositiveIntegerField(null=True, blank=True)  # whose identity it holds
    is_approved = models.BooleanField(default=False)  # by another person: many people are in it
    is_capped = models.BooleanField(default=False)
    file = models.FileField(upload_to="exports/", blank=True)
    failure = models.TextField(blank=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.kind} by {self.by}"
