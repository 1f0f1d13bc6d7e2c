"""Which people, crimes, arrests and convictions an operation has to do with.

Of an arrest and a conviction the link holds the day and the area, copied by the database whenever
link or source changes: figures are counted from one table, and a figure never lags its source.
"""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q

from core.changes import change_triggers
from core.columns import month_of_day
from core.concurrency import RaiseVersion
from core.dates import today
from core.models import Unit
from core.revisions import tracked
from offenders.models import Arrest, Conviction, Crime, KeptOnce, Nominal
from operations.models.feeds import OPERATION_ARREST, OPERATION_CHARGE, OPERATION_CONVICTION
from operations.models.operation import Operation


class PartPlayed(models.TextChoices):
    SUSPECT = "suspect", "Suspect"
    ORGANISER = "organiser", "Organiser"
    THIEF = "thief", "Thief"
    DRIVER = "driver", "Driver"
    HANDLER = "handler", "Handler of stolen goods"
    ASSOCIATE = "associate", "Associate"
    CLEARED = "cleared", "Cleared"


class OperationNominalQuerySet(models.QuerySet["OperationNominal"]):
    def live(self) -> OperationNominalQuerySet:
        """One row a person: whoever was merged into another stands there under the other."""
        return self.filter(nominal__merged_into__isnull=True)


@tracked()
class OperationNominal(KeptOnce):
    """A person and their part in it."""

    operation = models.ForeignKey(Operation, on_delete=models.CASCADE, related_name="nominals")
    nominal = models.ForeignKey(Nominal, on_delete=models.PROTECT, related_name="operations")
    part = models.CharField(max_length=9, choices=PartPlayed)
    since = models.DateField(default=today)
    until = models.DateField("last day", null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    objects = OperationNominalQuerySet.as_manager()

    class Meta:
        verbose_name = "nominal"
        ordering = ["since", "pk"]
        triggers = [RaiseVersion()]
        constraints = [
            models.UniqueConstraint(
                fields=["operation", "nominal"],
                name="operation_nominal_once",
                violation_error_message="This nominal is in the operation already.",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="operation_nominal_ends_after_it_begins",
                violation_error_message="The last day cannot be before the first.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nominal}, {self.get_part_display().lower()}"


class OperationCrime(models.Model):
    operation = models.ForeignKey(Operation, on_delete=models.CASCADE, related_name="crime_links")
    crime = models.ForeignKey(Crime, on_delete=models.PROTECT, related_name="operation_links")
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        verbose_name = "crime"
        ordering = ["pk"]
        triggers = [RaiseVersion()]
        constraints = [
            models.UniqueConstraint(
                fields=["operation", "crime"],
                name="operation_crime_once",
                violation_error_message="This crime is in the operation already.",
            )
        ]

    def __str__(self) -> str:
        return self.crime_id


class CopyOfArrest(pgtrigger.Trigger):
    """The migration adds triggers on arrests and detentions that touch the link."""

    name = "copy_of_arrest"
    when = pgtrigger.Before
    operation = pgtrigger.Insert | pgtrigger.Update
    func = """
        SELECT (arrest.arrested_at AT TIME ZONE 'Europe/London')::date, arrest.district_id,
            CASE WHEN held.result IN ('charged-bailed', 'charged-remanded')
            THEN (held.ended_at AT TIME ZONE 'Europe/London')::date END
        INTO NEW.arrested_on, NEW.district_id, NEW.charged_on
        FROM offenders_arrest AS arrest
        LEFT JOIN offenders_detention AS held ON held.arrest_id = arrest.id
        WHERE arrest.id = NEW.arrest_id;
        RETURN NEW;
    """


@tracked(derived=("arrested_on", "charged_on", "district"))
class OperationArrest(models.Model):
    """An arrest of one operation; those above it in the family count it too."""

    operation = models.ForeignKey(Operation, on_delete=models.CASCADE, related_name="arrest_links")
    arrest = models.OneToOneField(
        Arrest,
        on_delete=models.PROTECT,
        related_name="operation_link",
        error_messages={"unique": "This arrest is in an operation already."},
    )
    arrested_on = models.DateField(blank=True, editable=False)
    arrested_month = month_of_day("arrested_on")
    charged_on = models.DateField(null=True, blank=True, editable=False)
    charged_month = month_of_day("charged_on")
    district = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        verbose_name = "arrest"
        ordering = ["arrested_on", "pk"]
        triggers = [
            *change_triggers(OPERATION_ARREST, OPERATION_CHARGE),
            CopyOfArrest(),
            RaiseVersion(),
        ]
        indexes = [
            models.Index(fields=["arrested_month", "district"], name="operation_arrest_month"),
            models.Index(
                fields=["charged_month", "district"],
                name="operation_charge_month",
                condition=Q(charged_month__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Arrest on {self.arrested_on:%-d %b %Y}"


class CopyOfConviction(pgtrigger.Trigger):
    """The area is that of the nominal at the time of the link."""

    name = "copy_of_conviction"
    when = pgtrigger.Before
    operation = pgtrigger.Insert | pgtrigger.Update
    func = """
        SELECT conviction.convicted_on, coalesce(NEW.area_id, nominal.unit_id)
        INTO NEW.convicted_on, NEW.area_id
        FROM offenders_conviction AS conviction
        JOIN offenders_nominal AS nominal ON nominal.id = conviction.nominal_id
        WHERE conviction.id = NEW.conviction_id;
        RETURN NEW;
    """


@tracked(derived=("convicted_on", "area"))
class OperationConviction(models.Model):
    """A conviction of one operation, with the sentences that the court gave for it."""

    operation = models.ForeignKey(
        Operation, on_delete=models.CASCADE, related_name="conviction_links"
    )
    conviction = models.OneToOneField(
        Conviction,
        on_delete=models.PROTECT,
        related_name="operation_link",
        error_messages={"unique": "This conviction is in an operation already."},
    )
    convicted_on = models.DateField(blank=True, editable=False)
    convicted_month = month_of_day("convicted_on")
    area = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        verbose_name = "conviction"
        ordering = ["convicted_on", "pk"]
        triggers = [*change_triggers(OPERATION_CONVICTION), CopyOfConviction(), RaiseVersion()]
        indexes = [
            models.Index(fields=["convicted_month", "area"], name="operation_conviction_month")
        ]

    def __str__(self) -> str:
        return f"Conviction on {self.convicted_on:%-d %b %Y}"
