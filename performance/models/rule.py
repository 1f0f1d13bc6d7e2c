from decimal import Decimal

from django.db import models
from django.db.models import Q

from core.revisions import tracked
from offenders.models.reference import Dated


class RuleKind(models.TextChoices):
    RELATIVE = "relative", "Relative tolerance"
    ABSOLUTE = "absolute", "Absolute tolerance"
    TWO_PROPORTIONS = "two-proportions", "Two proportions, 5% level"
    POISSON = "poisson", "Exact Poisson, 5% level"
    XMR = "xmr", "Outside the limits of the XmR chart"
    NONE = "none", "No verdict"


@tracked()
class ComparisonRule(Dated):
    """How two figures are put into a word, from a date on. Blank indicator: the house rule."""

    name = models.CharField(max_length=80)
    indicator = models.CharField(max_length=80, blank=True)
    kind = models.CharField(max_length=16, choices=RuleKind, default=RuleKind.RELATIVE)
    # a share of the reference for relative (0.05 is 5%), the indicator's own unit for absolute
    tolerance = models.DecimalField(max_digits=8, decimal_places=4, default=Decimal("0.05"))
    note = models.TextField(blank=True)

    class Meta(Dated.Meta):
        ordering = ["indicator", "-valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(tolerance__gte=0),
                name="rule_tolerance_not_negative",
                violation_error_message="A tolerance cannot be negative.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
