from collections.abc import Iterable
from dataclasses import dataclass

from core.access.permissions import Permission

P = Permission
MACHINE = "machine"  # no person: an administrator may hold its tokens
ADMINISTRATOR = "administrator"
POWERFUL = frozenset([ADMINISTRATOR, "auditor"])  # a second administrator approves their grant


@dataclass(frozen=True)
class Role:
    """`slug` is what a grant stores, so it may not change; everything else may."""

    slug: str
    name: str
    description: str
    permissions: frozenset[Permission]


def _role(slug: str, name: str, description: str, *permissions: Permission) -> Role:
    return Role(slug, name, description, frozenset(permissions))


ROLES: tuple[Role, ...] = (
    _role(
        "act-officer",
        "ACT officer",
        "Works crimes and nominals of the Acquisitive Crime Team: sees and corrects records, logs "
        "arrests, custody, disposals and tags, works through the daily scan, runs operations and "
        "trials, reads the boards.",
        P.BOARD_VIEW,
        P.RECORD_VIEW,
        P.RECORD_CHANGE,
        P.NOMINAL_VIEW,
        P.NOMINAL_CHANGE,
        P.ACTION_VIEW,
        P.ACTION_CHANGE,
        P.SCAN_CHANGE,
        P.OPERATION_VIEW,
        P.OPERATION_CHANGE,
        P.PREVENTION_VIEW,
    ),
    _role(
        "act-supervisor",
        "ACT supervisor",
        "Leads a team: everything an officer does, decides on the cohort, merges nominals, "
        "reviews how long records are kept, and takes lists of records away as files.",
        P.BOARD_VIEW,
        P.RECORD_VIEW,
        P.RECORD_CHANGE,
        P.RECORD_EXPORT,
        P.NOMINAL_VIEW,
        P.NOMINAL_CHANGE,
        P.NOMINAL_SUPERVISE,
        P.NOMINAL_REVIEW,
        P.ACTION_VIEW,
        P.ACTION_CHANGE,
        P.ACTION_SUPERVISE,
        P.SCAN_CHANGE,
        P.OPERATION_VIEW,
        P.OPERATION_CHANGE,
        P.PREVENTION_VIEW,
    ),
    _role(
        "isd-staff",
        "ISD staff",
        "Records crime prevention work (packs, homes, planning answers, the community), does the "
        "actions given to them and reads the boards. Sees no crime records, and no person.",
        P.BOARD_VIEW,
        P.ACTION_VIEW,
        P.ACTION_CHANGE,
        P.PREVENTION_VIEW,
        P.PREVENTION_CHANGE,
    ),
    _role(
        "analyst",
        "Performance analyst",
        "Keeps the figures: imports and corrects records, sets baselines, notes what explains a "
        "change, recomputes; writes the board paper. Sees people as rows without names.",
        P.BOARD_VIEW,
        P.RECORD_VIEW,
        P.RECORD_CHANGE,
        P.RECORD_IMPORT,
        P.RECORD_EXPORT,
        P.PEOPLE_ANALYSE,
        P.PREVENTION_VIEW,
        P.FIGURES_RECOMPUTE,
        P.BASELINE_CHANGE,
        P.OPERATION_VIEW,
        P.ANNOTATION_CHANGE,
        P.PAPER_VIEW,
        P.PAPER_WRITE,
        P.API_TOKEN,
    ),
    _role(
        "manager",
        "Manager",
        "Answers for a board: opens any figure to the records beneath it and takes them away, "
        "checks and releases the board paper.",
        P.BOARD_VIEW,
        P.RECORD_VIEW,
        P.RECORD_EXPORT,
        P.OPERATION_VIEW,
        P.PREVENTION_VIEW,
        P.ANNOTATION_CHANGE,
        P.PAPER_VIEW,
        P.PAPER_RELEASE,
    ),
    _role(
        "data-protection",
        "Records and data protection",
        "Reviews how long records of people are kept, proposes and approves their disposal, answers "
        "requests for access to one's own data. Sees nominals, and changes nothing of them.",
        P.NOMINAL_VIEW,
        P.NOMINAL_REVIEW,
        P.NOMINAL_DISCLOSE,
    ),
    _role(
        "board-viewer",
        "Board viewer",
        "Reads the boards and their figures. Sees no records.",
        P.BOARD_VIEW,
    ),
    _role(
        "auditor",
        "Auditor",
        "Reads the log of who did what. Sees no boards and no records, and this reading is logged.",
        P.AUDIT_VIEW,
    ),
    _role(
        ADMINISTRATOR,
        "Administrator",
        "Gives and takes roles, keeps reference data. Sees no records.",
        P.BOARD_VIEW,
        P.USER_MANAGE,
        P.REFERENCE_CHANGE,
        P.FIGURES_RECOMPUTE,
    ),
    _role(
        MACHINE,
        "Machine account",
        "Another system that sends records and reads boards through the API, with a token.",
        P.BOARD_VIEW,
        P.RECORD_VIEW,
        P.RECORD_IMPORT,
        P.API_TOKEN,
    ),
)

BY_SLUG: dict[str, Role] = {role.slug: role for role in ROLES}


def choices() -> list[tuple[str, str]]:
    """For model and form fields. A callable, so that a new role makes no migration."""
    return [(role.slug, role.name) for role in ROLES]


def permissions_of(slugs: Iterable[str]) -> frozenset[Permission]:
    """A slug that the code no longer knows gives nothing."""
    held = (BY_SLUG[slug].permissions for slug in slugs if slug in BY_SLUG)
    return frozenset().union(*held)
