"""How dangerous and how likely to offend: scores of instruments, and the force's own priority."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from core.dates import today
from core.revisions import tracked
from offenders.models.identity import Part, of_nominal


class Instrument(models.TextChoices):
    """Scores of different instruments, or versions, are never averaged or compared."""

    OGRS3 = "ogrs3", "OGRS3"
    OGRS4 = "ogrs4", "OGRS4 all reoffending"
    OGRS4_VIOLENT = "ogrs4-v", "OGRS4 violent reoffending"
    CSRP = "csrp", "Combined serious reoffending"
    OASYS = "oasys", "OASys"
    ASSET = "asset-plus", "AssetPlus"
    RFSD = "rfsd", "Recency, frequency, severity, detection"
    OTHER = "other", "Other"


class Band(models.TextChoices):
    LOW = "low", "Low"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"
    VERY_HIGH = "very-high", "Very high"


class Nature(models.TextChoices):
    STATIC = "static", "Static"
    DYNAMIC = "dynamic", "Dynamic"


@tracked()
class RiskScore(Part):
    nominal = of_nominal("risk_scores")
    instrument = models.CharField(max_length=12, choices=Instrument)
    instrument_version = models.CharField("version of the instrument", max_length=20)
    value = models.DecimalField("score", max_digits=6, decimal_places=2, null=True, blank=True)
    band = models.CharField(max_length=10, choices=Band)
    nature = models.CharField(
        "static or dynamic", max_length=8, choices=Nature, default=Nature.STATIC
    )
    scored_on = models.DateField("date of the score", default=today)
    scored_by = models.CharField("who scored it", max_length=80, help_text="For example, Probation")

    class Meta(Part.Meta):
        ordering = ["-scored_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["nominal", "instrument", "instrument_version", "scored_on"],
                name="risk_score_once_a_day",
                violation_error_message="There is a score of this instrument on this day already.",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True)
                | Q(value__gte=0) & (~Q(instrument__startswith="ogrs") | Q(value__lte=100)),
                name="risk_score_in_range",
                violation_error_message="The score is a percentage between 0 and 100.",
            ),
        ]

    def __str__(self) -> str:
        value = "" if self.value is None else f" {self.value.normalize():f}"
        return f"{Instrument(self.instrument).label}{value}, {Band(self.band).label.lower()}"


class Level(models.IntegerChoices):
    NONE = 0, "None known"
    LOW = 1, "Low"
    MEDIUM = 2, "Medium"
    HIGH = 3, "High"


HIGH_FROM, MEDIUM_FROM = 8, 4  # of twelve; two high factors with two low ones are high


class PriorityQuerySet(models.QuerySet["Priority"]):
    def current(self) -> PriorityQuerySet:
        """The latest of each nominal."""
        return self.order_by("nominal_id", "-decided_at", "-pk").distinct("nominal_id")


@tracked()
class Priority(Part):
    """One decision on the priority. It is never changed: the next one follows it."""

    nominal = of_nominal("priorities")
    threat = models.PositiveSmallIntegerField(choices=Level)
    risk = models.PositiveSmallIntegerField(choices=Level)
    harm = models.PositiveSmallIntegerField(choices=Level)
    vulnerability = models.PositiveSmallIntegerField(
        choices=Level, help_text="Of the nominal or of those they offend against"
    )
    reason = models.TextField(max_length=1000)
    total = models.GeneratedField(
        expression=F("threat") + F("risk") + F("harm") + F("vulnerability"),
        output_field=models.PositiveSmallIntegerField(),
        db_persist=True,
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    decided_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = PriorityQuerySet.as_manager()

    class Meta(Part.Meta):
        verbose_name_plural = "priorities"
        ordering = ["-decided_at", "-pk"]
        indexes = [models.Index(fields=["nominal", "-decided_at"], name="priority_latest")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="priority_has_a_reason",
                violation_error_message="Give the reason.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.word} ({self.total} of 12)"

    @property
    def word(self) -> str:
        if self.total >= HIGH_FROM:
            return "High"
        return "Medium" if self.total >= MEDIUM_FROM else "Low"

    @property
    def parts(self) -> str:
        names = ("threat", "risk", "harm", "vulnerability")
        return ", ".join(f"{name} {Level(getattr(self, name)).label.lower()}" for name in names)
