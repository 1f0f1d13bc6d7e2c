"""Rows of the access matrix: what a second person decides, emergency access, documents."""

from tests.integration.access_rows import (
    ABSENT,
    AUDITORS,
    EVERYBODY,
    ONE,
    SUPERVISORS,
    VIEWERS,
    Row,
)

OWNER = {"owner": "not-there", "key": "0"}

OF_APPROVALS: dict[str, Row] = {
    "core:approval-list": Row(EVERYBODY),
    "core:approval-detail": Row(EVERYBODY, 404, ONE),  # then: whom it concerns
    "core:approval-withdraw POST": Row(EVERYBODY, 404, ONE),  # then: one's own
    "core:export-ask POST": Row(EVERYBODY, 404, {"pk": ABSENT}),  # then: one's own
    # Documents: then the rule of the record that they belong to.
    "core:document-new": Row(VIEWERS, 404, OWNER),
    "core:document-download": Row(VIEWERS, 404, {"pk": ABSENT}),
    "core:document-remove": Row(VIEWERS, 404, {"pk": ABSENT}),
    "api:document-list": Row(VIEWERS, 404, OWNER),
    "api:document-list POST": Row(VIEWERS, 404, OWNER),
    "api:document-file": Row(VIEWERS, 404, {"pk": ABSENT}),
    "api:document-removal POST": Row(VIEWERS, 404, {"pk": ABSENT}),
    "offenders:break-glass": Row(SUPERVISORS),
    "offenders:break-glass-list": Row(SUPERVISORS | AUDITORS),
    "offenders:break-glass-detail": Row(SUPERVISORS | AUDITORS, 404, ONE),
    "offenders:break-glass-end POST": Row(SUPERVISORS, 404, ONE),  # then: one's own
    "api:approval-list": Row(EVERYBODY),
    "api:approval-detail": Row(EVERYBODY, 404, ONE),
    "api:approval-decision POST": Row(EVERYBODY, 404, ONE),
    "api:approval-withdraw POST": Row(EVERYBODY, 404, ONE),
}
