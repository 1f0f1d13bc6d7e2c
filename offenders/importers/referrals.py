from core.imports.kinds import Column, Kind, Parent, register
from core.imports.types import Day, Reference
from offenders.models import Crime, HubReferral

REFERRALS = register(
    Kind(
        slug="referrals",
        title="Hub referrals",
        about="Victims referred to the Victim and Witness Hub, once a crime.",
        model=HubReferral,
        key=("crime_ref",),
        columns=(
            Column(
                "crime_ref",
                Reference(),
                "The crime, which must be recorded already.",
                field="crime",
                required=True,
            ),
            Column("referred_on", Day(), "The day of the referral.", required=True),
        ),
        parents=(
            Parent(
                column="crime_ref",
                model=Crime,
                noun="crime",
                not_before=("referred_on", "recorded_at"),
                too_early="is before the crime was recorded. Correct the day, or the crime.",
            ),
        ),
    )
)
