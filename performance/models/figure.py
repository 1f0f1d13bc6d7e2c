"""What the records add up to. Rebuilt from them at any time; nobody types a figure."""

from django.db import models


class Figure(models.Model):
    """An indicator's monthly figure for a unit: a count, a rate's two parts, or a median.

    `basis:<name>` in place of an indicator counts all rows of a basis: how far the records reach.
    """

    indicator = models.CharField(max_length=80)
    unit = models.CharField(max_length=40)
    month = models.DateField()
    numerator = models.IntegerField(null=True)
    denominator = models.IntegerField(null=True)
    value = models.FloatField(null=True)  # a median, in the seconds that it was taken over
    n = models.IntegerField(null=True)  # rows that the median was taken over

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["indicator", "unit", "month"], name="figure_once")
        ]
        indexes = [
            # a board: every indicator of a unit over 49 months
            models.Index(fields=["unit", "indicator", "month"], name="figure_of_a_unit")
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.unit} {self.month:%Y-%m}"


class FigureState(models.Model):
    """One row: when the figures last took in changes, and when they were last rebuilt."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    folded_at = models.DateTimeField(null=True)
    rebuilt_at = models.DateTimeField(null=True)
    verified_at = models.DateTimeField(null=True)
    differences = models.PositiveIntegerField(default=0)  # found by the last verification
    last_month = models.DateField(null=True)  # positions at a month's end are counted up to here
    # Subscribers know of the verdicts of these figures and of this month: see verdict_watch.
    watched_at = models.DateTimeField(null=True)
    watched_month = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="figure_state_is_one_row")
        ]

    def __str__(self) -> str:
        return f"folded {self.folded_at}"
