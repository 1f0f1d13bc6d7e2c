"""What is done with the community. How many came is kept, and never who."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from core.concurrency import RaiseVersion
from core.dates import today
from core.models import Unit
from core.revisions import tracked

MOST = 100_000  # people at once


def in_district() -> models.ForeignKey[Unit | None]:
    return models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )


class Channel(models.TextChoices):
    MEETING = "meeting", "Meeting"
    DOORS = "doors", "From door to door"
    SURVEY = "survey", "Survey"
    ONLINE = "online", "Online"


@tracked()
class Consultation(models.Model):
    """People were asked; some of them stayed involved."""

    title = models.CharField("what it was about", max_length=120)
    held_on = models.DateField("day", default=today)
    district = in_district()
    channel = models.CharField("how", max_length=7, choices=Channel)
    people = models.PositiveIntegerField("people consulted")
    involved = models.PositiveIntegerField("residents who stayed involved", default=0)
    result = models.TextField("what came of it", max_length=1000, blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        ordering = ["-held_on", "-pk"]
        triggers = [RaiseVersion()]
        constraints = [
            models.CheckConstraint(
                condition=Q(people__gt=0, people__lte=MOST),
                name="consultation_of_people",
                violation_error_message="At least one person was consulted.",
            ),
            models.CheckConstraint(
                condition=Q(involved__lte=F("people")),
                name="consultation_involves_those_asked",
                violation_error_message="No more people stay involved than were consulted.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


@tracked()
class WatchScheme(models.Model):
    """A Neighbourhood Watch scheme. The coordinator is a role ("two residents"), never a name."""

    name = models.CharField(max_length=120, unique=True)
    area = models.CharField("streets it covers", max_length=200)
    district = in_district()
    coordinator = models.CharField(
        "coordinator, by role",
        max_length=80,
        help_text="Such as: a resident, the caretaker. No name.",
    )
    members = models.PositiveIntegerField("households")
    started_on = models.DateField("started", default=today)
    ended_on = models.DateField("ended", null=True, blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        verbose_name = "Neighbourhood Watch scheme"
        ordering = ["-started_on", "name"]
        triggers = [RaiseVersion()]
        constraints = [
            models.CheckConstraint(
                condition=Q(members__gt=0, members__lte=MOST),
                name="watch_has_members",
                violation_error_message="A scheme has at least one household.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="watch_ends_after_it_begins",
                violation_error_message="A scheme cannot end before it started.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class EstateMeasure(models.TextChoices):
    TRADE_BUTTONS = "trade-buttons", "Trade buttons removed"
    DOORS = "doors", "Doors"
    WINDOWS = "windows", "Windows"
    ACCESS = "access", "Access control"
    LIGHTING = "lighting", "Lighting"


@tracked()
class EstateWorks(models.Model):
    """A council improves an estate with our advice."""

    estate = models.CharField(max_length=120)
    council = models.CharField("carried out by", max_length=80)
    district = in_district()
    measures = ArrayField(
        models.CharField(max_length=13, choices=EstateMeasure), verbose_name="measures"
    )
    homes = models.PositiveIntegerField("homes better protected")
    started_on = models.DateField("started", default=today)
    done_on = models.DateField("done", null=True, blank=True)
    note = models.TextField(max_length=1000, blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "estate works"
        ordering = ["-started_on", "estate"]
        triggers = [RaiseVersion()]
        constraints = [
            models.CheckConstraint(
                condition=Q(measures__len__gt=0) & Q(measures__contained_by=EstateMeasure.values),
                name="estate_has_a_measure",
                violation_error_message="Tick at least one measure.",
            ),
            models.CheckConstraint(
                condition=Q(homes__gt=0, homes__lte=MOST),
                name="estate_has_homes",
                violation_error_message="An estate has at least one home.",
            ),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | Q(done_on__gte=F("started_on")),
                name="estate_done_after_it_began",
                violation_error_message="Works cannot be done before they started.",
            ),
        ]

    def __str__(self) -> str:
        return self.estate

    def get_measures_display(self) -> str:
        """As Django names it for a field with choices."""
        return ", ".join(str(EstateMeasure(one).label) for one in self.measures)


class Subject(models.TextChoices):
    BURGLARY = "burglary", "Burglary"
    VEHICLES = "vehicles", "Vehicle crime"
    COUNTY_LINES = "county-lines", "County lines and exploitation"
    CUCKOOING = "cuckooing", "Cuckooing"
    OTHER = "other", "Something else"


@tracked()
class AwarenessGiven(models.Model):
    """Awareness given to a partner agency or the public."""

    given_on = models.DateField("day", default=today)
    subject = models.CharField(max_length=12, choices=Subject)
    audience = models.CharField("given to", max_length=120, help_text="A group, never a name.")
    district = in_district()
    people = models.PositiveIntegerField("people reached")
    note = models.TextField(max_length=1000, blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        verbose_name = "awareness given"
        verbose_name_plural = "awareness given"
        ordering = ["-given_on", "-pk"]
        triggers = [RaiseVersion()]
        constraints = [
            models.CheckConstraint(
                condition=Q(subject__in=Subject.values),
                name="awareness_subject_known",
                violation_error_message="Choose what it was about.",
            ),
            models.CheckConstraint(
                condition=Q(people__gt=0, people__lte=MOST),
                name="awareness_reached_somebody",
                violation_error_message="At least one person was reached.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_subject_display()}, {self.given_on:%-d %b %Y}"
