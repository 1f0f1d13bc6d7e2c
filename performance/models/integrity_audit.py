from django.db import models
from django.db.models import F, Q

from core.changes import change_triggers
from core.columns import ReferenceField, month_of_day
from core.concurrency import RaiseVersion
from core.models import Unit
from core.revisions import tracked
from performance.models.feeds import INTEGRITY_RECORDED, INTEGRITY_REQUIRED


@tracked()
class IntegrityAudit(models.Model):
    """A crime data integrity audit: how many incidents were looked at, how many were right."""

    audit_ref = ReferenceField("audit reference", primary_key=True, max_length=40)
    audited_on = models.DateField()
    audited_month = month_of_day("audited_on")
    subject = models.CharField(max_length=120)
    district = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True,
        db_column="district_code", related_name="+",
    )  # fmt: skip
    incidents_audited = models.PositiveIntegerField()
    crimes_required = models.PositiveIntegerField()
    crimes_recorded = models.PositiveIntegerField()
    finding = models.TextField(blank=True)
    action = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        ordering = ["-audited_on", "audit_ref"]
        triggers = [*change_triggers(INTEGRITY_REQUIRED, INTEGRITY_RECORDED), RaiseVersion()]
        constraints = [
            models.CheckConstraint(
                condition=Q(crimes_recorded__lte=F("crimes_required")),
                name="integrity_recorded_within_required",
                violation_error_message="No more crimes can be recorded than were required.",
            ),
            models.CheckConstraint(
                condition=~Q(audit_ref=""),
                name="integrity_audit_has_a_reference",
                violation_error_message="Enter the audit reference.",
            ),
        ]

    def __str__(self) -> str:
        return self.audit_ref
