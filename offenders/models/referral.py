from django.db import models

from offenders.models.crime import Crime


class HubReferral(models.Model):
    """A victim referred to the Victim and Witness Hub, once a crime."""

    crime = models.OneToOneField(
        Crime, on_delete=models.PROTECT, db_constraint=False, primary_key=True,
        db_column="crime_ref", related_name="hub_referral",
    )  # fmt: skip
    referred_on = models.DateField()
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        ordering = ["-referred_on"]

    def __str__(self) -> str:
        return f"{self.crime_id} on {self.referred_on}"
