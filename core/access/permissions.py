from enum import StrEnum, auto


class Permission(StrEnum):
    """What somebody may do. Never stored: the database holds the slugs of roles, the code their meaning."""

    BOARD_VIEW = auto()

    RECORD_VIEW = auto()
    RECORD_CHANGE = auto()
    RECORD_IMPORT = auto()
    RECORD_EXPORT = auto()

    NOMINAL_VIEW = auto()
    NOMINAL_CHANGE = auto()
    NOMINAL_SUPERVISE = auto()
    NOMINAL_REVIEW = auto()  # retention: review, propose, approve, simulate
    NOMINAL_DISCLOSE = auto()  # subject access

    PEOPLE_ANALYSE = auto()  # rows without names

    ACTION_VIEW = auto()
    ACTION_CHANGE = auto()
    ACTION_SUPERVISE = auto()
    SCAN_CHANGE = auto()
    PREVENTION_VIEW = auto()
    PREVENTION_CHANGE = auto()

    OPERATION_VIEW = auto()
    OPERATION_CHANGE = auto()

    REFERENCE_CHANGE = auto()
    FIGURES_RECOMPUTE = auto()
    BASELINE_CHANGE = auto()
    ANNOTATION_CHANGE = auto()

    PAPER_VIEW = auto()
    PAPER_WRITE = auto()
    PAPER_RELEASE = auto()

    AUDIT_VIEW = auto()
    USER_MANAGE = auto()
    API_TOKEN = auto()


# What opens pages about people, by name: a new one of that name is among them without being told.
ABOUT_PEOPLE = frozenset(one for one in Permission if one.name.startswith("NOMINAL_"))
