from django.db import models

from core.models import Unit
from core.revisions import tracked


@tracked()
class HistoricFigure(models.Model):
    """A monthly total from before the records reach: imported, marked, without rows behind it."""

    indicator = models.CharField(max_length=80)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, db_column="unit_code", related_name="+"
    )
    month = models.DateField()
    numerator = models.IntegerField()
    denominator = models.IntegerField(null=True, blank=True)
    provenance = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["indicator", "unit", "month"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "unit", "month"], name="historic_figure_once"
            ),
            models.CheckConstraint(
                condition=models.Q(month__day=1), name="historic_figure_is_monthly"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.unit_id} {self.month:%Y-%m}"
