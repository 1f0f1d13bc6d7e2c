"""Dated code lists: what a code means depends on the date of the record that carries it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q

from core.changes import definition_triggers
from core.revisions import tracked


class DatedQuerySet(models.QuerySet[Any]):
    def on(self, day: date) -> DatedQuerySet:
        """Rows in force on that day."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        )


class Dated(models.Model):
    valid_from = models.DateField(null=True, blank=True, help_text="Blank: always was.")
    valid_to = models.DateField(null=True, blank=True, help_text="Last day. Blank: still is.")

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="%(class)s_ends_after_it_begins",
                violation_error_message="The last day cannot be before the first.",
            )
        ]


@tracked()
class OffenceCode(Dated):
    """A class of the Home Office Counting Rules, such as 28E."""

    code = models.CharField(primary_key=True, max_length=8)
    title = models.CharField(max_length=200)
    subgroup = models.CharField(max_length=80)
    group = models.CharField(max_length=80)

    class Meta(Dated.Meta):
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


@tracked()
class OutcomeCode(Dated):
    """An outcome of the Home Office outcomes framework, such as 1 Charged/Summonsed."""

    code = models.CharField(primary_key=True, max_length=4)
    title = models.CharField(max_length=200)
    group = models.CharField(max_length=80)
    # Of several outcomes at one moment the crime keeps the lowest position (charge beats caution).
    position = models.PositiveSmallIntegerField(unique=True)

    class Meta(Dated.Meta):
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class OffenceGroup(models.Model):
    """A named set of offences that the force counts together, such as dwelling burglary."""

    slug = models.SlugField(primary_key=True, max_length=40)
    title = models.CharField(max_length=80)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class OutcomeSet(models.Model):
    """A named set of outcomes that the force counts together, such as prosecution possible."""

    slug = models.SlugField(primary_key=True, max_length=40)
    title = models.CharField(max_length=80)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


def whole_months(name: str) -> models.CheckConstraint:
    """Membership changes between months, so that a month's figure has one definition."""
    first = Q(valid_from__isnull=True) | Q(valid_from__day=1)
    return models.CheckConstraint(
        condition=first,
        name=name,
        violation_error_message="A definition changes on the first day of a month.",
    )


@tracked()
class OffenceGroupCode(Dated):
    """An offence in a group. `dwelling_only`: counted when the crime is marked as a dwelling."""

    group = models.ForeignKey(OffenceGroup, on_delete=models.CASCADE, related_name="codes")
    offence = models.ForeignKey(OffenceCode, on_delete=models.PROTECT, related_name="+")
    dwelling_only = models.BooleanField(default=False)

    class Meta(Dated.Meta):
        ordering = ["group", "offence"]
        triggers = definition_triggers()
        constraints = [
            *Dated.Meta.constraints,
            whole_months("offence_group_changes_with_a_month"),
            models.UniqueConstraint(
                fields=["group", "offence", "valid_from"],
                nulls_distinct=False,
                name="offence_in_group_once",
                violation_error_message="This offence is already in the group from that date.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offence_id} in {self.group_id}"


@tracked()
class OutcomeSetCode(Dated):
    """An outcome in a set."""

    set = models.ForeignKey(OutcomeSet, on_delete=models.CASCADE, related_name="codes")
    outcome = models.ForeignKey(OutcomeCode, on_delete=models.PROTECT, related_name="+")

    class Meta(Dated.Meta):
        ordering = ["set", "outcome"]
        triggers = definition_triggers()
        constraints = [
            *Dated.Meta.constraints,
            whole_months("outcome_set_changes_with_a_month"),
            models.UniqueConstraint(
                fields=["set", "outcome", "valid_from"],
                nulls_distinct=False,
                name="outcome_in_set_once",
                violation_error_message="This outcome is already in the set from that date.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome_id} in {self.set_id}"
