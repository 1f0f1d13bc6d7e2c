from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from core.models.user import User


class ImportState(models.TextChoices):
    CHECKING = "checking", "Being checked"
    REFUSED = "refused", "Refused"
    CHECKED = "checked", "Checked, waiting for confirmation"
    QUEUED = "queued", "Waiting to run"
    RUNNING = "running", "Running"
    DONE = "done", "Finished"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Not imported"


class ImportRun(models.Model):
    """One file on its way into the records: what it is, what would happen, what happened."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.SlugField(max_length=40)
    file = models.FileField(upload_to="imports/", blank=True)
    file_name = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=12, choices=ImportState, default=ImportState.CHECKING)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="imports"
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )  # null: by the sender, with the sending
    created_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)  # a running import that is silent is resumed
    rows_total = models.PositiveBigIntegerField(null=True)
    read = models.PositiveBigIntegerField(default=0)
    created = models.PositiveBigIntegerField(default=0)
    updated = models.PositiveBigIntegerField(default=0)
    unchanged = models.PositiveBigIntegerField(default=0)
    rejected = models.PositiveBigIntegerField(default=0)
    forecast = models.JSONField(default=dict)  # the dry run's counts
    errors = models.JSONField(default=list)  # the first errors, in words
    unknown_columns = models.JSONField(default=list)
    warnings = models.JSONField(default=list)
    # Where an interrupted import goes on, kept in the transaction of every block of rows.
    position = models.PositiveBigIntegerField(default=1)  # the last row that is dealt with
    rejects_size = models.PositiveBigIntegerField(default=0)  # bytes that are safely written
    rejects = models.FileField(upload_to="rejects/", blank=True)
    failure = models.TextField(blank=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["-created_at"], name="import_newest"),  # the list of imports
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.file_name}"

    @property
    def wanted_by(self) -> User | None:
        """For whom the rows come in: a colleague may have confirmed what another sent."""
        return self.confirmed_by or self.by
