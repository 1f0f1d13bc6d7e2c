"""Which pages a browser walks, as whom, and with which records in them.

The list is the access matrix, so a new page is walked without being named here; one that shows a
record needs a line in `arguments`.
"""

from typing import Any

from core.models import ExportRun, User
from tests.factories.crimes import CrimeFactory
from tests.factories.outcomes import OutcomeFactory
from tests.factories.users import UserFactory
from tests.integration.access_matrix import MATRIX, Row

# Answers that are no page, and pages of the API's own documentation.
LEFT_OUT = (
    "api:",
    "healthz",
    "readyz",
    "metrics",
    "account_logout",
    "core:export-download",
    "core:saved-view-open",
    "mfa_",
)
SHOWN = {200, 404}  # 404: the matrix names a record that is not there; the walk one that is
# Between them they open everything: the first that may open a page walks it.
WALKERS = ("analyst", "administrator", "auditor", "manager", "act-officer")


def is_page(name: str, row: Row) -> bool:
    return not name.startswith(LEFT_OUT) and row.method == "get" and row.status in SHOWN


def names_for(role: str) -> list[str]:
    """The pages that this role walks, because no walker before it may open them."""
    before = set(WALKERS[: WALKERS.index(role)])
    return [
        name
        for name, row in MATRIX.items()
        if is_page(name, row) and role in row.allowed and not before & row.allowed
    ]


def arguments(viewer: User) -> dict[str, dict[str, Any]]:
    """Arguments of every address that names a record, of records made here."""
    crime = {"ref": CrimeFactory.create().pk}
    outcome = OutcomeFactory.create(crime_id=crime["ref"])
    person = {
        "username": UserFactory.create(username="someone", roles=["manager", "machine"]).username
    }
    export = ExportRun.objects.create(kind="crimes", format="csv", by=viewer)
    return {
        "core:person-detail": person,
        "core:person-change": person,
        "core:person-roles": person,
        "core:person-tokens": person,
        "core:export-detail": {"pk": export.pk},
        "offenders:crime-detail": crime,
        "offenders:crime-edit": crime,
        "offenders:crime-cancel": crime,
        "offenders:outcome-new": crime,
        "offenders:outcome-withdraw": {**crime, "outcome": outcome.pk},
        "offenders:referral-new": crime,
    }
