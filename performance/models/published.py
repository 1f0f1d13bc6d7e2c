"""The public monthly files of data.police.uk. Kept apart: they never enter the board."""

from django.db import models

from core.models import Unit


class Published(models.Model):
    """Columns that both files share. `row_key` tells the n-th of several identical rows apart."""

    row_key = models.CharField(primary_key=True, max_length=64)
    crime_id = models.CharField("crime ID", max_length=64, blank=True)
    month = models.DateField()
    reported_by = models.CharField(max_length=80)
    falls_within = models.CharField(max_length=80)
    longitude = models.FloatField(null=True)
    latitude = models.FloatField(null=True)
    location = models.CharField(max_length=200, blank=True)
    lsoa_code = models.CharField("LSOA code", max_length=9, blank=True)
    lsoa_name = models.CharField("LSOA name", max_length=80, blank=True)
    # the LSOA's name less its last word; null: no location, or outside the force
    district = models.ForeignKey(
        Unit, on_delete=models.PROTECT, db_constraint=False, db_index=False,
        db_column="district_code", null=True, related_name="+",
    )  # fmt: skip

    class Meta:
        abstract = True


class StreetCrime(Published):
    """A row of a street file. Anti-social behaviour rows have no crime ID."""

    crime_type = models.CharField(max_length=60)
    last_outcome = models.CharField("last outcome category", max_length=100, blank=True)
    context = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-month", "crime_type", "row_key"]
        indexes = [
            # counts by month, type and district
            models.Index(fields=["month", "crime_type", "district"], name="street_counts"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.crime_type}"


class StreetOutcome(Published):
    """A row of an outcomes file. Its crime may be in no street file."""

    outcome_type = models.CharField(max_length=100)

    class Meta:
        ordering = ["-month", "outcome_type", "row_key"]
        indexes = [
            # counts by month and type
            models.Index(fields=["month", "outcome_type"], name="street_outcome_counts"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.outcome_type}"
