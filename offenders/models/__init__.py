from offenders.models.crime import Crime
from offenders.models.nominal import Nominal
from offenders.models.outcome import Outcome
from offenders.models.reference import (
    OffenceCode,
    OffenceGroup,
    OffenceGroupCode,
    OutcomeCode,
    OutcomeSet,
    OutcomeSetCode,
)
from offenders.models.referral import HubReferral

__all__ = [
    "Crime",
    "HubReferral",
    "Nominal",
    "OffenceCode",
    "OffenceGroup",
    "OffenceGroupCode",
    "Outcome",
    "OutcomeCode",
    "OutcomeSet",
    "OutcomeSetCode",
]
