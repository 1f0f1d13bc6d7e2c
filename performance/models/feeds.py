"""How calls, answers to surveys, contracts, reviews and audits are counted."""

from core.changes import Feed

CALL = Feed(name="call", model="performance.Call", month="offered_month", dims=("line", "wait"))
SURVEY = Feed(
    name="survey",
    model="performance.SurveyResponse",
    month="responded_month",
    unit="district",
    dims=("survey", "question", "offence", "is_positive"),
)
INTEGRITY_REQUIRED = Feed(
    name="integrity-required",
    model="performance.IntegrityAudit",
    month="audited_month",
    unit="district",
    weight="crimes_required",
)
INTEGRITY_RECORDED = Feed(
    name="integrity-recorded",
    model="performance.IntegrityAudit",
    month="audited_month",
    unit="district",
    weight="crimes_recorded",
)
VICTIM_CARE = Feed(
    name="victim-care",
    model="performance.VictimCareContract",
    month="opened_on",
    unit="department",
    dims=("opened_on", "due_on", "contacted_on", "closed_on"),
    until="closed_on",
    marks=True,
)
SUPERVISORY_REVIEW = Feed(
    name="supervisory-review",
    model="performance.SupervisoryReview",
    month="opened_on",
    unit="department",
    dims=("opened_on", "due_on", "done_on"),
    until="done_on",
    marks=True,
)


def _opened(name: str, live: Feed) -> Feed:
    """How far the records of a position reach."""
    return Feed(name, live.model, live.month, live.unit)


CONTRACTS_OPENED = _opened("contracts-opened", VICTIM_CARE)
REVIEWS_OPENED = _opened("reviews-opened", SUPERVISORY_REVIEW)

FEEDS = (
    CALL,
    SURVEY,
    INTEGRITY_REQUIRED,
    INTEGRITY_RECORDED,
    VICTIM_CARE,
    SUPERVISORY_REVIEW,
    CONTRACTS_OPENED,
    REVIEWS_OPENED,
)
