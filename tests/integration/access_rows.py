"""Who there is, and what a row of the access matrix says."""

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
        "data-protection",
        "board-viewer",
        "auditor",
        "administrator",
        "machine",
    ]
)
WORLD = EVERYBODY | {ANONYMOUS}
NOBODY: frozenset[str] = frozenset()
BOARD = EVERYBODY - {"auditor", "data-protection"}
RECORDS = frozenset(["act-officer", "act-supervisor", "analyst", "manager", "machine"])
CHANGERS = frozenset(["act-officer", "act-supervisor", "analyst"])
IMPORTERS = frozenset(["analyst", "machine", "isd-staff"])  # then: the kinds of one's own work
EXPORTERS = frozenset(["act-supervisor", "analyst", "manager"])
OFFICERS = frozenset(["act-officer", "act-supervisor"])
PROTECTORS = frozenset(["data-protection"])
VIEWERS = OFFICERS | PROTECTORS  # of nominals
OPERATIONS = OFFICERS | {"analyst", "manager"}
SUPERVISORS = frozenset(["act-supervisor"])
REVIEWERS = SUPERVISORS | PROTECTORS
WORKERS = OFFICERS | {"isd-staff"}
TOKENS = frozenset(["analyst", "machine"])
AUDITORS = frozenset(["auditor"])
RECOMPUTERS = frozenset(["analyst", "administrator"])
ADMINISTRATORS = frozenset(["administrator"])
PAPER_READERS = frozenset(["analyst", "manager"])
WRITERS = frozenset(["analyst"])

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
