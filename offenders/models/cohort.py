"""Cohorts of offenders who are managed together, and the periods that nominals spend in them."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone

from core.changes import change_triggers
from core.concurrency import RaiseVersion
from core.dates import today
from core.models import Unit
from core.revisions import tracked
from offenders.models.feeds import COHORT_REVIEW, COHORT_REVIEWS_OPENED
from offenders.models.nominal import Nominal


class MemberState(models.TextChoices):
    NOMINATED = "nominated", "Nominated"
    DECLINED = "declined", "Declined"
    ACCEPTED = "accepted", "Accepted"
    ACTIVE = "active", "Active"
    SUSPENDED = "suspended", "Suspended in custody"
    DESELECTED = "de-selected", "De-selected"


OVER = (MemberState.DECLINED, MemberState.DESELECTED)
INSIDE = (MemberState.ACCEPTED, MemberState.ACTIVE, MemberState.SUSPENDED)


class Category(models.TextChoices):
    """The three groups of Integrated Offender Management."""

    FIXED = "fixed", "Fixed"
    FLEX = "flex", "Flex"
    FREE = "free", "Free"


class Rag(models.TextChoices):
    """How closely somebody is managed. Blue is in custody."""

    RED = "red", "Red"
    AMBER = "amber", "Amber"
    GREEN = "green", "Green"
    BLUE = "blue", "Blue"


class Exit(models.TextChoices):
    NOT_OFFENDING = "not-offending", "No offending for six months or more"
    RISK_DOWN = "risk-down", "Risk has come down"
    MOVED = "moved", "Moved to another force"
    LONG_CUSTODY = "long-custody", "Long sentence"
    ENGAGEMENT_ENDED = "engagement-ended", "Engagement has ended"
    DIED = "died", "Died"
    COHORT_CLOSED = "cohort-closed", "The cohort was closed"  # for all at once


BY_ONE = [choice for choice in Exit.choices if choice[0] != Exit.COHORT_CLOSED]


class CohortQuerySet(models.QuerySet["Cohort"]):
    def open(self) -> CohortQuerySet:
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=today()))


@tracked()
class Cohort(models.Model):
    slug = models.SlugField(primary_key=True, max_length=40)
    name = models.CharField(max_length=80, unique=True)
    purpose = models.TextField(blank=True)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    closed_reason = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    objects = CohortQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        triggers = [RaiseVersion()]
        constraints = [
            models.CheckConstraint(
                condition=Q(opened_on__isnull=True)
                | Q(closed_on__isnull=True)
                | Q(closed_on__gte=F("opened_on")),
                name="cohort_closes_after_opening",
                violation_error_message="A cohort cannot close before it opened.",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_reason__regex=r"\S"),
                name="cohort_closes_with_a_reason",
                violation_error_message="Say why the cohort is closed.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_closed(self) -> bool:
        return self.closed_on is not None and self.closed_on <= today()


class MembershipQuerySet(models.QuerySet["Membership"]):
    def running(self) -> MembershipQuerySet:
        """Nominated or inside, not over."""
        return self.filter(closed_on__isnull=True)

    def inside(self) -> MembershipQuerySet:
        return self.filter(state__in=INSIDE)


class Period(Func):
    """From the nomination until the end, that day not included: who leaves may be nominated anew."""

    function = "daterange"
    output_field = DateRangeField()


@tracked()
class Membership(models.Model):
    """A period of one nominal in one cohort, from nomination to exit."""

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="memberships")
    nominal = models.ForeignKey(Nominal, on_delete=models.PROTECT, related_name="memberships")
    state = models.CharField(max_length=11, choices=MemberState, default=MemberState.NOMINATED)
    category = models.CharField(max_length=5, choices=Category, blank=True)
    rag = models.CharField("RAG", max_length=5, choices=Rag, blank=True)
    nominated_on = models.DateField(default=today)
    joined_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    exit = models.CharField("why it ended", max_length=16, choices=Exit, blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["nominal__surname", "nominal__forenames", "pk"]
        triggers = [RaiseVersion()]
        constraints = [
            ExclusionConstraint(
                name="membership_periods_apart",
                expressions=[
                    ("cohort", RangeOperators.EQUAL),
                    ("nominal", RangeOperators.EQUAL),
                    (Period("nominated_on", "closed_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="This nominal is in this cohort at that time already.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OVER, closed_on__isnull=False)
                | (~Q(state__in=OVER) & Q(closed_on__isnull=True)),
                name="membership_over_has_a_day",
                violation_error_message="A membership that is over needs its last day.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["nominated", "declined"], joined_on__isnull=True)
                | (
                    ~Q(state__in=["nominated", "declined"])
                    & Q(joined_on__isnull=False)
                    & ~Q(category="")
                ),
                name="membership_inside_has_a_category",
                violation_error_message="Choose fixed, flex or free.",
            ),
            models.CheckConstraint(
                condition=~Q(state="de-selected") | ~Q(exit=""),
                name="membership_exit_has_a_reason",
                violation_error_message="Say why they leave the cohort.",
            ),
            models.CheckConstraint(
                condition=(Q(joined_on__isnull=True) | Q(joined_on__gte=F("nominated_on")))
                & (Q(closed_on__isnull=True) | Q(closed_on__gte=F("nominated_on"))),
                name="membership_days_in_order",
                violation_error_message="The days of a membership are in the wrong order.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nominal} in {self.cohort}"

    @property
    def is_over(self) -> bool:
        return self.state in OVER

    def days_inside(self, day: date) -> int | None:
        """Until the day, or the exit; None for somebody who was never accepted."""
        if self.joined_on is None:
            return None
        return ((self.closed_on or day) - self.joined_on).days


class MembershipStep(models.Model):
    """One decision: what, when, why and by whom. A row is never changed."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="steps")
    step = models.CharField(max_length=11)
    state = models.CharField(max_length=11, choices=MemberState)  # that it led to
    category = models.CharField(max_length=5, choices=Category, blank=True)
    rag = models.CharField(max_length=5, choices=Rag, blank=True)
    on = models.DateField()
    reason = models.TextField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reason__regex=r"\S"),
                name="membership_step_has_a_reason",
                violation_error_message="Give the reason.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.step.capitalize()} on {self.on:%-d %B %Y}"


class CohortReview(models.Model):
    """The review that a member waits for: one is open as long as somebody is inside."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="reviews")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # the area that worked the nominal then
    opened_on = models.DateField()
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        triggers = change_triggers(COHORT_REVIEW, COHORT_REVIEWS_OPENED)
        indexes = [
            # reviews open at a month's end
            models.Index(fields=["unit", "opened_on", "done_on", "due_on"], name="cohort_open"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["membership"],
                condition=Q(done_on__isnull=True),
                name="cohort_one_open_review",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("opened_on"))
                & (Q(done_on__isnull=True) | Q(done_on__gte=F("opened_on"))),
                name="cohort_review_days_in_order",
                violation_error_message="A review cannot be due or done before it was asked for.",
            ),
        ]

    def __str__(self) -> str:
        return f"Review of {self.membership_id}, due {self.due_on:%-d %B %Y}"


class Handover(models.Model):
    """A nominal given from one officer to another, with the reason."""

    nominal = models.ForeignKey(Nominal, on_delete=models.PROTECT, related_name="handovers")
    lead_before = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    lead = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    reason = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reason__regex=r"\S"),
                name="handover_has_a_reason",
                violation_error_message="Say why the nominal is handed over.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.lead_before} to {self.lead}"
