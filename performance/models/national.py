"""Open data of the Home Office and the ONS about every force. Kept apart: none enters the board."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from offenders.models import OffenceGroup

financial_year = RegexValidator(r"^\d{4}/\d{2}$", "Write a financial year like 2018/19.")


class Quarterly(models.Model):
    """A force's quarter of an offence. Revisions of the Home Office can make a number negative."""

    financial_year = models.CharField(max_length=7, validators=[financial_year])
    financial_quarter = models.PositiveSmallIntegerField()
    force_name = models.CharField(max_length=60)
    offence_code = models.CharField(max_length=40)
    offence_group = models.CharField(max_length=80)

    class Meta:
        abstract = True


QUARTER = Q(financial_quarter__range=(1, 4))
WRONG_QUARTER = "A quarter is 1, 2, 3 or 4."


class NationalCrime(Quarterly):
    """Crimes that a force recorded in a quarter."""

    number = models.IntegerField()

    class Meta:
        ordering = ["financial_year", "financial_quarter", "force_name", "offence_code"]
        constraints = [
            # also serves the sums of a year
            models.UniqueConstraint(
                fields=["financial_year", "financial_quarter", "force_name", "offence_code"],
                include=["number"],
                name="national_crime_once",
            ),
            models.CheckConstraint(
                condition=QUARTER,
                name="national_crime_quarter",
                violation_error_message=WRONG_QUARTER,
            ),
        ]

    def __str__(self) -> str:
        return (
            f"{self.force_name} {self.financial_year} Q{self.financial_quarter} {self.offence_code}"
        )


class NationalOutcome(Quarterly):
    """Outcomes of one type, by the quarter that they were given in and by that of their crimes."""

    outcome_code = models.CharField(max_length=4)
    recorded_in_quarter = models.IntegerField(null=True)
    for_offences_recorded = models.IntegerField(null=True)

    class Meta:
        ordering = [
            "financial_year", "financial_quarter", "force_name", "offence_code", "outcome_code",
        ]  # fmt: skip
        constraints = [
            # also serves the sums of a year
            models.UniqueConstraint(
                fields=[
                    "financial_year", "financial_quarter", "force_name", "offence_code",
                    "outcome_code",
                ],
                include=["recorded_in_quarter", "for_offences_recorded"],
                name="national_outcome_once",
            ),
            models.CheckConstraint(
                condition=QUARTER,
                name="national_outcome_quarter",
                violation_error_message=WRONG_QUARTER,
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return (
            f"{self.force_name} {self.financial_year} Q{self.financial_quarter}"
            f" {self.offence_code} outcome {self.outcome_code}"
        )


class ForcePopulation(models.Model):
    """People who live in a police force area, by the estimate of the middle of a year."""

    gss_code = models.CharField("GSS code", max_length=9)
    year = models.PositiveSmallIntegerField()
    force_name = models.CharField(max_length=60)
    population = models.PositiveIntegerField()

    class Meta:
        ordering = ["year", "force_name"]
        constraints = [
            models.UniqueConstraint(fields=["gss_code", "year"], name="force_population_once"),
            models.CheckConstraint(
                condition=Q(population__gt=0),
                name="force_population_positive",
                violation_error_message="A population is more than 0.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.force_name} {self.year}"


class NationalMonth(models.Model):
    """A force's month of a group of offences, as forces share them before any table is published.

    `outcomes`: those given in the month that count as prosecution possible.
    """

    month = models.DateField()
    force_name = models.CharField(max_length=60)
    group = models.ForeignKey(
        OffenceGroup, on_delete=models.PROTECT, db_column="group_slug", related_name="+"
    )
    crimes = models.PositiveIntegerField()
    outcomes = models.PositiveIntegerField()

    class Meta:
        ordering = ["month", "force_name", "group"]
        constraints = [
            # also serves the sums of twelve months
            models.UniqueConstraint(
                fields=["group", "month", "force_name"], name="national_month_once"
            ),
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="national_month_is_monthly",
                violation_error_message="Write the month like 2020-11.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.force_name} {self.month:%Y-%m} {self.group_id}"
