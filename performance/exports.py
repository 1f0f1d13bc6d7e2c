from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict

from core.exports.kinds import ExportKind, export_kind, register
from core.exports.lists import export_of_list
from core.filters import filtered
from offenders.exports import (
    ARREST_COLUMNS,
    COHORT_REVIEW_COLUMNS,
    CRIME_COLUMNS,
    DETENTION_COLUMNS,
    DISPOSAL_COLUMNS,
    TAG_COLUMNS,
)
from offenders.models import Arrest, CohortReview, Crime, Detention, Disposal, TagDeployment
from operations.exports import ACTION_COLUMNS, DAILY_SCAN_COLUMNS, INCIDENT_COLUMNS
from operations.models import (
    Action,
    Assessment,
    FootwearMatch,
    FootwearScan,
    Incident,
    OperationArrest,
    OperationConviction,
    OperationVehicle,
    PackMovement,
    PlanningApplication,
    Scan,
)
from operations.operation_exports import (
    ARREST_LINK_COLUMNS,
    CONVICTION_LINK_COLUMNS,
    MATCH_COLUMNS,
    SCAN_COLUMNS,
    VEHICLE_COLUMNS,
)
from operations.prevention_exports import ASSESSMENT_COLUMNS, PACK_COLUMNS, PLANNING_COLUMNS
from performance.filters import (
    FILTER_OF,
    KIND_OF,
    PREFIX,
)
from performance.models import (
    Call,
    IntegrityAudit,
    SupervisoryReview,
    SurveyResponse,
    VictimCareContract,
)
from performance.selectors.drill_down import ADDRESS, drill_of


def same(*names: str, **others: str) -> dict[str, str]:
    """Headings that are the field's own name, and those that are not."""
    return {name: name for name in names} | others


COLUMNS: dict[type[Any], dict[str, str]] = {
    Crime: CRIME_COLUMNS,
    Incident: INCIDENT_COLUMNS,
    Arrest: ARREST_COLUMNS,
    Detention: DETENTION_COLUMNS,
    Disposal: DISPOSAL_COLUMNS,
    TagDeployment: TAG_COLUMNS,
    CohortReview: COHORT_REVIEW_COLUMNS,
    OperationVehicle: VEHICLE_COLUMNS,
    OperationArrest: ARREST_LINK_COLUMNS,
    OperationConviction: CONVICTION_LINK_COLUMNS,
    FootwearScan: SCAN_COLUMNS,
    FootwearMatch: MATCH_COLUMNS,
    PackMovement: PACK_COLUMNS,
    Assessment: ASSESSMENT_COLUMNS,
    PlanningApplication: PLANNING_COLUMNS,
    Action: ACTION_COLUMNS,
    Scan: DAILY_SCAN_COLUMNS,
    Call: same("call_ref", "line", "offered_at", "answered_at"),
    SurveyResponse: same(
        "response_ref",
        "survey",
        "responded_on",
        "question",
        district="district_id",
        offence_code="offence_id",
        positive="is_positive",
    ),
    VictimCareContract: same(
        "contract_ref",
        "crime_ref",
        "opened_on",
        "due_on",
        "contacted_on",
        "closed_on",
        department="department_id",
    ),
    SupervisoryReview: same(
        "review_ref",
        "crime_ref",
        "opened_on",
        "due_on",
        "done_on",
        "direction",
        department="department_id",
    ),
    IntegrityAudit: same(
        "audit_ref",
        "audited_on",
        "subject",
        "incidents_audited",
        "crimes_required",
        "crimes_recorded",
        "finding",
        "action",
        district="district_id",
    ),
}

LISTS: tuple[tuple[str, str, type[Any]], ...] = (
    ("calls", "Calls", Call),
    ("surveys", "Survey answers", SurveyResponse),
    ("victim-care", "Victim care contracts", VictimCareContract),
    ("reviews", "Supervisory reviews", SupervisoryReview),
    ("integrity-audits", "Crime data integrity audits", IntegrityAudit),
)
for slug, title, model in LISTS:
    export_of_list(slug, title, model._default_manager.all(), FILTER_OF[model], COLUMNS[model])


def rows_of_figure(model: type[Any], query: QueryDict) -> QuerySet[Any]:
    """The query of the page of rows, with the indicator's slug. Raises ValidationError for a figure
    that counts other records: the right to take them away is another."""
    drill = drill_of(query.get("indicator", ""), query)
    if drill.model is not model:
        raise ValidationError(f"{drill.indicator} counts other records.")
    rows, beside = drill.rows(), ("indicator", *ADDRESS)
    return filtered(FILTER_OF[model], rows, query, prefix=PREFIX, beside=beside)


for model, slug in KIND_OF.items():
    listed, rows = export_kind(slug), partial(rows_of_figure, model)
    columns, title = tuple(COLUMNS[model].items()), f"{listed.title} behind a figure"
    register(ExportKind(f"figure-{slug}", title, columns, rows, listed.permission))
