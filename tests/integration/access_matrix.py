"""Who gets which answer at every address of the project: the one list to read before a release.

A new address without a row fails the test beside this file. Where an address names a record, it
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
TOKENS = frozenset(["analyst", "machine"])
AUDITORS = frozenset(["auditor"])
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
    method: str = "get"
    anonymous: int = 0


PERSON = {"username": "nobody-of-this-name"}
ONE = {"pk": 0}
CRIME = {"ref": "not-there"}

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
    "core:person-link": Row(ADMINISTRATORS, 404, PERSON, "post"),
    "core:person-tokens": Row(ADMINISTRATORS, 404, PERSON),
    "core:token-list": Row(TOKENS),
    "core:token-revoke": Row(EVERYBODY, 404, ONE, "post"),  # then: one's own
    "core:saved-view-list": Row(EVERYBODY),
    "core:saved-view-create": Row(EVERYBODY),
    "core:saved-view-open": Row(EVERYBODY, 404, ONE),
    "core:saved-view-delete": Row(EVERYBODY, 404, ONE, "post"),  # then: one's own
    "core:import-list": Row(IMPORTERS),
    "core:import-new": Row(IMPORTERS),
    "core:import-detail": Row(IMPORTERS, 404, {"pk": ABSENT}),
    "core:import-confirm": Row(IMPORTERS, 404, {"pk": ABSENT}, "post"),
    "core:import-cancel": Row(IMPORTERS, 404, {"pk": ABSENT}, "post"),
    "core:import-rejects": Row(IMPORTERS, 404, {"pk": ABSENT}),
    "core:export-list": Row(EVERYBODY),
    "core:export-create": Row(EVERYBODY, 302, method="post"),  # then: the permission of its kind
    "core:export-detail": Row(EVERYBODY, 404, {"pk": ABSENT}),  # then: one's own
    "core:export-download": Row(EVERYBODY, 404, {"pk": ABSENT}),  # then: one's own
    "core:audit-list": Row(AUDITORS),
    # Offenders
    "offenders:crime-list": Row(RECORDS),
    "offenders:crime-new": Row(CHANGERS),
    "offenders:crime-detail": Row(RECORDS, 404, CRIME),
    "offenders:crime-edit": Row(CHANGERS, 404, CRIME),
    "offenders:crime-cancel": Row(CHANGERS, 404, CRIME),
    "offenders:outcome-new": Row(CHANGERS, 404, CRIME),
    "offenders:outcome-withdraw": Row(CHANGERS, 404, {**CRIME, "outcome": 0}),
    "offenders:referral-new": Row(CHANGERS, 404, CRIME),
    "offenders:outcome-list": Row(RECORDS),
    "offenders:referral-list": Row(RECORDS),
    # Operations
    "operations:incident-list": Row(RECORDS),
    # Performance
    "performance:published": Row(BOARD),
}

# Django's admin makes a handful of addresses a model; they all stand behind one gate.
MATRIX_OF_NAMESPACES: dict[str, frozenset[str]] = {"admin": ADMINISTRATORS}
