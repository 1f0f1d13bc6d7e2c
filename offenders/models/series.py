"""Crimes that are put down to the same hands, and the nominals who are suspected of them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from core.columns import ReferenceField
from core.concurrency import RaiseVersion
from core.dates import today
from core.models import Unit
from core.revisions import tracked
from core.states import Machine
from offenders.models.crime import Crime
from offenders.models.nominal import KeptOnce, Nominal


class SeriesState(models.TextChoices):
    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"


SERIES = Machine(
    "The series",
    SeriesState,
    {
        "closed": (frozenset({SeriesState.OPEN}), SeriesState.CLOSED),
        "opened again": (frozenset({SeriesState.CLOSED}), SeriesState.OPEN),
    },
)


class SeriesQuerySet(models.QuerySet["CrimeSeries"]):
    def open(self) -> SeriesQuerySet:
        return self.filter(state=SeriesState.OPEN)


@tracked()
class CrimeSeries(models.Model):
    ref = ReferenceField("reference", max_length=20, unique=True)
    name = models.CharField(max_length=80)
    method = models.TextField("how it is done", max_length=1000)
    state = models.CharField(
        max_length=6, choices=SeriesState, default=SeriesState.OPEN, editable=False
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="series"
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # where it is worked
    opened_on = models.DateField(default=today)
    closed_on = models.DateField(null=True, editable=False)
    closed_why = models.TextField("why it was closed", max_length=500, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    objects = SeriesQuerySet.as_manager()

    class Meta:
        verbose_name = "crime series"
        verbose_name_plural = "crime series"
        ordering = ["-opened_on", "-pk"]
        triggers = [RaiseVersion()]
        constraints = [
            models.CheckConstraint(
                condition=~Q(ref="") & ~Q(name="") & Q(method__regex=r"\S"),
                name="series_has_a_name_and_a_method",
                violation_error_message="A series needs a name, and in words how it is done.",
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_on__isnull=True, closed_why="")
                | Q(state="closed", closed_on__isnull=False, closed_why__regex=r"\S"),
                name="series_closed_with_a_reason",
                violation_error_message="Say why the series is closed.",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="series_closes_after_opening",
                violation_error_message="A series cannot close before it was opened.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.ref})"


class SeriesCrimeQuerySet(models.QuerySet["SeriesCrime"]):
    def standing(self) -> SeriesCrimeQuerySet:
        return self.filter(unlinked_at__isnull=True)


@tracked()
class SeriesCrime(models.Model):
    """A crime put down to the series, by whom and why; taken out again, it stays on record."""

    series = models.ForeignKey(CrimeSeries, on_delete=models.PROTECT, related_name="links")
    crime = models.ForeignKey(Crime, on_delete=models.PROTECT, related_name="series_links")
    why = models.TextField("why it belongs", max_length=500)
    linked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    linked_at = models.DateTimeField(default=timezone.now, editable=False)
    unlinked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    unlinked_at = models.DateTimeField(null=True, blank=True)
    unlinked_why = models.TextField("why it does not belong", max_length=500, blank=True)

    objects = SeriesCrimeQuerySet.as_manager()

    class Meta:
        verbose_name = "crime of a series"
        verbose_name_plural = "crimes of a series"
        ordering = ["-crime__recorded_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "crime"],
                condition=Q(unlinked_at__isnull=True),
                name="series_crime_once",
                violation_error_message="This crime is in the series already.",
            ),
            models.CheckConstraint(
                condition=Q(why__regex=r"\S"),
                name="series_crime_has_a_reason",
                violation_error_message="Say why this crime belongs to the series.",
            ),
            models.CheckConstraint(
                condition=Q(unlinked_at__isnull=True, unlinked_by__isnull=True, unlinked_why="")
                | Q(
                    unlinked_at__isnull=False,
                    unlinked_by__isnull=False,
                    unlinked_why__regex=r"\S",
                ),
                name="series_crime_unlinked_with_a_reason",
                violation_error_message="Say why this crime does not belong to the series.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.crime_id} in {self.series}"


class Standing(models.TextChoices):
    SUSPECTED = "suspected", "Suspected"
    ELIMINATED = "eliminated", "Eliminated"


SUSPECT = Machine(
    "The suspect of a series",
    Standing,
    {
        "eliminated": (frozenset({Standing.SUSPECTED}), Standing.ELIMINATED),
        "suspected again": (frozenset({Standing.ELIMINATED}), Standing.SUSPECTED),
    },
)


@tracked()
class SeriesSuspect(KeptOnce):
    """A nominal who is suspected of the series: an assessment, never a finding."""

    series = models.ForeignKey(CrimeSeries, on_delete=models.PROTECT, related_name="suspects")
    nominal = models.ForeignKey(Nominal, on_delete=models.PROTECT, related_name="suspected")
    standing = models.CharField(
        max_length=10, choices=Standing, default=Standing.SUSPECTED, editable=False
    )
    why = models.TextField("why they are suspected", max_length=500)
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    named_at = models.DateTimeField(default=timezone.now, editable=False)
    # The latest change of standing; the earlier ones are in the history of the row.
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_why = models.TextField("why the standing changed", max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        verbose_name = "suspect of a series"
        verbose_name_plural = "suspects of a series"
        ordering = ["nominal__surname", "nominal__forenames", "pk"]
        triggers = [RaiseVersion()]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "nominal"],
                name="series_suspect_once",
                violation_error_message="This nominal is named in the series already.",
            ),
            models.CheckConstraint(
                condition=Q(why__regex=r"\S"),
                name="series_suspect_has_a_reason",
                violation_error_message="Say why this nominal is suspected.",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True, decided_why="")
                | Q(
                    decided_at__isnull=False,
                    decided_by__isnull=False,
                    decided_why__regex=r"\S",
                ),
                name="series_standing_with_a_reason",
                violation_error_message="Say why the standing changes.",
            ),
            models.CheckConstraint(
                condition=~Q(standing="eliminated") | Q(decided_at__isnull=False),
                name="series_eliminated_by_a_decision",
                violation_error_message="Say why this nominal is eliminated.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nominal} in {self.series}"
