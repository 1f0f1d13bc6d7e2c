from django.urls import reverse
from django_tables2 import A, Column

from core.tables import DateColumn, DateTimeColumn, Table


def crime_url(crime_ref: str) -> str:
    return reverse("offenders:crime-detail", args=[crime_ref])


class CrimeTable(Table):
    caption = "Crimes"
    noun = "crimes"

    crime_ref = Column("Reference", linkify=("offenders:crime-detail", {"ref": A("pk")}))
    recorded_at = DateTimeColumn(verbose_name="Recorded")
    offence = Column("Offence")
    district = Column("District")
    outcome = Column("Outcome", orderable=False)
    outcome_at = DateTimeColumn(verbose_name="Outcome recorded")
    cancelled_at = DateTimeColumn(verbose_name="Cancelled", orderable=False)

    class Meta(Table.Meta):
        empty_text = "No crime matches this filter."


class OutcomeTable(Table):
    caption = "Outcomes"
    noun = "outcomes"

    crime_ref = Column(
        "Crime", accessor="crime_id", linkify=("offenders:crime-detail", {"ref": A("crime_id")})
    )
    code = Column("Outcome")
    outcome_at = DateTimeColumn(verbose_name="Given")
    cancelled_at = DateTimeColumn(verbose_name="Withdrawn", orderable=False)

    class Meta(Table.Meta):
        empty_text = "No outcome matches this filter."


class HubReferralTable(Table):
    caption = "Referrals to the Victim and Witness Hub"
    noun = "referrals"

    crime_ref = Column(
        "Crime", accessor="crime_id", linkify=("offenders:crime-detail", {"ref": A("crime_id")})
    )
    referred_on = DateColumn(verbose_name="Referred")

    class Meta(Table.Meta):
        empty_text = "No referral matches this filter."
