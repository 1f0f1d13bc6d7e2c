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
# How far contracts and reviews reach.
CONTRACTS_OPENED = Feed(
    name="contracts-opened",
    model="performance.VictimCareContract",
    month="opened_on",
    unit="department",
)
REVIEWS_OPENED = Feed(
    name="reviews-opened",
    model="performance.SupervisoryReview",
    month="opened_on",
    unit="department",
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
