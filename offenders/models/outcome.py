from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from core.concurrency import RaiseVersion
from core.revisions import tracked
from core.triggers import known_codes
from offenders.models.crime import Crime
from offenders.models.headline import follow_outcomes
from offenders.models.reference import OutcomeCode


@tracked()
class Outcome(models.Model):
    """An outcome that a crime was given: a revision, never overwritten (counting rules: one
    outcome a crime). The latest that is not cancelled is the crime's live outcome."""

    crime = models.ForeignKey(
        Crime, on_delete=models.PROTECT, db_constraint=False, db_index=False,
        db_column="crime_ref", related_name="outcomes",
    )  # fmt: skip
    code = models.ForeignKey(
        OutcomeCode, on_delete=models.PROTECT, db_constraint=False, db_index=False,
        db_column="outcome_code", related_name="+",
    )  # fmt: skip
    outcome_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        ordering = ["-outcome_at", "code"]
        triggers = [*known_codes("crime", "code"), *follow_outcomes(), RaiseVersion()]
        constraints = [
            models.UniqueConstraint(
                fields=["crime", "code", "outcome_at"],
                name="outcome_once_a_crime_code_and_time",
                violation_error_message="This crime already has this outcome at this time.",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True) | Q(cancelled_at__gte=F("outcome_at")),
                name="outcome_cancelled_after_given",
                violation_error_message="An outcome cannot be cancelled before it was given.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.crime_id}: {self.code_id}"
