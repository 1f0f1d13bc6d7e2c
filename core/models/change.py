from django.db import models
from django.db.models.functions import Now


class Change(models.Model):
    """A difference that a write made to a count, not yet folded into the figures.

    Written by statement-level triggers (`core.changes`), in the transaction of the write, and only
    ever added: a counter row per cell would make one writer wait for another's open transaction.
    """

    basis = models.CharField(max_length=20)
    month = models.DateField()
    unit = models.CharField(max_length=40)
    dims = models.JSONField(default=dict)
    n = models.IntegerField()
    at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{self.basis} {self.month:%Y-%m} {self.unit} {self.n:+d}"
