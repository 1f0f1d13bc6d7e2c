"""What was done about crimes with the person who did them: in tiers, before and after charge."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from core.changes import change_triggers
from core.columns import local_month
from core.concurrency import RaiseVersion
from core.models import Unit
from core.ranks import Rank
from core.revisions import tracked
from core.states import Machine
from offenders.models.crime import Crime
from offenders.models.feeds import DISPOSAL
from offenders.models.nominal import Nominal
from offenders.models.outcome import Outcome
from offenders.models.reference import OutcomeCode


class Stage(models.TextChoices):
    PRE_CHARGE = "pre-charge", "Before charge"
    POST_CHARGE = "post-charge", "Charge and after"


class Tier(models.IntegerChoices):
    """The rungs, lowest first, so that they compare."""

    NONE = 0, "No further action"
    DIVERSION = 1, "Diversion"
    INFORMAL = 2, "Informal"
    FORMAL = 3, "Formal, out of court"
    CHARGE = 4, "Charge"


class Admission(models.TextChoices):
    NONE = "none", "None"
    RESPONSIBILITY = "responsibility", "Accepts responsibility"
    GUILT = "guilt", "Admits the offence"


class VictimView(models.TextChoices):
    NOT_ASKED = "not-asked", "Not asked yet"
    SUPPORTS = "supports", "Supports it"
    AGAINST = "against", "Does not support it"
    NOT_REACHED = "not-reached", "Could not be reached, or gave no view"
    NO_VICTIM = "no-victim", "There is no victim"


class Conditions(models.TextChoices):
    NONE = "none", "Takes none"
    MAY = "may", "May have them"
    MUST = "must", "Is made of them"


class BreachRoute(models.TextChoices):
    NONE = "none", "Nothing can be enforced"
    REOPEN = "reopen", "The case may be reopened"
    PROSECUTE = "prosecute", "Prosecution for the original offence"
    FINE = "fine", "A fine, registered with the court"


class OutcomeWhen(models.TextChoices):
    GIVEN = "given", "When it is given"
    COMPLETED = "completed", "When it is completed"


class DisposalTypeQuerySet(models.QuerySet["DisposalType"]):
    def on(self, day: date) -> DisposalTypeQuerySet:
        """Types in force on that day; one without a first day never is."""
        ends = Q(in_force_to__isnull=True) | Q(in_force_to__gte=day)
        return self.filter(ends, in_force_from__lte=day)


@tracked()
class DisposalType(models.Model):
    code = models.SlugField(primary_key=True, max_length=40)
    title = models.CharField(max_length=80)
    stage = models.CharField(max_length=11, choices=Stage)
    tier = models.PositiveSmallIntegerField(choices=Tier)
    min_age = models.PositiveSmallIntegerField("youngest", null=True, blank=True)
    max_age = models.PositiveSmallIntegerField("oldest", null=True, blank=True)
    is_offered = models.BooleanField(
        "is offered", default=True, help_text="Accepted or declined. Otherwise given at once."
    )
    admission = models.CharField("needs admission", max_length=14, choices=Admission)
    needs_consent = models.BooleanField(default=False)
    needs_victim_view = models.BooleanField("needs the view of the victim", default=False)
    least_rank = models.PositiveSmallIntegerField("least rank to authorise", choices=Rank)
    conditions = models.CharField(max_length=4, choices=Conditions)
    default_days = models.PositiveSmallIntegerField(null=True, blank=True)
    max_days = models.PositiveSmallIntegerField("longest, in days", null=True, blank=True)
    breach_route = models.CharField("after a breach", max_length=9, choices=BreachRoute)
    outcome = models.ForeignKey(
        OutcomeCode,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Of the Home Office, given to the crimes. Blank: recorded on the crime.",
    )
    outcome_when = models.CharField(max_length=9, choices=OutcomeWhen, default=OutcomeWhen.GIVEN)
    note = models.TextField("what to weigh", blank=True, help_text="Shown when it is chosen.")
    in_force_from = models.DateField(
        null=True, blank=True, help_text="Blank: not in force, so it cannot be chosen."
    )
    in_force_to = models.DateField(null=True, blank=True, help_text="Last day. Blank: still is.")

    objects = DisposalTypeQuerySet.as_manager()

    class Meta:
        ordering = ["tier", "title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(max_age__isnull=True)
                | Q(min_age__isnull=True)
                | Q(max_age__gte=F("min_age")),
                name="disposal_type_ages",
                violation_error_message="The oldest cannot be younger than the youngest.",
            ),
            models.CheckConstraint(
                condition=Q(max_days__isnull=True)
                | Q(default_days__isnull=True)
                | Q(max_days__gte=F("default_days")),
                name="disposal_type_days",
                violation_error_message="The usual period cannot be over the longest.",
            ),
            models.CheckConstraint(
                condition=Q(in_force_to__isnull=True) | Q(in_force_to__gte=F("in_force_from")),
                name="disposal_type_ends_after_it_begins",
                violation_error_message="The last day cannot be before the first.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def in_force_on(self, day: date) -> bool:
        begins, ends = self.in_force_from, self.in_force_to
        return begins is not None and begins <= day and (ends is None or day <= ends)


class State(models.TextChoices):
    OFFERED = "offered", "Offered"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    RUNNING = "running", "Running"
    COMPLETED = "completed", "Completed"
    BREACHED = "breached", "Breached"
    PROSECUTED = "prosecuted", "Prosecuted after a breach"
    WITHDRAWN = "withdrawn", "Withdrawn"


DISPOSAL_LIFE = Machine(
    "The disposal",
    State,
    {
        "accepted": (frozenset({State.OFFERED}), State.ACCEPTED),
        "declined": (frozenset({State.OFFERED}), State.DECLINED),
        "started": (frozenset({State.ACCEPTED}), State.RUNNING),
        "completed": (frozenset({State.ACCEPTED, State.RUNNING}), State.COMPLETED),
        "breached": (frozenset({State.RUNNING}), State.BREACHED),
        "varied": (frozenset({State.BREACHED}), State.RUNNING),
        "prosecuted": (frozenset({State.BREACHED}), State.PROSECUTED),
        "withdrawn": (frozenset({State.OFFERED, State.BREACHED}), State.WITHDRAWN),
    },
)
NOT_GIVEN = [State.OFFERED, State.DECLINED]
LIVE = [State.OFFERED, State.ACCEPTED, State.RUNNING, State.BREACHED]


class DisposalQuerySet(models.QuerySet["Disposal"]):
    def given(self) -> DisposalQuerySet:
        """The rungs that were used: not those that were declined or taken back."""
        return self.filter(given_at__isnull=False).exclude(state=State.WITHDRAWN)

    def whole(self) -> DisposalQuerySet:
        """With all that a page shows: three queries for any number of rows."""
        joined = self.select_related("nominal", "type", "officer", "district")
        return joined.prefetch_related("conditions", "crime_links__crime__offence")


@tracked()
class Disposal(models.Model):
    """One disposal of one nominal for one or more crimes."""

    nominal = models.ForeignKey(Nominal, on_delete=models.PROTECT, related_name="disposals")
    type = models.ForeignKey(DisposalType, on_delete=models.PROTECT, related_name="+")
    crimes: models.ManyToManyField[Crime, Any] = models.ManyToManyField(
        Crime, through="DisposalCrime", related_name="disposals"
    )
    tier = models.PositiveSmallIntegerField(choices=Tier, editable=False)  # of its type, then
    state = models.CharField(max_length=10, choices=State, default=State.OFFERED, editable=False)
    district = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )  # of its first crime
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="disposals"
    )  # in the case
    offered_at = models.DateTimeField(default=timezone.now)
    rationale = models.TextField("why this, and why now", max_length=2000)
    authorised_by = models.CharField("authorised by", max_length=120)
    authorised_rank = models.PositiveSmallIntegerField("rank", choices=Rank)
    admission = models.CharField(max_length=14, choices=Admission, default=Admission.NONE)
    victim_view = models.CharField(
        "view of the victim", max_length=11, choices=VictimView, default=VictimView.NOT_ASKED
    )
    appropriate_adult = models.CharField(max_length=120, blank=True)
    has_consent = models.BooleanField("consents, and has signed", default=False, editable=False)
    given_at = models.DateTimeField(null=True, editable=False)
    given_month = local_month("given_at")
    ends_on = models.DateField("last day of the period", null=True, blank=True)
    ended_at = models.DateTimeField(null=True, editable=False)
    reason = models.TextField(blank=True, editable=False)  # of the last step that needs one
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    objects = DisposalQuerySet.as_manager()

    class Meta:
        ordering = ["-offered_at", "-pk"]
        triggers = [*change_triggers(DISPOSAL), RaiseVersion()]
        indexes = [
            models.Index(fields=["nominal", "-offered_at"], name="disposal_of_nominal"),
            # rows behind the figures of disposals
            models.Index(
                fields=["given_month", "district", "tier"],
                name="disposal_month",
                condition=Q(given_month__isnull=False),
            ),
            # what is due
            models.Index(
                fields=["officer", "ends_on"], name="disposal_live", condition=Q(state__in=LIVE)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(rationale=""),
                name="disposal_has_a_rationale",
                violation_error_message="Say why this disposal, and why now.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=NOT_GIVEN, given_at__isnull=True)
                | Q(state=State.WITHDRAWN)
                | (~Q(state__in=NOT_GIVEN) & Q(given_at__isnull=False)),
                name="disposal_given_at_a_time",
                violation_error_message="A disposal that was given has its time.",
            ),
            models.CheckConstraint(
                condition=Q(given_at__isnull=True) | Q(given_at__gte=F("offered_at")),
                name="disposal_given_after_offered",
                violation_error_message="It cannot be accepted before it was offered.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type} of {self.nominal}"


class DisposalCrime(models.Model):
    """A crime that the disposal is for, and the outcome that it gave the crime."""

    disposal = models.ForeignKey(Disposal, on_delete=models.CASCADE, related_name="crime_links")
    crime = models.ForeignKey(Crime, on_delete=models.PROTECT, related_name="disposal_links")
    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["disposal", "crime"],
                name="disposal_crime_once",
                violation_error_message="This crime is on the disposal already.",
            )
        ]

    def __str__(self) -> str:
        return self.crime_id


class ConditionKind(models.TextChoices):
    REHABILITATIVE = "rehabilitative", "Rehabilitative"
    REPARATIVE = "reparative", "Reparative"
    PUNITIVE = "punitive", "Punitive (financial)"
    RESTRICTIVE = "restrictive", "Restrictive"
    FOREIGN = "foreign", "Foreign offender"


class ConditionState(models.TextChoices):
    PENDING = "pending", "Pending"
    MET = "met", "Met"
    EXCUSED = "excused", "Not met, with a reasonable excuse"
    FAILED = "failed", "Not met"
    VARIED = "varied", "Varied"


CONDITION_LIFE = Machine(
    "The condition",
    ConditionState,
    {
        "met": (frozenset({ConditionState.PENDING}), ConditionState.MET),
        "excused": (frozenset({ConditionState.PENDING}), ConditionState.EXCUSED),
        "failed": (frozenset({ConditionState.PENDING}), ConditionState.FAILED),
        "varied": (
            frozenset({ConditionState.PENDING, ConditionState.EXCUSED, ConditionState.FAILED}),
            ConditionState.VARIED,
        ),
    },
)


@tracked()
class Condition(models.Model):
    disposal = models.ForeignKey(Disposal, on_delete=models.PROTECT, related_name="conditions")
    kind = models.CharField(max_length=14, choices=ConditionKind)
    text = models.CharField("what the person has to do", max_length=300)
    due_on = models.DateField("by")
    state = models.CharField(
        max_length=8, choices=ConditionState, default=ConditionState.PENDING, editable=False
    )
    evidence = models.TextField("evidence, or reason", blank=True, editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, editable=False, related_name="replaced_by"
    )

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="condition_says_what",
                violation_error_message="Say what the person has to do.",
            ),
            models.CheckConstraint(
                condition=Q(state="pending", decided_at__isnull=True)
                | ~Q(state="pending") & Q(decided_at__isnull=False) & ~Q(evidence=""),
                name="condition_decided_with_evidence",
                violation_error_message="Say what shows it, or why.",
            ),
        ]

    def __str__(self) -> str:
        return self.text
