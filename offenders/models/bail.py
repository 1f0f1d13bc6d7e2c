from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from core.concurrency import RaiseVersion
from core.ranks import Rank
from core.revisions import tracked
from offenders.models.arrest import Arrest


class BailState(models.TextChoices):
    GRANTED = "granted", "Granted"
    VARIED = "varied", "Varied"
    EXTENDED = "extended", "Extended"
    SUSPENDED = "suspended", "Suspended while the CPS has the case"
    RESUMED = "resumed", "Running again after the CPS"
    SURRENDERED = "surrendered", "Surrendered"
    CHARGED = "charged", "Charged"
    NO_ACTION = "no-action", "No further action"
    BREACHED = "breached", "Arrested for a breach of a condition"
    FAILED = "failed", "Failed to surrender"
    LAPSED = "lapsed", "Lapsed: released under investigation"


RUNNING = [
    state.value
    for state in (
        BailState.GRANTED,
        BailState.VARIED,
        BailState.EXTENDED,
        BailState.SUSPENDED,
        BailState.RESUMED,
    )
]


class BailQuerySet(models.QuerySet["Bail"]):
    def running(self) -> BailQuerySet:
        return self.filter(state__in=RUNNING)


@tracked()
class Bail(models.Model):
    """Bail before charge. `ends_on` follows from the day of arrest and the step of the law."""

    arrest = models.ForeignKey(Arrest, on_delete=models.PROTECT, related_name="bails")
    state = models.CharField(max_length=11, choices=BailState, default=BailState.GRANTED)
    granted_at = models.DateTimeField(default=timezone.now)
    authorised_by = models.CharField(max_length=120)
    authorised_rank = models.PositiveSmallIntegerField(choices=Rank)
    step = models.PositiveSmallIntegerField(default=0)  # of bail.periods.ladder
    ends_on = models.DateField()  # the last day
    surrender_at = models.DateTimeField(null=True, blank=True)
    surrender_place = models.CharField(max_length=120, blank=True)
    is_exceptional = models.BooleanField("designated exceptionally complex", default=False)
    basis_note = models.TextField("why bail is necessary and proportionate", blank=True)
    victim_views = models.TextField("views of the victim on the conditions", blank=True)
    suspended_on = models.DateField(null=True, blank=True)
    suspended_days = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)
    end_note = models.TextField(blank=True)
    is_offence_recorded = models.BooleanField(default=False)  # Bail Act 1976 s.6
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    objects = BailQuerySet.as_manager()

    class Meta:
        verbose_name = "bail"
        verbose_name_plural = "bail"
        ordering = ["ends_on", "pk"]
        triggers = [RaiseVersion()]
        indexes = [
            # the list by end date
            models.Index(fields=["ends_on"], name="bail_running", condition=Q(state__in=RUNNING)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["arrest"],
                condition=Q(state__in=RUNNING),
                name="bail_one_runs",
                violation_error_message="Bail runs for this arrest already.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=RUNNING, ended_at__isnull=True)
                | (~Q(state__in=RUNNING) & Q(ended_at__isnull=False)),
                name="bail_ends_at_a_time",
                violation_error_message="Bail that has ended has the time of its end.",
            ),
            models.CheckConstraint(
                condition=Q(is_offence_recorded=False) | Q(state=BailState.FAILED),
                name="bail_offence_is_not_surrendering",
                violation_error_message="Only failing to surrender is an offence.",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("granted_at")),
                name="bail_ends_after_it_began",
                violation_error_message="Bail cannot end before it was granted.",
            ),
            models.CheckConstraint(
                condition=Q(suspended_on__isnull=False) | ~Q(state=BailState.SUSPENDED),
                name="bail_suspended_on_a_day",
                violation_error_message="Say on which day the case went to the CPS.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.arrest.nominal} until {self.ends_on:%-d %b %Y}"

    @property
    def is_running(self) -> bool:
        return self.state in RUNNING

    @property
    def surrender_words(self) -> str:
        if self.surrender_at is None:
            return ""
        at = timezone.localtime(self.surrender_at)
        place = f", {self.surrender_place}" if self.surrender_place else ""
        return f"{at:%-d %b %Y, %H:%M}{place}"


@tracked()
class BailExtension(models.Model):
    """One step further. Never changed: what was authorised stays as it was."""

    bail = models.ForeignKey(Bail, on_delete=models.PROTECT, related_name="extensions")
    at = models.DateTimeField(default=timezone.now)
    is_court = models.BooleanField("given by a magistrates' court", default=False)
    authorised_by = models.CharField(max_length=120)
    authorised_rank = models.PositiveSmallIntegerField(choices=Rank, null=True, blank=True)
    reason = models.TextField()
    ended_on = models.DateField()  # before
    ends_on = models.DateField()  # after
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("ended_on")),
                name="bail_extension_is_longer",
                violation_error_message="An extension ends later than the bail that it extends.",
            ),
            models.CheckConstraint(
                condition=Q(is_court=True) | Q(authorised_rank__isnull=False),
                name="bail_extension_has_a_rank",
                violation_error_message="Say the rank of the officer who extends.",
            ),
        ]

    def __str__(self) -> str:
        return f"Extended to {self.ends_on:%-d %b %Y}"


class ConditionKind(models.TextChoices):
    RESIDENCE = "residence", "Live and sleep at an address"
    CURFEW = "curfew", "Curfew"
    REPORT = "report", "Report to a police station"
    CONTACT = "contact", "No contact"
    PLACE = "place", "Keep away from a place"
    DOCUMENTS = "documents", "Surrender travel documents"
    TAG = "tag", "Wear a tag"
    OTHER = "other", "Other"


class TagAnswer(models.TextChoices):
    ASKED = "asked", "Asked for, no answer yet"
    AGREED = "agreed", "Agreed by the wearer"
    REFUSED = "refused", "Refused"


@tracked()
class BailCondition(models.Model):
    """A tag is asked for: no statute lets the police order one, so the wearer must agree."""

    bail = models.ForeignKey(Bail, on_delete=models.PROTECT, related_name="conditions")
    kind = models.CharField(max_length=10, choices=ConditionKind)
    text = models.CharField(max_length=300)
    tag_answer = models.CharField(max_length=8, choices=TagAnswer, blank=True)
    has_consent = models.BooleanField("the wearer agrees in writing", default=False)
    legal_basis = models.TextField(blank=True)
    from_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(tag_answer=TagAnswer.AGREED)
                | (Q(has_consent=True) & ~Q(legal_basis="")),
                name="bail_tag_is_agreed",
                violation_error_message="A tag on police bail needs the consent of the wearer and "
                "a note of its legal basis.",
            ),
            models.CheckConstraint(
                condition=(Q(kind=ConditionKind.TAG) & ~Q(tag_answer=""))
                | (~Q(kind=ConditionKind.TAG) & Q(tag_answer="")),
                name="bail_tag_is_answered",
                violation_error_message="Say what was answered when the tag was asked for.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text}"


@tracked()
class ReleasedUnderInvestigation(models.Model):
    """Neither a date nor conditions: nothing here runs out and nothing can be breached."""

    arrest = models.ForeignKey(Arrest, on_delete=models.PROTECT, related_name="releases")
    from_at = models.DateTimeField(default=timezone.now)
    reason = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_reason = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        verbose_name = "release under investigation"
        ordering = ["-from_at"]
        triggers = [RaiseVersion()]
        constraints = [
            models.UniqueConstraint(
                fields=["arrest"],
                condition=Q(ended_at__isnull=True),
                name="rui_one_runs",
                violation_error_message="This person is released under investigation already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.arrest.nominal} under investigation since {self.since:%-d %b %Y}"

    @property
    def since(self) -> date:
        return timezone.localdate(self.from_at)
