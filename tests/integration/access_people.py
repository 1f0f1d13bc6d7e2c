"""Addresses of attendances, and of cohorts themselves."""

from tests.integration.access_rows import OFFICERS, ONE, SLUG, SUPERVISORS, VIEWERS, Row

OF_PEOPLE: dict[str, Row] = {
    "offenders:attendance-of": Row(OFFICERS, 404, ONE),
    "offenders:attendance-detail": Row(VIEWERS, 404, ONE),
    "offenders:attendance-edit": Row(OFFICERS, 404, ONE),
    "api:attendance-list POST": Row(OFFICERS, 400),
    "api:attendance-detail": Row(VIEWERS, 404, ONE),
    "api:attendance-detail PATCH": Row(OFFICERS, 400, ONE),
    "offenders:cohort-edit": Row(SUPERVISORS, 404, SLUG),
    "offenders:cohort-close": Row(SUPERVISORS, 404, SLUG),
    "api:cohort-detail": Row(VIEWERS, 404, SLUG),
    "api:cohort-detail PATCH": Row(SUPERVISORS, 400, SLUG),
    "api:cohort-close POST": Row(SUPERVISORS, 400, SLUG),
}
