from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from offenders.models.nominal import Nominal


class NominalMerge(models.Model):
    """Two records of one person made one: everything of `gone` was moved to `kept`.

    `moved` maps a model's field ("offenders.alias.nominal") to the keys of the rows that were
    moved, `added` lists the aliases made for it: what an undo takes back.
    """

    kept = models.ForeignKey(Nominal, on_delete=models.PROTECT, related_name="merges")
    gone = models.ForeignKey(Nominal, on_delete=models.PROTECT, related_name="merges_away")
    reason = models.TextField(max_length=500)
    moved = models.JSONField(default=dict)
    added = models.JSONField(default=list)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    merged_at = models.DateTimeField(default=timezone.now)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-merged_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["gone"],
                condition=Q(undone_at__isnull=True),
                name="merged_once",
                violation_error_message="This nominal was merged already.",
            ),
            models.CheckConstraint(
                condition=~Q(kept=F("gone")),
                name="merge_of_two",
                violation_error_message="A nominal cannot be merged with themselves.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gone.ref} into {self.kept.ref}"
