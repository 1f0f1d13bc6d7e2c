from __future__ import annotations

from datetime import date, timedelta

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from core.concurrency import RaiseVersion
from core.dates import today
from core.revisions import tracked


class KeepTest(pgtrigger.Trigger):
    """Once there is a result, the success test stands as it was written."""

    name = "keep_test"
    when = pgtrigger.Before
    operation = pgtrigger.Update
    func = """
        IF (NEW.test, NEW.test_written_at) IS DISTINCT FROM (OLD.test, OLD.test_written_at) AND (
            EXISTS (SELECT FROM operations_trialresult AS told WHERE told.trial_id = NEW.slug)
            OR EXISTS (
                SELECT FROM operations_footwearmatch AS found
                JOIN operations_footwearscan AS scan ON scan.id = found.scan_id
                WHERE scan.trial_id = NEW.slug AND found.state <> 'candidate'
            )
        ) THEN
            RAISE EXCEPTION USING
                ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME,
                CONSTRAINT = 'trial_test_stands_after_a_result',
                MESSAGE = 'The success test cannot be changed once there is a result.';
        END IF;
        RETURN NEW;
    """


class TestFirst(pgtrigger.Trigger):
    """A result of a trial comes after its success test was written down."""

    __test__ = False  # for pytest: no test
    name = "test_first"
    when = pgtrigger.Before
    operation = pgtrigger.Insert
    func = """
        IF NOT EXISTS (
            SELECT FROM operations_trial AS trial
            WHERE trial.slug = NEW.trial_id AND trial.test_written_at <= NEW.at
        ) THEN
            RAISE EXCEPTION USING
                ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME,
                CONSTRAINT = 'trial_test_before_its_result',
                MESSAGE = 'Write the success test down before the first result.';
        END IF;
        RETURN NEW;
    """


@tracked()
class Trial(models.Model):
    """Something new that is tried out, for a time and against a test that was written first."""

    slug = models.SlugField("address", primary_key=True, max_length=60)
    name = models.CharField(max_length=80, unique=True)
    purpose = models.TextField("what is tried", max_length=1000)
    starts_on = models.DateField("first day", default=today)
    ends_on = models.DateField("last day")
    test = models.TextField("success test", max_length=1000, blank=True)
    test_written_at = models.DateTimeField(null=True, blank=True, editable=False)
    test_written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        ordering = ["-starts_on", "name"]
        triggers = [KeepTest(), RaiseVersion()]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="trial_ends_after_it_starts",
                violation_error_message="A trial cannot end before it starts.",
            ),
            models.CheckConstraint(
                condition=Q(test="", test_written_at__isnull=True)
                | (~Q(test="") & Q(test_written_at__isnull=False, test_written_by__isnull=False)),
                name="trial_test_written_by_somebody",
                violation_error_message="A success test has its time and its author.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def months(self) -> int:
        """Whole months from the first day to the last, both included."""
        after = self.ends_on + timedelta(days=1)
        months = (after.year - self.starts_on.year) * 12 + after.month - self.starts_on.month
        return months - (after.day < self.starts_on.day)

    def standing(self, day: date) -> str:
        if day < self.starts_on:
            return "Planned"
        return "Running" if day <= self.ends_on else "Over"


class Verdict(models.TextChoices):
    MET = "met", "Test met"
    NOT_MET = "not-met", "Test not met"
    UNCLEAR = "unclear", "Not clear yet"


class TrialResult(models.Model):
    """What was found, on the way or in the end. Rows are only added: a correction is another."""

    trial = models.ForeignKey(Trial, on_delete=models.PROTECT, related_name="results")
    at = models.DateTimeField(default=timezone.now)
    verdict = models.CharField(max_length=7, choices=Verdict)
    is_final = models.BooleanField("the last word", default=False)
    text = models.TextField("what was found", max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "result of a trial"
        ordering = ["at", "pk"]
        triggers = [
            TestFirst(),
            pgtrigger.Protect(name="only_added", operation=pgtrigger.Update | pgtrigger.Delete),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["trial"],
                condition=Q(is_final=True),
                name="trial_one_final_result",
                violation_error_message="The final result of this trial is recorded already.",
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="trial_result_says_what",
                violation_error_message="Say what was found.",
            ),
        ]

    def __str__(self) -> str:
        return Verdict(self.verdict).label


class TrialLook(models.Model):
    """Somebody looked at the data while the trial ran: kept beside its result."""

    trial = models.ForeignKey(Trial, on_delete=models.PROTECT, related_name="looks")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.by}, {timezone.localtime(self.at):%-d %b %Y %H:%M}"
