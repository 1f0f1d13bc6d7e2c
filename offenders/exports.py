from core.exports.lists import export_of_list
from offenders.filters import CrimeFilter, HubReferralFilter, OutcomeFilter
from offenders.models import Crime, HubReferral, Outcome

CRIME_COLUMNS = {
    "crime_ref": "crime_ref",
    "recorded_at": "recorded_at",
    "occurred_from": "occurred_from",
    "occurred_to": "occurred_to",
    "offence_code": "offence_id",
    "dwelling": "is_dwelling",
    "district": "district_id",
    "latitude": "latitude",
    "longitude": "longitude",
    "allocated": "is_allocated",
    "cancelled_at": "cancelled_at",
    "department": "department_id",
    "has_victim": "has_victim",
    "outcome_code": "outcome_id",
    "outcome_at": "outcome_at",
    "referred_on": "referred_on",
}

export_of_list("crimes", "Crimes", Crime.objects.all(), CrimeFilter, CRIME_COLUMNS)
export_of_list(
    "outcomes",
    "Outcomes",
    Outcome.objects.all(),
    OutcomeFilter,
    {
        "crime_ref": "crime_id",
        "outcome_code": "code_id",
        "outcome_at": "outcome_at",
        "cancelled_at": "cancelled_at",
    },
)
export_of_list(
    "referrals",
    "Hub referrals",
    HubReferral.objects.all(),
    HubReferralFilter,
    {"crime_ref": "crime_id", "referred_on": "referred_on"},
)
