from django.db import models
from django.db.models import F, Q

from core.changes import change_triggers
from core.columns import ReferenceField
from core.concurrency import RaiseVersion
from core.models import Unit
from core.revisions import tracked
from core.triggers import known_codes
from performance.models.feeds import REVIEWS_OPENED, SUPERVISORY_REVIEW


@tracked()
class SupervisoryReview(models.Model):
    """A sergeant's review of an open investigation: due on a day, done or not.

    Overdue at a moment: asked for by then, due before it and not done by then (paper, 4.9).
    """

    review_ref = ReferenceField("review reference", primary_key=True, max_length=40)
    crime_ref = ReferenceField("crime reference", max_length=40, blank=True)
    department = models.ForeignKey(
        Unit, on_delete=models.PROTECT, db_constraint=False, db_index=False,
        db_column="department_code", related_name="+",
    )  # fmt: skip
    opened_on = models.DateField()
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    direction = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        ordering = ["-due_on", "review_ref"]
        triggers = [
            *known_codes("department"),
            *change_triggers(SUPERVISORY_REVIEW, REVIEWS_OPENED),
            RaiseVersion(),
        ]
        indexes = [
            # reviews open at a month's end, by department
            models.Index(
                fields=["department", "opened_on", "done_on", "due_on"], name="review_open"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(review_ref=""),
                name="review_has_a_reference",
                violation_error_message="Enter the review reference.",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("opened_on")),
                name="review_due_after_opened",
                violation_error_message="A review cannot be due before it was asked for.",
            ),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | Q(done_on__gte=F("opened_on")),
                name="review_done_after_opened",
                violation_error_message="A review cannot be done before it was asked for.",
            ),
        ]

    def __str__(self) -> str:
        return self.review_ref
