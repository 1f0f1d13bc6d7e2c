from django.urls import reverse
from django_tables2 import A, Column

from core.tables import DateColumn, DateTimeColumn, NumberColumn, Table


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


class ArrestTable(Table):
    """Of the rows behind a figure: whoever may read those need not read who was arrested."""

    caption = "Arrests"
    noun = "arrests"

    arrested_at = DateTimeColumn(verbose_name="Arrested")
    district = Column("District", orderable=False)
    operation = Column("Operation", orderable=False)

    class Meta(Table.Meta):
        empty_text = "No arrest matches this filter."


class DetentionTable(Table):
    """Without names, as ArrestTable."""

    caption = "Detentions"
    noun = "detentions"

    ended_at = DateTimeColumn(verbose_name="Ended")
    result = Column("Result", accessor="get_result_display", orderable=False)
    hours_used = NumberColumn("Hours used")
    district = Column("District", orderable=False)

    class Meta(Table.Meta):
        empty_text = "No detention matches this filter."


class CohortReviewTable(Table):
    """Without names, as ArrestTable."""

    caption = "Cohort reviews"
    noun = "reviews"

    unit = Column("Area", orderable=False)
    opened_on = DateColumn(verbose_name="Since")
    due_on = DateColumn(verbose_name="Due")
    done_on = DateColumn(verbose_name="Done", orderable=False)

    class Meta(Table.Meta):
        empty_text = "No review matches this filter."


class DisposalTable(Table):
    """Without names, as ArrestTable."""

    caption = "Disposals"
    noun = "disposals"

    given_at = DateTimeColumn(verbose_name="Given")
    type = Column("Disposal", orderable=False)
    tier = Column("Tier", accessor="get_tier_display", orderable=False)
    state = Column("State", accessor="get_state_display", orderable=False)
    district = Column("District", orderable=False)

    class Meta(Table.Meta):
        empty_text = "No disposal matches this filter."


class TagTable(Table):
    """Without names, as ArrestTable."""

    caption = "Tags"
    noun = "tags"

    fitted_at = DateTimeColumn(verbose_name="Fitted")
    ended_at = DateTimeColumn(verbose_name="Came off")
    days_worn = NumberColumn("Days worn")
    basis = Column("Legal basis", accessor="get_basis_display", orderable=False)
    area = Column("Area", orderable=False)

    class Meta(Table.Meta):
        empty_text = "No tag matches this filter."
