from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.documents.content import KINDS

SHA256 = r"^[0-9a-f]{64}$"


class DocumentQuerySet(models.QuerySet["Document"]):
    def kept(self) -> DocumentQuerySet:
        return self.filter(removed_at=None)


def place_of(document: Document, name: str) -> str:
    """Under its own random key, without an ending: the name that it came with decides nothing."""
    return f"documents/{document.pk}"


class Document(models.Model):
    """A file that is attached to a record of any app (core.documents.owners).

    Once removed its bytes are gone; that it was there, and what was said of it, stays.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner_type = models.SlugField(max_length=40)
    owner_key = models.CharField(max_length=64)
    title = models.CharField("what it is", max_length=200)
    name = models.CharField(max_length=120)  # cleaned, with the ending of its content
    kind = models.SlugField(max_length=8)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    file = models.FileField(upload_to=place_of, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(default=timezone.now)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_why = models.TextField("why it was removed", max_length=500, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-added_at", "pk"]
        indexes = [
            models.Index(fields=["owner_type", "owner_key"], name="document_of_owner"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["owner_type", "owner_key", "sha256"],
                condition=Q(removed_at=None),
                name="document_attached_once",
                violation_error_message="This file is attached here already.",
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=SHA256) & Q(size__gt=0),
                name="document_has_a_digest",
                violation_error_message="A document needs its size and its digest.",
            ),
            models.CheckConstraint(
                condition=~Q(title=""),
                name="document_says_what_it_is",
                violation_error_message="Say what it is.",
            ),
            models.CheckConstraint(
                condition=Q(removed_by=None, removed_at=None, removed_why="")
                | (
                    Q(removed_by__isnull=False, removed_at__isnull=False, file="")
                    & ~Q(removed_why="")
                ),
                name="document_removed_with_a_reason",
                violation_error_message="Say why it is removed.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def kind_title(self) -> str:
        return KINDS[self.kind].title
