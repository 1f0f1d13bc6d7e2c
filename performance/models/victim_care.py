from django.db import models
from django.db.models import F, Q

from core.changes import change_triggers
from core.columns import ReferenceField
from core.concurrency import RaiseVersion
from core.models import Unit
from core.revisions import tracked
from core.triggers import known_codes
from performance.models.feeds import CONTRACTS_OPENED, VICTIM_CARE


@tracked()
class VictimCareContract(models.Model):
    """The agreement with a victim on how and when to be kept informed.

    Overdue at a moment: live then, and due before it with no contact by then (paper, 4.9).
    """

    contract_ref = ReferenceField("contract reference", primary_key=True, max_length=40)
    crime_ref = ReferenceField("crime reference", max_length=40, blank=True)
    department = models.ForeignKey(
        Unit, on_delete=models.PROTECT, db_constraint=False, db_index=False,
        db_column="department_code", related_name="+",
    )  # fmt: skip
    opened_on = models.DateField()
    due_on = models.DateField()
    contacted_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        ordering = ["-opened_on", "contract_ref"]
        triggers = [
            *known_codes("department"),
            *change_triggers(VICTIM_CARE, CONTRACTS_OPENED),
            RaiseVersion(),
        ]
        indexes = [
            # contracts live at a month's end, by department
            models.Index(
                fields=["department", "opened_on", "closed_on", "due_on", "contacted_on"],
                name="victim_care_live",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(contract_ref=""),
                name="victim_care_has_a_reference",
                violation_error_message="Enter the contract reference.",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("opened_on")),
                name="victim_care_due_after_opened",
                violation_error_message="A contract cannot be due before it was opened.",
            ),
            models.CheckConstraint(
                condition=Q(contacted_on__isnull=True) | Q(contacted_on__gte=F("opened_on")),
                name="victim_care_contact_after_opened",
                violation_error_message="Contact cannot come before the contract was opened.",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="victim_care_closed_after_opened",
                violation_error_message="A contract cannot be closed before it was opened.",
            ),
        ]

    def __str__(self) -> str:
        return self.contract_ref
