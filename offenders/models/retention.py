"""How long what is known of a person is kept: classes and periods, reviews, holds."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from core.concurrency import RaiseVersion
from core.revisions import tracked
from core.states import Machine
from offenders.models.identity import of_nominal
from offenders.models.nominal import KeptOnce, Nominal
from offenders.models.reference import Dated, OffenceCode
from offenders.models.retention_triggers import HoldBlocksDisposal
from offenders.retention.periods import LEAST_YEARS, Period


class Group(models.IntegerChoices):
    """The four of the management of police information; the lower the number, the longer."""

    ONE = 1, "Group 1: certain public protection matters"
    TWO = 2, "Group 2: other sexual, violent or serious offences"
    THREE = 3, "Group 3: all other offences"
    FOUR = 4, "Group 4: no offence recorded"


@tracked()
class RetentionClass(Dated):
    """The group of an offence. One that stands here with no group is in group 3."""

    offence = models.ForeignKey(OffenceCode, on_delete=models.PROTECT, related_name="+")
    group = models.PositiveSmallIntegerField(choices=Group)

    class Meta(Dated.Meta):
        verbose_name = "retention group of an offence"
        verbose_name_plural = "retention groups of offences"
        ordering = ["group", "offence"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["offence", "valid_from"],
                nulls_distinct=False,
                name="retention_class_once",
                violation_error_message="This offence has a group from that date already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offence_id} in group {self.group}"


@tracked()
class RetentionPeriod(models.Model):
    """How long a group is kept, from a day on; the latest that has begun is in force."""

    group = models.PositiveSmallIntegerField(choices=Group)
    valid_from = models.DateField("in force from")
    years = models.PositiveSmallIntegerField(
        "clear years", help_text="Or the years from review to review, where it is kept to an age."
    )
    until_age = models.PositiveSmallIntegerField(
        "kept until the age of", null=True, blank=True, help_text="Blank: it is not."
    )

    class Meta:
        verbose_name = "retention period"
        ordering = ["group", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "valid_from"],
                name="retention_period_once",
                violation_error_message="This group has a period from that date already.",
            ),
            models.CheckConstraint(
                condition=Q(years__gte=LEAST_YEARS, years__lte=100),
                name="retention_six_years_at_least",
                violation_error_message="Everything is kept for six years at least.",
            ),
        ]

    def __str__(self) -> str:
        return f"Group {self.group} from {self.valid_from:%-d %B %Y}"

    @property
    def rule(self) -> Period:
        return Period(self.group, self.years, self.until_age)


class ReviewState(models.TextChoices):
    DUE = "due", "Due"
    PROPOSED = "proposed", "Disposal proposed"
    RETAINED = "retained", "Retained"
    APPROVED = "approved", "Disposal approved"
    DISPOSED = "disposed", "Disposed of"
    CLOSED = "closed", "Closed: no longer due"


S = ReviewState
REVIEW = Machine(
    "The review",
    ReviewState,
    {
        "retained": (frozenset({S.DUE}), S.RETAINED),
        "proposed for disposal": (frozenset({S.DUE}), S.PROPOSED),
        "sent back": (frozenset({S.PROPOSED}), S.DUE),
        "approved": (frozenset({S.PROPOSED}), S.APPROVED),
        "disposed of": (frozenset({S.APPROVED}), S.DISPOSED),
        "closed": (frozenset({S.DUE, S.PROPOSED}), S.CLOSED),
    },
)
OPEN = [S.DUE, S.PROPOSED, S.APPROVED]
# What national guidance has weighed before a record is kept on, each answered with yes or no.
CONSIDERATIONS = ("is_violent", "is_pattern", "is_vulnerable", "is_public_trust")


class ReviewQuerySet(models.QuerySet["RetentionReview"]):
    def open(self) -> ReviewQuerySet:
        return self.filter(state__in=OPEN)


class RetentionReview(KeptOnce):
    """One review of one nominal, with those who were merged into them."""

    nominal = of_nominal("retention_reviews")
    state = models.CharField(max_length=8, choices=ReviewState, default=S.DUE, editable=False)
    group = models.PositiveSmallIntegerField(choices=Group, editable=False)
    due_on = models.DateField(editable=False)
    why = models.CharField("why it is due", max_length=300, editable=False)
    is_asked_for = models.BooleanField("asked for by somebody", default=False, editable=False)
    is_under_ten = models.BooleanField("under 10 at a contact", default=False, editable=False)
    opened_at = models.DateTimeField(default=timezone.now, editable=False)
    is_violent = models.BooleanField("Is there a risk of violence or serious harm?", null=True)
    is_pattern = models.BooleanField("Is there a pattern of offending?", null=True)
    is_vulnerable = models.BooleanField(
        "Are those at risk children or otherwise vulnerable?", null=True
    )
    is_public_trust = models.BooleanField(
        "Would disposal harm public trust, or an inquiry?", null=True
    )
    reason = models.TextField(max_length=1000, blank=True)
    next_on = models.DateField("next review", null=True, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+",
        editable=False,
    )  # fmt: skip
    proposed_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+",
        editable=False,
    )  # fmt: skip
    decided_at = models.DateTimeField(null=True, editable=False)
    erased = models.JSONField(default=dict, editable=False)  # rows by table, and nothing of them
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = "retention review"
        ordering = ["due_on", "pk"]
        triggers = [RaiseVersion(), HoldBlocksDisposal()]
        indexes = [models.Index(fields=["state", "due_on"], name="retention_review_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["nominal"],
                condition=Q(state__in=OPEN),
                name="retention_one_open_review",
                violation_error_message="A review of this nominal is open already.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[S.DUE, S.CLOSED])
                | Q(reason__regex=r"\S", proposed_by__isnull=False, proposed_at__isnull=False),
                name="retention_decided_with_a_reason",
                violation_error_message="Give the reason.",
            ),
            models.CheckConstraint(
                condition=~Q(state=S.RETAINED) | Q(next_on__isnull=False),
                name="retention_retained_until_a_day",
                violation_error_message="Give the date of the next review.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[S.APPROVED, S.DISPOSED])
                | Q(decided_by__isnull=False, decided_at__isnull=False)
                & ~Q(decided_by=F("proposed_by")),
                name="retention_disposal_by_two",
                violation_error_message="Disposal is approved by another person.",
            ),
        ]

    def __str__(self) -> str:
        return f"Review of {self.nominal}, due {self.due_on:%-d %B %Y}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    def is_overdue_on(self, day: date) -> bool:
        return self.is_open and self.due_on < day


class HoldKind(models.TextChoices):
    LITIGATION = "litigation", "Litigation"
    COMPLAINT = "complaint", "Complaint, or the IOPC"
    CPIA = "cpia", "Material of a case (CPIA)"
    OTHER = "other", "Another reason"


class HoldQuerySet(models.QuerySet["RetentionHold"]):
    def live(self) -> HoldQuerySet:
        return self.filter(lifted_at__isnull=True)

    def on(self, people: Any) -> HoldQuerySet:
        return self.filter(nominal__in=people)


class RetentionHold(models.Model):
    """As long as it is live, nothing of the nominal is disposed of: the database sees to it."""

    nominal: models.ForeignKey[Nominal] = of_nominal("retention_holds")
    kind = models.CharField("why it is held", max_length=10, choices=HoldKind)
    case_ref = models.CharField("reference of the case", max_length=60, blank=True)
    reason = models.TextField("what has to be kept, and why", max_length=500)
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    placed_at = models.DateTimeField(default=timezone.now, editable=False)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+",
        editable=False,
    )  # fmt: skip
    lifted_at = models.DateTimeField(null=True, editable=False)
    lifted_why = models.TextField(max_length=500, blank=True, editable=False)

    objects = HoldQuerySet.as_manager()

    class Meta:
        verbose_name = "hold"
        ordering = ["-placed_at", "-pk"]
        indexes = [
            models.Index(
                fields=["nominal"], name="retention_hold_live", condition=Q(lifted_at__isnull=True)
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(reason__regex=r"\S"),
                name="retention_hold_says_why",
                violation_error_message="Say what has to be kept, and why.",
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | Q(lifted_at__gte=F("placed_at"), lifted_by__isnull=False)
                & Q(lifted_why__regex=r"\S"),
                name="retention_hold_lifted_with_a_reason",
                violation_error_message="Say why the hold is lifted.",
            ),
        ]

    def __str__(self) -> str:
        return f"{HoldKind(self.kind).label}: {self.nominal}"

    @property
    def is_live(self) -> bool:
        return self.lifted_at is None
