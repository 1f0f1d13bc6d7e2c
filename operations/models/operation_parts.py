"""What belongs to an operation: areas, officers, other forces, vehicles, premises, property."""

from __future__ import annotations

from datetime import date

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.changes import change_triggers
from core.columns import month_of_day
from core.concurrency import RaiseVersion
from core.dates import today
from core.models import Unit
from core.revisions import tracked
from operations.models.feeds import VEHICLE_RECOVERED
from operations.models.operation import Operation


class OperationArea(models.Model):
    """An area or a district that the operation works in."""

    operation = models.ForeignKey(Operation, on_delete=models.CASCADE, related_name="area_links")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="area")
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        verbose_name = "area"
        ordering = ["unit__position", "pk"]
        triggers = [RaiseVersion()]
        constraints = [
            models.UniqueConstraint(
                fields=["operation", "unit"],
                name="operation_area_once",
                violation_error_message="The operation works in this area already.",
            )
        ]

    def __str__(self) -> str:
        return str(self.unit)


class OfficerRole(models.TextChoices):
    LEAD = "lead", "Lead"
    DEDICATED = "dedicated", "Dedicated"


@tracked()
class OperationOfficer(models.Model):
    """An officer who leads the operation in an area, or works for nothing else."""

    operation = models.ForeignKey(Operation, on_delete=models.CASCADE, related_name="officers")
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="operation_parts"
    )
    area = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=9, choices=OfficerRole)
    since = models.DateField(default=today)
    until = models.DateField("last day", null=True, blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        verbose_name = "officer"
        ordering = ["area__position", "-role", "since", "pk"]
        triggers = [RaiseVersion()]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="operation_officer_ends_after_it_begins",
                violation_error_message="The last day cannot be before the first.",
            ),
            models.UniqueConstraint(
                fields=["operation", "area"],
                condition=Q(role=OfficerRole.LEAD, until__isnull=True),
                name="operation_one_lead_an_area",
                violation_error_message="Somebody leads this operation in this area already.",
            ),
            models.UniqueConstraint(
                fields=["operation", "officer", "area", "role"],
                condition=Q(until__isnull=True),
                name="operation_officer_once",
                violation_error_message="This officer has this part already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer}, {self.get_role_display().lower()}"

    def is_there_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@tracked()
class OperationForce(models.Model):
    """A county that the work reaches into, with the force of that county."""

    operation = models.ForeignKey(Operation, on_delete=models.CASCADE, related_name="forces")
    county = models.CharField(max_length=60)
    force = models.CharField(max_length=80, blank=True)
    note = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        verbose_name = "county"
        verbose_name_plural = "counties"
        ordering = ["county"]
        triggers = [RaiseVersion()]
        constraints = [
            models.UniqueConstraint(
                fields=["operation", "county"],
                name="operation_county_once",
                violation_error_message="This county is on the operation already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.county} ({self.force})" if self.force else self.county


class SameVehicle(pgtrigger.Trigger):
    """A link to the vehicle of another operation names the very same vehicle, at its first entry."""

    name = "same_vehicle"
    when = pgtrigger.Before
    operation = pgtrigger.Insert | pgtrigger.Update
    condition = pgtrigger.Condition("NEW.shared_from_id IS NOT NULL")
    func = """
        IF NOT EXISTS (
            SELECT FROM operations_operationvehicle AS first
            WHERE first.id = NEW.shared_from_id AND first.registration = NEW.registration
            AND first.operation_id <> NEW.operation_id AND first.shared_from_id IS NULL
        ) THEN
            RAISE EXCEPTION USING
                ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME,
                CONSTRAINT = 'operation_vehicle_shared_is_the_same',
                MESSAGE = 'A shared vehicle is linked to its entry in the other operation.';
        END IF;
        RETURN NEW;
    """


@tracked()
class OperationVehicle(models.Model):
    """A vehicle that was stolen, and perhaps recovered. `shared_from`: its entry elsewhere."""

    operation = models.ForeignKey(Operation, on_delete=models.CASCADE, related_name="vehicles")
    registration = models.CharField("registration mark", max_length=10)
    description = models.CharField("make and model", max_length=80, blank=True)
    value = models.IntegerField("value in pounds", null=True, blank=True)
    stolen_on = models.DateField("stolen", null=True, blank=True)
    recovered_on = models.DateField("recovered", null=True, blank=True)
    recovered_month = month_of_day("recovered_on")
    county = models.CharField(max_length=60, blank=True)
    force = models.CharField(max_length=80, blank=True)
    area = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="recovered in the area",
    )  # fmt: skip
    shared_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="shared",
        editable=False,
    )  # fmt: skip
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        verbose_name = "vehicle"
        ordering = ["stolen_on", "registration"]
        triggers = [*change_triggers(VEHICLE_RECOVERED), SameVehicle(), RaiseVersion()]
        indexes = [
            models.Index(
                fields=["recovered_month", "area"],
                name="vehicle_recovered_month",
                condition=Q(recovered_month__isnull=False),
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(registration__regex=r"^[A-Z0-9]{2,10}$"),
                name="operation_vehicle_has_a_mark",
                violation_error_message="Write the mark in letters and figures, such as AB12CDE.",
            ),
            models.UniqueConstraint(
                fields=["operation", "registration"],
                name="operation_vehicle_once",
                violation_error_message="This vehicle is in the operation already.",
            ),
            models.UniqueConstraint(
                fields=["registration"],
                condition=Q(shared_from__isnull=True),
                name="operation_vehicle_shared_by_a_link",
                violation_error_message="Another operation has this vehicle: say that it is shared.",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=0),
                name="operation_vehicle_value",
                violation_error_message="A value cannot be below zero.",
            ),
            models.CheckConstraint(
                condition=Q(recovered_on__isnull=True)
                | Q(stolen_on__isnull=True)
                | Q(recovered_on__gte=F("stolen_on")),
                name="operation_vehicle_recovered_after",
                violation_error_message="A vehicle cannot be recovered before it was stolen.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration} {self.description}".strip()


class PremisesKind(models.TextChoices):
    CHOP_SHOP = "chop-shop", "Chop shop"
    STORE = "store", "Store of stolen goods"
    HOME = "home", "Home of a suspect"
    OTHER = "other", "Other"


@tracked()
class OperationPremises(models.Model):
    operation = models.ForeignKey(Operation, on_delete=models.CASCADE, related_name="premises")
    kind = models.CharField(max_length=9, choices=PremisesKind)
    line = models.CharField("address", max_length=200)
    town = models.CharField(max_length=60)
    found_on = models.DateField("found", null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        verbose_name = "premises"
        verbose_name_plural = "premises"
        ordering = ["found_on", "pk"]
        triggers = [RaiseVersion()]
        constraints = [
            models.UniqueConstraint(
                fields=["operation", "line", "town"],
                name="operation_premises_once",
                violation_error_message="These premises are on the operation already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.line}, {self.town}"


@tracked()
class OperationProperty(models.Model):
    """Property that was recovered, other than a vehicle: an entry of a ledger."""

    operation = models.ForeignKey(Operation, on_delete=models.CASCADE, related_name="property_rows")
    recovered_on = models.DateField("recovered", default=today)
    description = models.CharField("what", max_length=200)
    value = models.IntegerField("value in pounds", null=True, blank=True)
    area = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        verbose_name = "recovered property"
        verbose_name_plural = "recovered property"
        ordering = ["recovered_on", "pk"]
        triggers = [RaiseVersion()]
        constraints = [
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=0),
                name="operation_property_value",
                violation_error_message="A value cannot be below zero.",
            )
        ]

    def __str__(self) -> str:
        return self.description
