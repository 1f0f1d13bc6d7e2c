from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.text import capfirst

from core.concurrency import RaiseVersion
from core.dates import today
from core.revisions import tracked
from offenders.models.crime import Crime
from offenders.models.disposal import Disposal
from offenders.models.nominal import Nominal
from offenders.models.reference import OffenceCode


@tracked()
class Conviction(models.Model):
    """One offence that a court convicted a nominal of. A hearing may make several."""

    nominal = models.ForeignKey(Nominal, on_delete=models.PROTECT, related_name="convictions")
    court = models.CharField(max_length=120)
    convicted_on = models.DateField("date of conviction", default=today)
    title = models.CharField("offence", max_length=200)
    offence = models.ForeignKey(
        OffenceCode, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="class of offence",
    )  # fmt: skip
    crime = models.ForeignKey(
        Crime, on_delete=models.PROTECT, null=True, blank=True, related_name="convictions"
    )
    charge = models.ForeignKey(
        Disposal, on_delete=models.PROTECT, null=True, blank=True, related_name="convictions"
    )  # that led to it
    operation = models.CharField(max_length=80, blank=True)
    note = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        ordering = ["-convicted_on", "-pk"]
        triggers = [RaiseVersion()]
        indexes = [
            models.Index(fields=["nominal", "-convicted_on"], name="conviction_of_nominal"),
            models.Index(fields=["-convicted_on"], name="conviction_latest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(court="") & ~Q(title=""),
                name="conviction_says_where_and_what",
                violation_error_message="Give the court and the offence.",
            ),
            models.UniqueConstraint(
                fields=["nominal", "convicted_on", "court", "title", "crime"],
                nulls_distinct=False,
                name="conviction_once",
                violation_error_message="This conviction is recorded already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.court}"


class SentenceKind(models.TextChoices):
    CUSTODY = "custody", "Custody"
    SUSPENDED = "suspended", "Suspended sentence"
    COMMUNITY = "community", "Community order"
    FINE = "fine", "Fine"
    COMPENSATION = "compensation", "Compensation"
    CONDITIONAL_DISCHARGE = "conditional-discharge", "Conditional discharge"
    ABSOLUTE_DISCHARGE = "absolute-discharge", "Absolute discharge"
    BEHAVIOUR_ORDER = "behaviour-order", "Criminal behaviour order"
    DISQUALIFIED = "disqualified", "Disqualified from driving"
    YOUTH_ORDER = "youth-order", "Youth order"
    OTHER = "other", "Otherwise dealt with"


TIMED = [
    SentenceKind.CUSTODY,
    SentenceKind.SUSPENDED,
    SentenceKind.COMMUNITY,
    SentenceKind.CONDITIONAL_DISCHARGE,
    SentenceKind.BEHAVIOUR_ORDER,
    SentenceKind.DISQUALIFIED,
]
PAID = [SentenceKind.FINE, SentenceKind.COMPENSATION]
SUSPENDED_LONGEST = 24  # months: Sentencing Code s.277
COMMUNITY_LONGEST = 36  # months: Sentencing Code s.206; a conditional discharge likewise, s.80


class Runs(models.TextChoices):
    CONCURRENT = "concurrent", "Concurrent"
    CONSECUTIVE = "consecutive", "Consecutive"


@tracked()
class Sentence(models.Model):
    """One part of what the court gave for one conviction."""

    conviction = models.ForeignKey(Conviction, on_delete=models.CASCADE, related_name="sentences")
    kind = models.CharField("sentence", max_length=21, choices=SentenceKind)
    sentenced_on = models.DateField("date of sentence", default=today)
    months = models.PositiveSmallIntegerField(null=True, blank=True)
    operational_months = models.PositiveSmallIntegerField(
        "suspended for, in months", null=True, blank=True
    )
    pounds = models.PositiveIntegerField("amount in pounds", null=True, blank=True)
    runs = models.CharField("beside the other sentences", max_length=11, choices=Runs, blank=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind__in=TIMED) | Q(months__isnull=False, months__gte=1),
                name="sentence_has_its_months",
                violation_error_message="Give the length in months.",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=PAID) | Q(pounds__isnull=False, pounds__gte=1),
                name="sentence_has_its_amount",
                violation_error_message="Give the amount in pounds.",
            ),
            models.CheckConstraint(
                condition=Q(kind=SentenceKind.SUSPENDED, operational_months__isnull=False)
                | ~Q(kind=SentenceKind.SUSPENDED) & Q(operational_months__isnull=True),
                name="sentence_suspended_for_a_time",
                violation_error_message="A suspended sentence, and no other, is suspended for a time: give its months.",
            ),
            models.CheckConstraint(
                condition=~Q(kind=SentenceKind.SUSPENDED)
                | Q(months__lte=SUSPENDED_LONGEST, operational_months__lte=SUSPENDED_LONGEST),
                name="sentence_suspended_two_years",
                violation_error_message="A suspended sentence is 24 months at most, and is suspended for 24 at most.",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["community", "conditional-discharge"])
                | Q(months__lte=COMMUNITY_LONGEST),
                name="sentence_community_three_years",
                violation_error_message="This sentence is 36 months at most.",
            ),
        ]

    def __str__(self) -> str:
        words = [SentenceKind(self.kind).label]
        if self.months:
            words.append(length_of(self.months))
        if self.pounds:
            words.append(f"£{self.pounds:,}")
        if self.operational_months:
            words.append(f"suspended for {length_of(self.operational_months)}")
        if self.runs:
            words.append(Runs(self.runs).label.lower())
        return capfirst(", ".join(words))


def length_of(months: int) -> str:
    """4 years 6 months, as a court says it."""
    years, rest = divmod(months, 12)
    parts = [(years, "year"), (rest, "month")]
    return " ".join(f"{n} {word}{'' if n == 1 else 's'}" for n, word in parts if n)
