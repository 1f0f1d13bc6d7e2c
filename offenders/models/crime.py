from __future__ import annotations

from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import F, Q

from core.changes import change_triggers
from core.columns import ReferenceField, local_month, month_of_day
from core.concurrency import RaiseVersion
from core.models import Unit
from core.places import point_of
from core.revisions import tracked
from core.triggers import known_codes
from offenders.models.feeds import CRIMES
from offenders.models.headline import keep_derived
from offenders.models.reference import OffenceCode, OutcomeCode


class CrimeQuerySet(models.QuerySet["Crime"]):
    def counted(self) -> CrimeQuerySet:
        """Crimes that stand in the figures: a cancelled crime leaves them (HOCR, no crime)."""
        return self.filter(cancelled_at__isnull=True)


@tracked(derived=("outcome", "outcome_at", "referred_on"))
class Crime(models.Model):
    """A recorded crime, with its live outcome and its referral to the Victim and Witness Hub.

    The one fact table behind the crime figures. It is counted by three dates: when it was recorded,
    when its live outcome was recorded, and when its victim was referred. `outcome`, `outcome_at`
    and `referred_on` are kept by triggers on Outcome and HubReferral; write there, not here.
    The three code columns are checked a statement at a time by a trigger, since a foreign key
    checks a row at a time and makes a COPY of a million several times slower.
    """

    crime_ref = ReferenceField("crime reference", primary_key=True, max_length=40)
    recorded_at = models.DateTimeField()
    recorded_month = local_month("recorded_at")
    occurred_from = models.DateTimeField(null=True, blank=True)
    occurred_to = models.DateTimeField(null=True, blank=True)
    offence = models.ForeignKey(
        OffenceCode, on_delete=models.PROTECT, db_constraint=False, db_index=False,
        db_column="offence_code", related_name="+",
    )  # fmt: skip
    is_dwelling = models.BooleanField("dwelling", null=True, blank=True)
    district = models.ForeignKey(
        Unit, on_delete=models.PROTECT, db_constraint=False, db_index=False,
        db_column="district_code", null=True, blank=True, related_name="+",
    )  # fmt: skip
    department = models.ForeignKey(
        Unit, on_delete=models.PROTECT, db_constraint=False, db_index=False,
        db_column="department_code", null=True, blank=True, related_name="+",
    )  # fmt: skip
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    is_allocated = models.BooleanField("allocated to an investigator", null=True, blank=True)
    has_victim = models.BooleanField("has a victim", null=True, blank=True)
    # The crime system's key of the victim: it says who is the same, and not who it is.
    victim_ref = ReferenceField(
        "key of the victim", max_length=40, blank=True, default="", db_default=""
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    outcome = models.ForeignKey(
        OutcomeCode, on_delete=models.PROTECT, db_constraint=False, db_index=False,
        db_column="outcome_code", null=True, editable=False, related_name="+",
    )  # fmt: skip
    outcome_at = models.DateTimeField(null=True, editable=False)
    outcome_month = local_month("outcome_at")
    referred_on = models.DateField(null=True, editable=False)
    referred_month = month_of_day("referred_on")
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    objects = CrimeQuerySet.as_manager()

    class Meta:
        ordering = ["-recorded_at", "crime_ref"]
        triggers = [
            *known_codes("offence", "district", "department", "outcome"),
            *change_triggers(*CRIMES),
            *keep_derived(),
            RaiseVersion(),
        ]
        indexes = [
            # rows behind a figure of recorded crime; recount of a month and district
            models.Index(fields=["recorded_month", "district", "offence"], name="crime_recorded"),
            # rows behind a figure of outcomes
            models.Index(
                fields=["outcome_month", "district", "offence"],
                name="crime_outcome",
                condition=Q(outcome_month__isnull=False),
            ),
            # rows behind the hub referral rate
            models.Index(
                fields=["referred_month", "district"],
                name="crime_referred",
                condition=Q(referred_month__isnull=False),
            ),
            # repeats and near repeats: crimes about a place and a time
            GistIndex(
                point_of(),
                F("recorded_at"),
                name="crime_near",
                condition=Q(latitude__isnull=False),
            ),
            # repeat victims: crimes about one victim and a time
            models.Index(
                fields=["victim_ref", "recorded_at"],
                name="crime_victim",
                condition=~Q(victim_ref=""),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(crime_ref=""),
                name="crime_has_a_reference",
                violation_error_message="Enter the crime reference.",
            ),
            models.CheckConstraint(
                condition=Q(victim_ref="") | ~Q(has_victim=False),
                name="crime_key_needs_a_victim",
                violation_error_message="A crime without a victim has no key of one.",
            ),
            models.CheckConstraint(
                condition=Q(occurred_to__isnull=True) | Q(occurred_to__gte=F("occurred_from")),
                name="crime_ends_after_it_begins",
                violation_error_message="The crime cannot end before it began.",
            ),
            models.CheckConstraint(
                condition=Q(occurred_from__isnull=True) | Q(occurred_from__lte=F("recorded_at")),
                name="crime_recorded_after_it_began",
                violation_error_message="A crime cannot be recorded before it happened.",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True) | Q(cancelled_at__gte=F("recorded_at")),
                name="crime_cancelled_after_recorded",
                violation_error_message="A crime cannot be cancelled before it was recorded.",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False)
                & Q(latitude__range=(49, 61), longitude__range=(-9, 2.5)),
                name="crime_in_great_britain",
                violation_error_message="Give latitude and longitude together, in degrees.",
            ),
            models.CheckConstraint(
                condition=Q(outcome__isnull=True, outcome_at__isnull=True)
                | Q(outcome__isnull=False, outcome_at__gte=F("recorded_at")),
                name="crime_outcome_not_before_recorded",
                violation_error_message="An outcome cannot be older than its crime.",
            ),
        ]

    def __str__(self) -> str:
        return self.crime_ref
