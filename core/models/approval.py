from __future__ import annotations

from django.apps import apps
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Model, Q
from django.utils import timezone


class ApprovalQuerySet(models.QuerySet["Approval"]):
    def open(self) -> ApprovalQuerySet:
        return self.filter(decided_at=None, withdrawn_at=None)


class Approval(models.Model):
    """What somebody asked for and another person decides. What it does is its kind: core.approvals.

    The target is named, not linked: it may be a record of any app, and the approval outlives it.
    """

    kind = models.SlugField(max_length=40)
    target_type = models.CharField(max_length=100)  # app_label.model
    target_id = models.CharField(max_length=64)
    payload = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)
    reason = models.TextField(max_length=1000)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    is_approved = models.BooleanField(null=True, blank=True)  # null: not decided yet
    note = models.TextField(max_length=1000, blank=True)  # of whoever decided
    withdrawn_at = models.DateTimeField(null=True, blank=True)  # by whoever asked

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [
            models.Index(fields=["target_type", "target_id"], name="approval_of_target"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
                name="approval_decided_by_another",
                violation_error_message="Somebody other than the person who asked decides.",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None, decided_at=None, is_approved=None)
                | Q(
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                    is_approved__isnull=False,
                    withdrawn_at=None,
                ),
                name="approval_decided_by_somebody_at_a_time",
                violation_error_message="A decision needs its person, its time and its answer.",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None) | Q(decided_at__gte=F("asked_at")),
                name="approval_decided_after_asking",
                violation_error_message="A decision cannot be before the request.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="approval_has_a_reason",
                violation_error_message="Write why you ask.",
            ),
            models.CheckConstraint(
                condition=Q(is_approved=None) | Q(is_approved=True) | ~Q(note=""),
                name="approval_refused_with_a_note",
                violation_error_message="Write why you refuse.",
            ),
            models.UniqueConstraint(
                fields=["kind", "target_type", "target_id"],
                condition=Q(decided_at=None, withdrawn_at=None),
                name="approval_one_open",
                violation_error_message="This was asked for already and waits for a decision.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.target_type} {self.target_id}"

    @property
    def is_open(self) -> bool:
        return self.decided_at is None and self.withdrawn_at is None

    @property
    def target(self) -> Model | None:
        """The record itself, read anew; None once it is gone."""
        model: type[Model] = apps.get_model(self.target_type)
        found: Model | None = model._base_manager.filter(pk=self.target_id).first()
        return found
