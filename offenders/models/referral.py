from django.db import models

from core.concurrency import RaiseVersion
from core.revisions import tracked
from core.triggers import known_codes
from offenders.models.crime import Crime
from offenders.models.headline import follow_referrals


@tracked()
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
        triggers = [*known_codes("crime"), *follow_referrals(), RaiseVersion()]

    def __str__(self) -> str:
        return f"{self.crime_id} on {self.referred_on}"
