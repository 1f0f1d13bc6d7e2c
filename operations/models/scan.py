from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from core.changes import change_triggers
from core.columns import local_month
from core.concurrency import RaiseVersion
from core.models import Unit
from core.revisions import tracked
from offenders.models import Crime, CrimeSeries
from operations.models.feeds import SCAN_DAY, SCAN_FINISHED
from operations.models.incident import Incident

ROWS_UNSEEN = "A scan is finished when every row was looked at: some are not seen yet."
ROWS_FROZEN = "This scan is finished: its rows stay as they were marked."


class Mark(models.TextChoices):
    UNSEEN = "unseen", "Not seen yet"
    SEEN = "seen", "Seen"
    NO_ACTION = "no-action", "No action"
    LINKED = "linked", "Linked to a series"
    ACTION = "action", "Action raised"


class EveryRowSeen(pgtrigger.Trigger):
    """Whatever writes it, no scan is finished over a row that nobody marked."""

    name = "every_row_seen"
    when = pgtrigger.Before
    operation = pgtrigger.Update
    condition = pgtrigger.Q(new__finished_at__isnull=False, old__finished_at__isnull=True)
    func = f"""
        IF EXISTS (SELECT FROM operations_scanrow WHERE scan_id = NEW.id AND mark = 'unseen') THEN
            RAISE EXCEPTION USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME,
                CONSTRAINT = 'scan_every_row_seen', MESSAGE = '{ROWS_UNSEEN}';
        END IF;
        RETURN NEW;
    """


class Frozen(pgtrigger.Trigger):
    """What was handed over at a briefing does not change afterwards."""

    name = "frozen"
    when = pgtrigger.Before
    operation = pgtrigger.Update | pgtrigger.Delete | pgtrigger.Insert
    func = f"""
        IF EXISTS (SELECT FROM operations_scan AS scan
            WHERE scan.id = COALESCE(NEW.scan_id, OLD.scan_id) AND scan.finished_at IS NOT NULL) THEN
            RAISE EXCEPTION USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME,
                CONSTRAINT = 'scan_row_frozen', MESSAGE = '{ROWS_FROZEN}';
        END IF;
        RETURN COALESCE(NEW, OLD);
    """


class ScanQuerySet(models.QuerySet["Scan"]):
    def finished(self) -> ScanQuerySet:
        return self.filter(finished_at__isnull=False)


@tracked()
class Scan(models.Model):
    """One look over all that an area recorded since its last finished scan.

    The rows are fixed when it is started: what is recorded meanwhile is in the next one.
    """

    area = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    starts_at = models.DateTimeField("records from")
    ends_at = models.DateTimeField("records to")
    finished_at = models.DateTimeField(null=True, blank=True)
    finished_month = local_month("finished_at")
    finished_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # the day that it covers; empty while it runs, and for a second scan of one day
    covers = models.DateField(null=True, blank=True)
    handover = models.TextField("for the briefing", max_length=2000, blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    objects = ScanQuerySet.as_manager()

    class Meta:
        verbose_name = "daily scan"
        ordering = ["-started_at", "-pk"]
        triggers = [*change_triggers(SCAN_FINISHED, SCAN_DAY), EveryRowSeen(), RaiseVersion()]
        indexes = [
            # the last scan of an area; rows behind the figures
            models.Index(fields=["area", "-ends_at"], name="scan_of_area"),
            models.Index(
                fields=["finished_month", "area"],
                name="scan_finished_month",
                condition=Q(finished_month__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["area"],
                condition=Q(finished_at__isnull=True),
                name="scan_one_runs_in_an_area",
                violation_error_message="A scan of this area is running: work on that one.",
            ),
            models.UniqueConstraint(
                fields=["area", "covers"],
                name="scan_covers_a_day_once",
                violation_error_message="Another scan covers this day already.",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gte=F("starts_at")),
                name="scan_ends_after_it_starts",
                violation_error_message="The records of a scan cannot end before they start.",
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True, finished_by__isnull=True, covers__isnull=True)
                | Q(
                    finished_at__isnull=False,
                    finished_by__isnull=False,
                    finished_at__gte=F("started_at"),
                ),
                name="scan_finished_by_somebody",
                violation_error_message="A finished scan has a time and somebody who finished it.",
            ),
        ]

    def __str__(self) -> str:
        return f"Scan of {self.area}, {timezone.localtime(self.started_at):%-d %b %Y}"

    @property
    def is_finished(self) -> bool:
        return self.finished_at is not None


@tracked()
class ScanRow(models.Model):
    """A crime, an incident, or an incident with the crime that came of it; and what was decided."""

    scan = models.ForeignKey(Scan, on_delete=models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField()
    crime = models.ForeignKey(
        Crime, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    incident = models.ForeignKey(
        Incident, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    mark = models.CharField(max_length=9, choices=Mark, default=Mark.UNSEEN)
    note = models.CharField("reason", max_length=300, blank=True)
    series = models.ForeignKey(
        CrimeSeries, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    marked_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        verbose_name = "row of a scan"
        verbose_name_plural = "rows of a scan"
        ordering = ["position"]
        triggers = [Frozen(), RaiseVersion()]
        constraints = [
            models.UniqueConstraint(fields=["scan", "position"], name="scan_row_place_once"),
            models.UniqueConstraint(fields=["scan", "crime"], name="scan_row_crime_once"),
            models.UniqueConstraint(fields=["scan", "incident"], name="scan_row_incident_once"),
            models.CheckConstraint(
                condition=Q(crime__isnull=False) | Q(incident__isnull=False),
                name="scan_row_has_a_record",
                violation_error_message="A row of a scan is a crime or an incident.",
            ),
            models.CheckConstraint(
                condition=~Q(mark=Mark.NO_ACTION) | Q(note__regex=r"\S"),
                name="scan_row_no_action_has_a_reason",
                violation_error_message="Say why no action is needed.",
            ),
            models.CheckConstraint(
                condition=~Q(mark=Mark.LINKED) | Q(series__isnull=False),
                name="scan_row_linked_to_a_series",
                violation_error_message="Say which series the crime is linked to.",
            ),
            models.CheckConstraint(
                condition=Q(mark=Mark.UNSEEN, marked_by__isnull=True, marked_at__isnull=True)
                | ~Q(mark=Mark.UNSEEN) & Q(marked_by__isnull=False, marked_at__isnull=False),
                name="scan_row_marked_by_somebody",
                violation_error_message="A mark has a time and somebody who set it.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position} of {self.scan_id}"

    @property
    def ref(self) -> str:
        return str(self.crime_id or self.incident_id)
