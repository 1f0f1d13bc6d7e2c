from django.db import models
from django.db.models import F, Q

from core.models import Unit
from core.revisions import tracked


@tracked()
class Baseline(models.Model):
    """A benchmark that was entered, not computed: its figures and where they come from.

    A row without figures sets the financial year whose records are the benchmark. Where an entered
    baseline is not in use, it is kept beside the one that is, since both were told to a board.
    """

    indicator = models.CharField(max_length=80)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    year_start = models.DateField("financial year that begins on")
    numerator = models.IntegerField(null=True, blank=True)
    denominator = models.IntegerField(null=True, blank=True)
    provenance = models.TextField()
    in_use = models.BooleanField(default=False)

    class Meta:
        ordering = ["indicator", "unit", "-year_start"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "unit", "year_start"],
                condition=Q(in_use=True),
                name="baseline_one_in_use",
                violation_error_message="Another baseline is in use for this indicator and year.",
            ),
            models.CheckConstraint(
                condition=Q(year_start__month=4, year_start__day=1),
                name="baseline_year_starts_in_april",
                violation_error_message="A financial year begins on 1 April.",
            ),
            models.CheckConstraint(
                condition=Q(denominator__isnull=True) | Q(numerator__lte=F("denominator")),
                name="baseline_part_of_whole",
                violation_error_message="The numerator cannot be larger than the denominator.",
            ),
            models.CheckConstraint(
                condition=~Q(provenance=""),
                name="baseline_says_where_from",
                violation_error_message="Say where the baseline comes from.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.unit_id} {self.year_start:%Y}"
