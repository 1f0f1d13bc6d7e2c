from functools import partial

from core.access.permissions import Permission
from core.exports import lists
from core.exports.kinds import ExportKind, register
from offenders.filters import (
    ArrestFilter,
    CohortReviewFilter,
    CrimeFilter,
    DetentionFilter,
    DisposalFilter,
    HubReferralFilter,
    OutcomeFilter,
    TagFilter,
)
from offenders.models import (
    Arrest,
    CohortReview,
    Crime,
    CrimeSeries,
    Detention,
    Disposal,
    HubReferral,
    Nominal,
    Outcome,
    TagDeployment,
)
from offenders.models.scope import open_rows
from offenders.nominal_filters import NominalFilter
from offenders.selectors.identity import with_priority
from offenders.selectors.nominals import are_open
from offenders.selectors.series import all_series
from offenders.selectors.unnamed import COLUMNS, rows_to_take, shaped
from offenders.series_list import SeriesFilter

# A file never holds whom the one who takes it may not see.
export_of_list = partial(lists.export_of_list, scope=open_rows)

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
# Whoever reads figures may read what they count, and need not read who it was.
ARREST_COLUMNS = {
    "arrest": "id",
    "arrested_at": "arrested_at",
    "district": "district_id",
    "operation": "operation",
}
DETENTION_COLUMNS = {
    "detention": "id",
    "ended_at": "ended_at",
    "result": "result",
    "hours_used": "hours_used",
    "district": "district_id",
}
COHORT_REVIEW_COLUMNS = {
    "review": "id",
    "unit": "unit_id",
    "opened_on": "opened_on",
    "due_on": "due_on",
    "done_on": "done_on",
}

export_of_list(
    "cohort-reviews",
    "Cohort reviews",
    CohortReview.objects.all(),
    CohortReviewFilter,
    COHORT_REVIEW_COLUMNS,
)
DISPOSAL_COLUMNS = {
    "disposal": "id",
    "given_at": "given_at",
    "type": "type_id",
    "tier": "tier",
    "state": "state",
    "district": "district_id",
}

export_of_list("arrests", "Arrests", Arrest.objects.all(), ArrestFilter, ARREST_COLUMNS)
export_of_list(
    "detentions", "Detentions", Detention.objects.all(), DetentionFilter, DETENTION_COLUMNS
)
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
export_of_list("disposals", "Disposals", Disposal.objects.all(), DisposalFilter, DISPOSAL_COLUMNS)
TAG_COLUMNS = {
    "tag": "id",
    "basis": "basis",
    "area": "area_id",
    "fitted_at": "fitted_at",
    "ended_at": "ended_at",
    "days_worn": "days_worn",
}
export_of_list("tags", "Tags", TagDeployment.objects.all(), TagFilter, TAG_COLUMNS)
NOMINAL_COLUMNS = {
    "ref": "ref",
    "surname": "surname",
    "forenames": "forenames",
    "date_of_birth": "date_of_birth",
    "sex": "sex",
    "ethnicity": "ethnicity",
    "pnc_id": "pnc_id",
    "custody_ref": "custody_ref",
    "unit": "unit_id",
    "lead_officer": "lead_officer__username",
    "second_officer": "second_officer__username",
    "note": "note",
    "priority": "priority_total",
}
export_of_list(
    "nominals",
    "Nominals",
    with_priority(Nominal.objects.live()),
    NominalFilter,
    NOMINAL_COLUMNS,
    Permission.NOMINAL_SUPERVISE,
    people="pk",
    still_open=are_open,
)
SERIES_COLUMNS = {
    "series_ref": "ref",
    "name": "name",
    "method": "method",
    "state": "state",
    "unit": "unit_id",
    "owner": "owner__username",
    "opened_on": "opened_on",
    "closed_on": "closed_on",
    "closed_why": "closed_why",
    "crimes": "crimes",
    "suspected": "suspected",
}
export_of_list(
    "series",
    "Crime series",
    CrimeSeries.objects.all(),
    SeriesFilter,
    SERIES_COLUMNS,
    Permission.NOMINAL_SUPERVISE,
    scope=lambda rows: all_series(),  # whom it counts depends on who takes it
)

register(
    ExportKind(
        "people-without-names",
        "People without names",
        tuple(COLUMNS.items()),
        rows_to_take,
        Permission.PEOPLE_ANALYSE,
        people="pk",
        shape=shaped,
        still_open=are_open,
    )
)
