"""What happens while somebody wears a tag."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from core.concurrency import RaiseVersion
from core.dates import today
from core.revisions import tracked
from offenders.models.tag import TagDeployment


class TagStep(models.Model):
    """One step of the life of a tag: asked for, consent given, consent withdrawn, fitted ..."""

    deployment = models.ForeignKey(TagDeployment, on_delete=models.PROTECT, related_name="steps")
    title = models.CharField(max_length=60)
    at = models.DateTimeField()
    note = models.TextField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.title


class CheckResult(models.TextChoices):
    GOOD = "good", "In order"
    PROBLEM = "problem", "Something is wrong"
    NOT_SEEN = "not-seen", "The wearer was not there"


class TagCheck(models.Model):
    """A visit that looks at strap, charge and charger."""

    deployment = models.ForeignKey(TagDeployment, on_delete=models.PROTECT, related_name="checks")
    at = models.DateTimeField(default=timezone.now)
    result = models.CharField(max_length=8, choices=CheckResult)
    battery = models.PositiveSmallIntegerField("charge, per cent", null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(battery__isnull=True) | Q(battery__lte=100),
                name="tag_battery_per_cent",
                violation_error_message="A charge is at most 100 per cent.",
            ),
            models.CheckConstraint(
                condition=Q(result=CheckResult.GOOD) | ~Q(note=""),
                name="tag_check_says_what",
                violation_error_message="Say what was found.",
            ),
        ]

    def __str__(self) -> str:
        return f"Check: {self.get_result_display().lower()}"


class AlertKind(models.TextChoices):
    STRAP = "strap", "Strap tampered with"
    CUT = "cut", "Strap cut"
    PROXIMITY = "proximity", "Not on the body"
    ZONE = "zone", "Zone entered or left"
    CURFEW = "curfew", "Curfew broken"
    APPOINTMENT = "appointment", "Appointment missed"
    BATTERY = "battery", "Battery low or flat"
    SIGNAL = "signal", "No signal"
    EQUIPMENT = "equipment", "Equipment fault"


HOUR = timedelta(hours=1)
# How soon somebody has to have answered.
ANSWER_WITHIN: dict[str, timedelta] = {
    AlertKind.STRAP: HOUR / 4,
    AlertKind.CUT: HOUR / 4,
    AlertKind.PROXIMITY: HOUR / 4,
    AlertKind.ZONE: HOUR / 4,
    AlertKind.CURFEW: HOUR,
    AlertKind.APPOINTMENT: 24 * HOUR,
    AlertKind.BATTERY: 4 * HOUR,
    AlertKind.SIGNAL: 4 * HOUR,
    AlertKind.EQUIPMENT: 24 * HOUR,
}


class AlertResult(models.TextChoices):
    TRUE = "true", "True alarm"
    FALSE = "false", "False alarm"


@tracked()
class TagAlert(models.Model):
    """Something that the tag reported. It stays open until somebody says what it was, and why."""

    deployment = models.ForeignKey(TagDeployment, on_delete=models.PROTECT, related_name="alerts")
    kind = models.CharField(max_length=11, choices=AlertKind)
    at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(editable=False)
    text = models.CharField("what was seen", max_length=300, blank=True)
    result = models.CharField(max_length=5, choices=AlertResult, blank=True)
    reason = models.TextField(max_length=500, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        ordering = ["at", "pk"]
        triggers = [RaiseVersion()]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(closed_at__isnull=True), name="alert_open")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, result="")
                | (Q(closed_at__isnull=False) & ~Q(result="") & ~Q(reason="")),
                name="tag_alert_closed_with_a_reason",
                violation_error_message="Say whether the alarm was true or false, and why.",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("at")),
                name="tag_alert_closed_after_it_was_raised",
                violation_error_message="An alert is closed after it was raised.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def is_late(self) -> bool:
        return self.closed_at is None and self.due_at < timezone.now()


class TagAlertEntry(models.Model):
    """A line of the chronology of an alert: who rang whom, who went where."""

    alert = models.ForeignKey(TagAlert, on_delete=models.PROTECT, related_name="entries")
    at = models.DateTimeField(default=timezone.now)
    text = models.CharField("what was done", max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.text


class Weekday(models.IntegerChoices):
    MONDAY = 0, "Monday"
    TUESDAY = 1, "Tuesday"
    WEDNESDAY = 2, "Wednesday"
    THURSDAY = 3, "Thursday"
    FRIDAY = 4, "Friday"
    SATURDAY = 5, "Saturday"
    SUNDAY = 6, "Sunday"


class ConditionKind(models.TextChoices):
    CURFEW = "curfew", "Curfew"
    EXCLUSION = "exclusion", "Exclusion zone"
    INCLUSION = "inclusion", "Inclusion zone"
    APPOINTMENT = "appointment", "Appointment"


@tracked()
class TagCondition(models.Model):
    """Where the wearer has to be or must not be, and when: in Europe/London, by the clock there.

    `ends` at or before `starts` is on the next day. Days with other times are another condition.
    """

    deployment = models.ForeignKey(
        TagDeployment, on_delete=models.PROTECT, related_name="conditions"
    )
    kind = models.CharField(max_length=11, choices=ConditionKind)
    place = models.CharField("where", max_length=300)
    weekdays = ArrayField(models.PositiveSmallIntegerField(choices=Weekday), verbose_name="days")
    starts = models.TimeField("from")
    ends = models.TimeField("until")
    since = models.DateField("first day", default=today)
    until = models.DateField("last day", null=True, blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        ordering = ["kind", "since", "pk"]
        triggers = [RaiseVersion()]
        constraints = [
            models.CheckConstraint(
                condition=Q(weekdays__len__gt=0),
                name="tag_condition_has_a_timetable",
                violation_error_message="Choose the days: a zone or a curfew needs its timetable.",
            ),
            models.CheckConstraint(
                condition=~Q(place=""),
                name="tag_condition_has_a_place",
                violation_error_message="Describe the place.",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="tag_condition_ends_after_it_begins",
                violation_error_message="The last day cannot be before the first.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.place}"

    @property
    def is_current(self) -> bool:
        return self.until is None or self.until >= today()

    @property
    def timetable(self) -> str:
        days = [Weekday(day).label for day in sorted(self.weekdays)]
        named = "Every day" if len(days) == len(Weekday) else ", ".join(days)
        next_day = " the next day" if self.ends <= self.starts else ""
        return f"{named}, {self.starts:%H:%M} to {self.ends:%H:%M}{next_day}"
