from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.changes import change_triggers
from core.columns import local_month
from core.concurrency import RaiseVersion
from core.models import Unit
from core.revisions import tracked
from core.states import Machine
from offenders.models import Arrest, Crime
from operations.models.feeds import FOOTWEAR_DECIDED, FOOTWEAR_SCAN
from operations.models.trial import Trial


@tracked()
class FootwearScan(models.Model):
    """The soles of somebody under arrest, scanned in custody."""

    arrest = models.ForeignKey(Arrest, on_delete=models.PROTECT, related_name="footwear_scans")
    trial = models.ForeignKey(
        Trial, on_delete=models.PROTECT, null=True, blank=True, related_name="scans"
    )
    scanned_at = models.DateTimeField("scanned", default=timezone.now)
    scanned_month = local_month("scanned_at")
    district = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )  # of the arrest
    pattern = models.CharField("sole pattern", max_length=80)
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        verbose_name = "footwear scan"
        ordering = ["-scanned_at", "-pk"]
        triggers = [*change_triggers(FOOTWEAR_SCAN), RaiseVersion()]
        indexes = [models.Index(fields=["scanned_month", "district"], name="footwear_scan_month")]
        constraints = [
            models.UniqueConstraint(
                fields=["arrest", "scanned_at"],
                name="footwear_scan_once",
                violation_error_message="This scan is recorded already.",
            ),
            models.CheckConstraint(
                condition=~Q(pattern=""),
                name="footwear_scan_has_a_pattern",
                violation_error_message="Say which pattern the soles show.",
            ),
        ]

    def __str__(self) -> str:
        return f"Footwear scan, {self.pattern}"


class MatchState(models.TextChoices):
    CANDIDATE = "candidate", "Candidate"
    QUALIFIED = "qualified", "Qualified"
    REJECTED = "rejected", "Rejected"


M = MatchState
# A decision can be turned round, with a reason of its own; the history keeps both.
MATCH = Machine(
    "The match",
    MatchState,
    {
        "qualified": (frozenset({M.CANDIDATE, M.REJECTED}), M.QUALIFIED),
        "rejected": (frozenset({M.CANDIDATE, M.QUALIFIED}), M.REJECTED),
    },
)


class CameOf(models.TextChoices):
    """What a qualified match led to."""

    ARREST = "arrest", "A further arrest"
    CHARGE = "charge", "A charge"
    INTERVIEW = "interview", "An interview"
    NO_ACTION = "no-action", "No further action"


class TestBeforeDecision(pgtrigger.Trigger):
    """A match that is decided is a result of its trial: the success test comes first."""

    __test__ = False  # for pytest: no test
    name = "test_before_decision"
    when = pgtrigger.Before
    operation = pgtrigger.Insert | pgtrigger.Update
    condition = pgtrigger.Condition("NEW.state <> 'candidate'")
    func = """
        IF EXISTS (
            SELECT FROM operations_footwearscan AS scan
            JOIN operations_trial AS trial ON trial.slug = scan.trial_id
            WHERE scan.id = NEW.scan_id
            AND (trial.test_written_at IS NULL OR trial.test_written_at > NEW.decided_at)
        ) THEN
            RAISE EXCEPTION USING
                ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME,
                CONSTRAINT = 'trial_test_before_its_result',
                MESSAGE = 'Write the success test down before the first result.';
        END IF;
        RETURN NEW;
    """


@tracked()
class FootwearMatch(models.Model):
    """A scene whose mark may be of these soles: a candidate, until a person decides."""

    scan = models.ForeignKey(FootwearScan, on_delete=models.PROTECT, related_name="matches")
    crime = models.ForeignKey(Crime, on_delete=models.PROTECT, related_name="footwear_matches")
    found_at = models.DateTimeField("found", default=timezone.now)
    found_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=9, choices=MatchState, default=M.CANDIDATE)
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    decided_month = local_month("decided_at")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    reason = models.TextField(max_length=500, blank=True)
    district = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )  # of the crime
    came_of = models.CharField("what came of it", max_length=9, choices=CameOf, blank=True)
    came_of_on = models.DateField(null=True, blank=True)
    came_of_note = models.TextField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        verbose_name = "footwear match"
        verbose_name_plural = "footwear matches"
        ordering = ["found_at", "pk"]
        triggers = [*change_triggers(FOOTWEAR_DECIDED), TestBeforeDecision(), RaiseVersion()]
        indexes = [
            models.Index(
                fields=["decided_month", "district"],
                name="footwear_match_month",
                condition=Q(decided_month__isnull=False),
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["scan", "crime"],
                name="footwear_match_once",
                violation_error_message="This crime is a candidate of this scan already.",
            ),
            models.CheckConstraint(
                condition=Q(state=M.CANDIDATE, decided_at__isnull=True)
                | (
                    ~Q(state=M.CANDIDATE)
                    & Q(decided_at__isnull=False, decided_by__isnull=False)
                    & ~Q(reason="")
                ),
                name="footwear_match_decided_with_a_reason",
                violation_error_message="A match is qualified or rejected by a person, for a reason.",
            ),
            models.CheckConstraint(
                condition=Q(came_of="", came_of_on__isnull=True)
                | (~Q(came_of="") & Q(state=M.QUALIFIED, came_of_on__isnull=False)),
                name="footwear_match_qualified_before_it_leads_on",
                violation_error_message="Only of a qualified match can something come, on a day.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.crime_id}: {self.get_state_display().lower()}"
