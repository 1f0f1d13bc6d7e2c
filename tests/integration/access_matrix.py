"""Who gets which answer at every address of the project: the one list to read before a release.

A key is the name of an address, and the method where it is not GET. A new address without a row
fails the test beside this file, and so does a method of the API. Where an address names a record, it
names one that is not there: 404 shows that the gate was passed, 403 that it was not.
"""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

ANONYMOUS = "anonymous"
EVERYBODY = frozenset(
    [
        "act-officer",
        "act-supervisor",
        "isd-staff",
        "analyst",
        "manager",
        "board-viewer",
        "auditor",
        "administrator",
        "machine",
    ]
)
WORLD = EVERYBODY | {ANONYMOUS}
NOBODY: frozenset[str] = frozenset()
BOARD = EVERYBODY - {"auditor"}
RECORDS = frozenset(["act-officer", "act-supervisor", "analyst", "manager", "machine"])
CHANGERS = frozenset(["act-officer", "act-supervisor", "analyst"])
IMPORTERS = frozenset(["analyst", "machine"])
EXPORTERS = frozenset(["act-supervisor", "analyst", "manager"])
OFFICERS = frozenset(["act-officer", "act-supervisor"])
SUPERVISORS = frozenset(["act-supervisor"])
TOKENS = frozenset(["analyst", "machine"])
AUDITORS = frozenset(["auditor"])
RECOMPUTERS = frozenset(["analyst", "administrator"])
ADMINISTRATORS = frozenset(["administrator"])

ABSENT = UUID(int=0)


@dataclass(frozen=True)
class Row:
    """`status` is what those in `allowed` get; everybody else is refused, or asked to sign in.

    `anonymous`, where it is not 0, is what somebody gets who has not signed in.
    """

    allowed: frozenset[str]
    status: int = 200
    kwargs: dict[str, Any] = field(default_factory=dict)
    anonymous: int = 0


PERSON = {"username": "nobody-of-this-name"}
ONE = {"pk": 0}
REF = {"ref": "not-there"}
SLUG = {"slug": "not-there"}

MATRIX: dict[str, Row] = {
    "healthz": Row(WORLD),
    "readyz": Row(WORLD),
    "metrics": Row(WORLD, 403),  # asks for its own token
    # Signing in. Those who are signed in are sent home.
    "account_login": Row(WORLD, 302, anonymous=200),
    "account_logout": Row(WORLD, anonymous=302),
    "account_inactive": Row(WORLD),
    "account_signup": Row(NOBODY),
    "account_email": Row(NOBODY),
    "account_email_verification_sent": Row(NOBODY),
    "account_set_password": Row(NOBODY),
    "account_confirm_login_code": Row(NOBODY),
    "account_confirm_email": Row(NOBODY, kwargs={"key": "x"}),
    "account_reauthenticate": Row(EVERYBODY),
    "account_change_password": Row(EVERYBODY),
    "account_reset_password": Row(WORLD),
    "account_reset_password_done": Row(WORLD),
    "account_reset_password_from_key": Row(WORLD, kwargs={"uidb36": "1", "key": "x"}),
    "account_reset_password_from_key_done": Row(WORLD),
    "mfa_authenticate": Row(WORLD, 302),
    "mfa_index": Row(EVERYBODY),
    "mfa_reauthenticate": Row(EVERYBODY, 302),
    "mfa_activate_totp": Row(EVERYBODY, 302),
    "mfa_deactivate_totp": Row(EVERYBODY, 404),
    "mfa_view_recovery_codes": Row(EVERYBODY, 404),
    "mfa_generate_recovery_codes": Row(EVERYBODY, 302),
    "mfa_download_recovery_codes": Row(EVERYBODY, 404),
    # Core
    "core:home": Row(EVERYBODY),
    "core:person-list": Row(ADMINISTRATORS),
    "core:person-create": Row(ADMINISTRATORS),
    "core:person-detail": Row(ADMINISTRATORS, 404, PERSON),
    "core:person-change": Row(ADMINISTRATORS, 404, PERSON),
    "core:person-roles": Row(ADMINISTRATORS, 404, PERSON),
    "core:person-link POST": Row(ADMINISTRATORS, 404, PERSON),
    "core:person-tokens": Row(ADMINISTRATORS, 404, PERSON),
    "core:token-list": Row(TOKENS),
    "core:token-revoke POST": Row(EVERYBODY, 404, ONE),  # then: one's own
    "core:saved-view-list": Row(EVERYBODY),
    "core:saved-view-create": Row(EVERYBODY),
    "core:saved-view-open": Row(EVERYBODY, 404, ONE),
    "core:saved-view-delete POST": Row(EVERYBODY, 404, ONE),  # then: one's own
    "core:import-list": Row(IMPORTERS),
    "core:import-new": Row(IMPORTERS),
    "core:import-detail": Row(IMPORTERS, 404, {"pk": ABSENT}),
    "core:import-confirm POST": Row(IMPORTERS, 404, {"pk": ABSENT}),
    "core:import-cancel POST": Row(IMPORTERS, 404, {"pk": ABSENT}),
    "core:import-rejects": Row(IMPORTERS, 404, {"pk": ABSENT}),
    "core:export-list": Row(EVERYBODY),
    "core:export-create POST": Row(EVERYBODY, 302),  # then: the permission of its kind
    "core:export-detail": Row(EVERYBODY, 404, {"pk": ABSENT}),  # then: one's own
    "core:export-download": Row(EVERYBODY, 404, {"pk": ABSENT}),  # then: one's own
    "core:audit-list": Row(AUDITORS),
    # Offenders
    "offenders:codes": Row(RECORDS),
    "offenders:crime-list": Row(RECORDS),
    "offenders:crime-new": Row(CHANGERS),
    "offenders:crime-detail": Row(RECORDS, 404, REF),
    "offenders:crime-edit": Row(CHANGERS, 404, REF),
    "offenders:crime-cancel": Row(CHANGERS, 404, REF),
    "offenders:crime-reinstate": Row(CHANGERS, 404, REF),
    "offenders:outcome-new": Row(CHANGERS, 404, REF),
    "offenders:outcome-withdraw": Row(CHANGERS, 404, {**REF, "outcome": 0}),
    "offenders:referral-new": Row(CHANGERS, 404, REF),
    "offenders:outcome-list": Row(RECORDS),
    "offenders:referral-list": Row(RECORDS),
    "offenders:nominal-list": Row(OFFICERS),
    "offenders:nominal-new": Row(OFFICERS),
    "offenders:nominal-detail": Row(OFFICERS, 404, ONE),
    "offenders:nominal-edit": Row(OFFICERS, 404, ONE),
    "offenders:nominal-briefing": Row(OFFICERS, 404, ONE),
    "offenders:priority-new": Row(OFFICERS, 404, ONE),
    "offenders:part-new": Row(OFFICERS, 404, {**ONE, "part": "alias"}),
    "offenders:part-edit": Row(OFFICERS, 404, {**ONE, "part": "alias", "row": 0}),
    "offenders:part-remove": Row(OFFICERS, 404, {**ONE, "part": "alias", "row": 0}),
    "offenders:merge-new": Row(SUPERVISORS, 404, ONE),
    "offenders:merge-undo": Row(SUPERVISORS, 404, {**ONE, "merge": 0}),
    "offenders:bail-list": Row(OFFICERS),
    "offenders:remand-list": Row(OFFICERS),
    "offenders:bail-tag": Row(OFFICERS, 404, {**ONE, "condition": 0}),
    "offenders:bail-detail": Row(OFFICERS, 404, ONE),
    "offenders:bail-vary": Row(OFFICERS, 404, ONE),
    "offenders:bail-extend": Row(OFFICERS, 404, ONE),
    "offenders:bail-court-extend": Row(OFFICERS, 404, ONE),
    "offenders:bail-suspend": Row(OFFICERS, 404, ONE),
    "offenders:bail-resume": Row(OFFICERS, 404, ONE),
    "offenders:bail-exceptional": Row(OFFICERS, 404, ONE),
    "offenders:bail-end": Row(OFFICERS, 404, ONE),
    "offenders:rui-end": Row(OFFICERS, 404, ONE),
    "offenders:court-bail-detail": Row(OFFICERS, 404, ONE),
    "offenders:court-bail-edit": Row(OFFICERS, 404, ONE),
    "offenders:court-bail-end": Row(OFFICERS, 404, ONE),
    "offenders:remand-detail": Row(OFFICERS, 404, ONE),
    "offenders:remand-result": Row(OFFICERS, 404, ONE),
    "offenders:remand-share": Row(OFFICERS, 404, ONE),
    "offenders:bail-of": Row(OFFICERS, 404, ONE),
    "offenders:rui-of": Row(OFFICERS, 404, ONE),
    "offenders:court-bail-of": Row(OFFICERS, 404, ONE),
    "offenders:remand-of": Row(OFFICERS, 404, ONE),
    "offenders:custody-board": Row(OFFICERS),
    "offenders:arrest-new": Row(OFFICERS),
    "offenders:arrest-detail": Row(OFFICERS, 404, ONE),
    "offenders:arrest-edit": Row(OFFICERS, 404, ONE),
    "offenders:custody-new": Row(OFFICERS, 404, ONE),
    "offenders:custody-detail": Row(OFFICERS, 404, ONE),
    "offenders:custody-edit": Row(OFFICERS, 404, ONE),
    "offenders:custody-end": Row(OFFICERS, 404, ONE),
    "offenders:custody-event-new": Row(OFFICERS, 404, {**ONE, "kind": "reviewed"}),
    "offenders:custody-event-withdraw": Row(OFFICERS, 404, {**ONE, "event": 0}),
    "offenders:arrest-of": Row(OFFICERS, 404, ONE),
    "offenders:attendance-of": Row(OFFICERS, 404, ONE),
    "offenders:cohort-list": Row(OFFICERS),
    "offenders:cohort-detail": Row(OFFICERS, 404, SLUG),
    "offenders:member-new": Row(OFFICERS),
    "offenders:member-detail": Row(OFFICERS, 404, ONE),
    "offenders:member-step": Row(OFFICERS, 404, {**ONE, "step": "reviewed"}),
    "offenders:without-officer": Row(OFFICERS),
    "offenders:handover": Row(OFFICERS, 404, ONE),
    "offenders:my-work": Row(OFFICERS),
    "offenders:disposal-list": Row(OFFICERS, 404, ONE),
    "offenders:disposal-new": Row(OFFICERS, 404, ONE),
    "offenders:disposal-detail": Row(OFFICERS, 404, ONE),
    "offenders:disposal-accept": Row(OFFICERS, 404, ONE),
    "offenders:disposal-decline": Row(OFFICERS, 404, ONE),
    "offenders:disposal-withdraw": Row(OFFICERS, 404, ONE),
    "offenders:disposal-complete": Row(OFFICERS, 404, ONE),
    "offenders:disposal-breach": Row(OFFICERS, 404, ONE),
    "offenders:breach-decision": Row(SUPERVISORS, 404, ONE),
    "offenders:condition-met": Row(OFFICERS, 404, {**ONE, "condition": 0}),
    "offenders:condition-not-met": Row(OFFICERS, 404, {**ONE, "condition": 0}),
    "offenders:condition-vary": Row(OFFICERS, 404, {**ONE, "condition": 0}),
    "offenders:conviction-list": Row(OFFICERS),
    "offenders:conviction-new": Row(OFFICERS, 404, ONE),
    "offenders:conviction-edit": Row(OFFICERS, 404, {**ONE, "conviction": 0}),
    "offenders:sentence-new": Row(OFFICERS, 404, {**ONE, "conviction": 0}),
    "offenders:tag-stock": Row(OFFICERS),
    "offenders:tag-unit-new": Row(OFFICERS),
    "offenders:tag-unit-edit": Row(OFFICERS, 404, ONE),
    "offenders:tag-group-new": Row(OFFICERS),
    "offenders:tag-group-add": Row(OFFICERS, 404, ONE),
    "offenders:tag-group-remove": Row(OFFICERS, 404, {**ONE, "member": 0}),
    "offenders:tag-detail": Row(OFFICERS, 404, ONE),
    "offenders:tag-step": Row(OFFICERS, 404, {**ONE, "step": "fit"}),
    "offenders:tag-check-new": Row(OFFICERS, 404, ONE),
    "offenders:tag-alert-new": Row(OFFICERS, 404, ONE),
    "offenders:tag-alert-entry": Row(OFFICERS, 404, {**ONE, "alert": 0}),
    "offenders:tag-alert-close": Row(OFFICERS, 404, {**ONE, "alert": 0}),
    "offenders:tag-condition-new": Row(OFFICERS, 404, ONE),
    "offenders:tag-condition-end": Row(OFFICERS, 404, {**ONE, "condition": 0}),
    "offenders:tag-of": Row(OFFICERS, 404, ONE),
    # Operations
    "operations:incident-list": Row(RECORDS),
    "operations:incident-detail": Row(RECORDS, 404, REF),
    # Performance
    "performance:board-list": Row(BOARD),
    "performance:board-detail": Row(BOARD, 404, SLUG),
    "performance:board-download": Row(BOARD, 404, {**SLUG, "form": "csv"}),
    "performance:indicator-list": Row(BOARD),
    "performance:indicator-detail": Row(BOARD, 404, SLUG),
    "performance:rows": Row(RECORDS, 404, SLUG),
    "performance:tag-effect": Row(OFFICERS, 404, ONE),
    "performance:tag-group-effect": Row(OFFICERS, 404, ONE),
    "performance:national": Row(BOARD),
    "performance:published": Row(BOARD),
    "performance:data-quality": Row(BOARD),
    "performance:recompute POST": Row(RECOMPUTERS, 302),
    "performance:record-kinds": Row(RECORDS),
    "performance:call-list": Row(RECORDS),
    "performance:survey-list": Row(RECORDS),
    "performance:victim-care-list": Row(RECORDS),
    "performance:victim-care-detail": Row(RECORDS, 404, REF),
    "performance:review-list": Row(RECORDS),
    "performance:review-new": Row(CHANGERS),
    "performance:review-edit": Row(CHANGERS, 404, REF),
    "performance:review-detail": Row(RECORDS, 404, REF),
    "performance:audit-list": Row(RECORDS),
    "performance:audit-new": Row(CHANGERS),
    "performance:audit-edit": Row(CHANGERS, 404, REF),
    "performance:audit-detail": Row(RECORDS, 404, REF),
    # API
    "api:schema": Row(EVERYBODY),
    "api:docs": Row(EVERYBODY),
    "api:unit-list": Row(EVERYBODY),
    "api:offence-code-list": Row(EVERYBODY),
    "api:outcome-code-list": Row(EVERYBODY),
    "api:crime-list": Row(RECORDS),
    "api:crime-list POST": Row(CHANGERS, 400),
    "api:crime-detail": Row(RECORDS, 404, REF),
    "api:crime-detail PATCH": Row(CHANGERS, 404, REF),
    "api:crime-cancel POST": Row(CHANGERS, 400, REF),
    "api:crime-reinstate POST": Row(CHANGERS, 400, REF),
    "api:crime-outcomes": Row(RECORDS, 404, REF),
    "api:crime-outcomes POST": Row(CHANGERS, 400, REF),
    "api:outcome-withdraw POST": Row(CHANGERS, 400, {**REF, "outcome": 0}),
    "api:crime-referral POST": Row(CHANGERS, 404, REF),
    "api:tag-list": Row(OFFICERS),
    "api:tag-list POST": Row(OFFICERS, 400),
    "api:tag-detail": Row(OFFICERS, 404, ONE),
    "api:tag-step POST": Row(OFFICERS, 404, {**ONE, "step": "fit"}),
    "api:tag-checks POST": Row(OFFICERS, 404, ONE),
    "api:tag-alerts POST": Row(OFFICERS, 404, ONE),
    "api:tag-alert-close POST": Row(OFFICERS, 404, {**ONE, "alert": 0}),
    "api:tag-unit-list": Row(OFFICERS),
    "api:bail-list": Row(OFFICERS),
    "api:bail-list POST": Row(OFFICERS, 400),
    "api:bail-detail": Row(OFFICERS, 404, ONE),
    "api:bail-step POST": Row(OFFICERS, 404, {**ONE, "step": "end"}),
    "api:rui-list POST": Row(OFFICERS, 400),
    "api:court-bail-list POST": Row(OFFICERS, 400),
    "api:remand-list": Row(OFFICERS),
    "api:remand-list POST": Row(OFFICERS, 400),
    "api:remand-detail": Row(OFFICERS, 404, ONE),
    "api:remand-result POST": Row(OFFICERS, 400, ONE),
    "api:remand-share POST": Row(OFFICERS, 400, ONE),
    "api:nominal-list": Row(OFFICERS),
    "api:nominal-list POST": Row(OFFICERS, 400),
    "api:nominal-detail": Row(OFFICERS, 404, ONE),
    "api:nominal-detail PATCH": Row(OFFICERS, 404, ONE),
    "api:nominal-parts": Row(OFFICERS, 404, {**ONE, "part": "alias"}),
    "api:nominal-parts POST": Row(OFFICERS, 404, {**ONE, "part": "alias"}),
    "api:nominal-part DELETE": Row(OFFICERS, 404, {**ONE, "part": "alias", "row": 0}),
    "api:nominal-priorities": Row(OFFICERS, 404, ONE),
    "api:nominal-priorities POST": Row(OFFICERS, 404, ONE),
    "api:nominal-merges POST": Row(SUPERVISORS, 404, ONE),
    "api:nominal-merge-undo POST": Row(SUPERVISORS, 404, {**ONE, "merge": 0}),
    "api:outcome-list": Row(RECORDS),
    "api:referral-list": Row(RECORDS),
    "api:arrest-list POST": Row(OFFICERS, 400),
    "api:arrest-detail": Row(OFFICERS, 404, ONE),
    "api:arrest-detention POST": Row(OFFICERS, 400, ONE),
    "api:attendance-list POST": Row(OFFICERS, 400),
    "api:custody-board": Row(OFFICERS),
    "api:custody-detail": Row(OFFICERS, 404, ONE),
    "api:custody-entries POST": Row(OFFICERS, 400, ONE),
    "api:custody-entry-withdraw POST": Row(OFFICERS, 400, {**ONE, "entry": 0}),
    "api:custody-end POST": Row(OFFICERS, 400, ONE),
    "api:cohort-list": Row(OFFICERS),
    "api:cohort-members": Row(OFFICERS, 404, SLUG),
    "api:cohort-members POST": Row(OFFICERS, 400, SLUG),
    "api:member-detail": Row(OFFICERS, 404, ONE),
    "api:member-step POST": Row(OFFICERS, 400, {**ONE, "step": "reviewed"}),
    "api:handover POST": Row(OFFICERS, 400, ONE),
    "api:my-work": Row(OFFICERS),
    "api:nominal-disposals": Row(OFFICERS, 404, ONE),
    "api:nominal-disposals POST": Row(OFFICERS, 400, ONE),
    "api:disposal-detail": Row(OFFICERS, 404, ONE),
    "api:disposal-step POST": Row(OFFICERS, 404, {**ONE, "step": "accept"}),
    "api:condition-step POST": Row(OFFICERS, 404, {**ONE, "condition": 0, "step": "met"}),
    "api:nominal-convictions": Row(OFFICERS, 404, ONE),
    "api:nominal-convictions POST": Row(OFFICERS, 400, ONE),
    "api:conviction-sentences POST": Row(OFFICERS, 404, ONE),
    "api:incident-list": Row(RECORDS),
    "api:incident-detail": Row(RECORDS, 404, REF),
    "api:call-list": Row(RECORDS),
    "api:survey-list": Row(RECORDS),
    "api:victim-care-list": Row(RECORDS),
    "api:review-list": Row(RECORDS),
    "api:audit-list": Row(RECORDS),
    "api:board-list": Row(BOARD),
    "api:board-detail": Row(BOARD, 404, SLUG),
    "api:indicator-list": Row(BOARD),
    "api:national": Row(BOARD, 404),
    "api:indicator-series": Row(BOARD, 404, SLUG),
    "api:indicator-rows": Row(RECORDS, 404, SLUG),
    "api:import-list": Row(IMPORTERS),
    "api:import-list POST": Row(IMPORTERS, 400),
    "api:import-detail": Row(IMPORTERS, 404, {"pk": ABSENT}),
    "api:import-confirm POST": Row(IMPORTERS, 404, {"pk": ABSENT}),
    "api:import-rejects": Row(IMPORTERS, 404, {"pk": ABSENT}),
}

# Django's admin makes a handful of addresses a kind of row. The longest beginning that fits decides.
ADMIN: dict[str, frozenset[str]] = {
    "admin:": frozenset(["administrator", "analyst", "manager"]),
    "admin:core_": ADMINISTRATORS,
    "admin:offenders_": ADMINISTRATORS,
    "admin:performance_comparisonrule": ADMINISTRATORS,
    "admin:performance_baseline": frozenset(["administrator", "analyst"]),
    "admin:performance_annotation": frozenset(["administrator", "analyst", "manager"]),
}
