from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from core.changes import definition_triggers
from core.revisions import tracked
from core.triggers import KeepClosure


class UnitKind(models.TextChoices):
    FORCE = "force", "Force"
    AREA = "area", "Area"
    DISTRICT = "district", "District"
    DEPARTMENT = "department", "Department"


class UnitQuerySet(models.QuerySet["Unit"]):
    def on(self, day: date) -> UnitQuerySet:
        """Units that exist on that day."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        )

    def within(self, unit: Unit | str) -> UnitQuerySet:
        """The unit itself and everything below it."""
        code = unit if isinstance(unit, str) else unit.code
        return self.filter(above__ancestor=code)


@tracked()
class Unit(models.Model):
    """A part of the force. Records name districts and departments; figures add up the tree."""

    code = models.SlugField(primary_key=True, max_length=40)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=12, choices=UnitKind)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    gss_code = models.CharField("GSS code", max_length=9, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name"]
        triggers = [KeepClosure(), *definition_triggers()]
        constraints = [
            models.CheckConstraint(
                condition=Q(parent__isnull=True, kind="force")
                | (Q(parent__isnull=False) & ~Q(kind="force")),
                name="unit_only_the_force_has_no_parent",
                violation_error_message="Only the force stands without a unit above it.",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="unit_ends_after_it_begins",
                violation_error_message="A unit cannot end before it begins.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class UnitClosure(models.Model):
    """Every pair of a unit and one that contains it, itself included. Kept by a trigger."""

    ancestor = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="below")
    descendant = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="above")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["descendant", "ancestor"], name="unit_pair_once")
        ]

    def __str__(self) -> str:
        return f"{self.descendant_id} in {self.ancestor_id}"
