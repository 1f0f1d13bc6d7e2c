from django.db import models
from django.db.models import F, Q

from core.models import Unit
from core.revisions import tracked


@tracked()
class Annotation(models.Model):
    """Something that explains a figure: a lockdown, a recording change, an operation's start."""

    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    title = models.CharField(max_length=80)
    text = models.TextField(blank=True)
    indicator = models.CharField(max_length=80, blank=True)  # blank: every indicator
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # null: every unit

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="annotation_ends_after_it_begins",
                violation_error_message="The last day cannot be before the first.",
            )
        ]

    def __str__(self) -> str:
        return self.title
