"""What somebody gets at an address of one person, by how that person's record stands: the one list to read.

Who gets through the gate at all stands in access_matrix.py; this begins behind it. Every address that
takes an argument belongs to one of the three lists of beginnings, the longest that fits; a new one that
fits none fails the test beside this file.
"""

# The words: shown, asked (say first what you work on), told (whom to ask, and no more), absent (as if
# there were no such record).
STANDINGS = {
    "own area": "shown",
    "other area": "asked",
    "joint operation": "shown",
    "masked": "told",
    "hidden": "absent",
    "excluded": "absent",
    "disposed": "absent",
}

# The person themselves.
ABOUT_ONE = (
    *(
        f"{place}:{noun}"
        for place in ("offenders", "api")
        for noun in ("nominal-", "part-", "priority-", "merge-", "conviction", "sentence-")
    ),
    *(
        f"offenders:{noun}-of"
        for noun in (
            "arrest",
            "attendance",
            "bail",
            "court-bail",
            "remand",
            "rui",
            "series",
            "tag",
        )
    ),
    "offenders:disposal-list",
    "offenders:disposal-new",
    "operations:action-of",
    "operations:footwear-of",
    "performance:tag-effect",
)
# Work on a record of theirs, which is a purpose by itself (ADR 0057): shown to another area too.
BY_TASK = (
    *(
        f"{place}:{noun}"
        for place in ("offenders", "api")
        for noun in (
            "arrest-",
            "attendance-",
            "bail-",
            "breach-decision",
            "condition-",
            "court-bail-",
            "custody-",
            "disposal-",
            "member-",
            "offence-",
            "remand-",
            "rui-",
            "tag-",
        )
    ),
    "operations:footwear-",
    "api:footwear-",
)

# About nobody, about many, or about who asks: they answer whatever somebody's standing is, and name
# nobody who is not shown.
ABOUT_OTHERS = (
    "account_",
    "mfa_",
    "openid_connect_",
    "core:",
    "performance:",
    "operations:",
    # What has to be decided of a record whoever may see it: tests/integration/test_retention.py and
    # test_subject_access.py hold it.
    "offenders:retention-",
    "offenders:hold-",
    "offenders:subject-access",
    "api:subject-access",
    "api:nominal-retention",
    "api:nominal-hold",
    "offenders:break-glass-",  # the log of those who opened one, for those who review
    "offenders:nominal-access",  # who is kept out, and why: for those who restrict
    "offenders:nominal-restrict",
    "offenders:nominal-lift",
    "offenders:nominal-clear",
    "offenders:nominal-exclude",
    "offenders:clearance-",
    "offenders:exclusion-",
    "api:nominal-access",
    "api:restriction-",
    "api:clearance",
    "api:exclusion",
    "offenders:crime-",
    "offenders:outcome-",
    "offenders:referral-",
    "offenders:series-",
    "offenders:cohort-",
    "offenders:handover",  # asks first whether somebody leads the person
    "offenders:tag-unit-",
    "offenders:tag-group-",
    "api:handover",
    "api:conviction-sentences",  # of a conviction that the record of this test has not
    "api:nominal-merge-undo",
    *(
        f"api:{noun}"
        for noun in (
            "action",
            "approval",
            "attachment",
            "board",
            "cohort",
            "crime",
            "document",
            "import",
            "incident",
            "indicator",
            "operation",
            "outcome",
            "pack",
            "paper",
            "planning",
            "property",
            "retention",
            "review",
            "scan",
            "series",
            "subscription",
            "trial",
            "works",
            "assessment",
            "awareness",
            "consultation",
            "estate",
            "watch",
        )
    ),
)


def wanted(key: str, standing: str) -> str:
    """One of the words; empty where the standing decides nothing. Raises ValueError for an address in no list."""
    starts = (*ABOUT_ONE, *BY_TASK, *ABOUT_OTHERS)
    if not (fits := [start for start in starts if key.startswith(start)]):
        raise ValueError(f"Say in standing_rows.py whether {key} is about one person.")
    nearest = max(fits, key=len)
    if nearest in ABOUT_OTHERS:
        return ""
    word = STANDINGS[standing]
    return "shown" if word == "asked" and nearest in BY_TASK else word
