"""Addresses of reviews, holds, and subject access."""

from tests.integration.access_rows import ONE, PROTECTORS, REVIEWERS, SUPERVISORS, VIEWERS, Row

ITEM = {**ONE, "item": "offenders.arrest:0"}
HOLD = {**ONE, "hold": 0}
OF_RETENTION: dict[str, Row] = {
    "offenders:retention-list": Row(REVIEWERS),
    "offenders:retention-simulate": Row(REVIEWERS),
    "offenders:hold-list": Row(REVIEWERS),
    "offenders:retention-review": Row(REVIEWERS, 404, ONE),
    "offenders:retention-retain": Row(REVIEWERS, 404, ONE),
    "offenders:retention-dispose": Row(REVIEWERS, 404, ONE),
    "offenders:retention-of": Row(VIEWERS, 404, ONE),
    "offenders:retention-open POST": Row(REVIEWERS, 404, ONE),
    "offenders:hold-new": Row(SUPERVISORS, 404, ONE),
    "offenders:hold-lift": Row(SUPERVISORS, 404, HOLD),
    "offenders:subject-access-list": Row(PROTECTORS),
    "offenders:subject-access": Row(PROTECTORS, 404, ONE),
    "offenders:subject-access-identity": Row(PROTECTORS, 404, ONE),
    "offenders:subject-access-close": Row(PROTECTORS, 404, {**ONE, "step": "refuse"}),
    "offenders:subject-access-item": Row(PROTECTORS, 404, ITEM),
    "offenders:subject-access-answer POST": Row(PROTECTORS, 404, ONE),
    "offenders:subject-access-file": Row(PROTECTORS, 404, ONE),
    "offenders:subject-access-new": Row(PROTECTORS, 404, ONE),
    "api:subject-access-list": Row(PROTECTORS),
    "api:subject-access-list POST": Row(PROTECTORS, 400),
    "api:subject-access": Row(PROTECTORS, 404, ONE),
    "api:subject-access-items": Row(PROTECTORS, 404, ONE),
    "api:subject-access-item POST": Row(PROTECTORS, 404, ITEM),
    "api:subject-access-step POST": Row(PROTECTORS, 404, {**ONE, "step": "answer"}),
    "api:retention-list": Row(REVIEWERS),
    "api:retention-outlook": Row(REVIEWERS),
    "api:retention-review": Row(REVIEWERS, 404, ONE),
    "api:retention-retain POST": Row(REVIEWERS, 404, ONE),
    "api:retention-dispose POST": Row(REVIEWERS, 404, ONE),
    "api:nominal-retention": Row(VIEWERS, 404, ONE),
    "api:nominal-retention POST": Row(REVIEWERS, 404, ONE),
    "api:nominal-holds": Row(VIEWERS, 404, ONE),
    "api:nominal-holds POST": Row(SUPERVISORS, 400, ONE),
    "api:nominal-hold-lift POST": Row(SUPERVISORS, 404, HOLD),
}
