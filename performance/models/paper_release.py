from django.db import models
from django.db.models import Q

from core.changes import FORCE
from performance.models.paper import Paper


class PaperFigure(models.Model):
    """A figure as a released paper told it. Never changed: what moves since is a restatement.

    `first` and `last` are the months that it covers; `definition` is the digest of the code sets
    and of the indicator that it was counted by, `rule` what its verdicts were found with.
    """

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="figures")
    reference = models.CharField(max_length=200)
    indicator = models.CharField(max_length=80)
    unit = models.CharField(max_length=40, default=FORCE)
    first = models.DateField(null=True)
    last = models.DateField(null=True)
    words = models.TextField()
    numerator = models.IntegerField(null=True)
    denominator = models.IntegerField(null=True)
    value = models.FloatField(null=True)
    n = models.IntegerField(null=True)
    rule = models.CharField(max_length=200, blank=True)
    definition = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "reference"], name="paper_figure_once"),
            models.CheckConstraint(
                condition=~Q(words=""),
                name="paper_figure_in_words",
                violation_error_message="A figure was told in words.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.words}"


class PaperFile(models.Model):
    """A file of a released paper, byte for byte, with the checksum it had then."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="files")
    form = models.SlugField(max_length=20)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["form"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "form"], name="paper_file_once"),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.form}"


class LateArrival(models.Model):
    """A row that was added to the records of a month that a board had been told about.

    Written by triggers. Updates and deletions leave the old row in the history; of an addition
    there is no trace but this, and only from the first release on.
    """

    source = models.CharField(max_length=60)  # the table
    row_key = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["source", "row_key"], name="late_arrival_of_a_row")]

    def __str__(self) -> str:
        return f"{self.source} {self.row_key}"
