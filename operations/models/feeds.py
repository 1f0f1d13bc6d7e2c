"""How incidents are counted, and which of them a median response is taken over."""

from django.db.models import Q

from core.changes import Feed

# A later arrival is a slip of the record or an appointment, not a response.
LONGEST_RESPONSE = 48 * 3600.0

INCIDENT = Feed(
    name="incident",
    model="operations.Incident",
    month="opened_month",
    unit="district",
    dims=("grade", "category", "is_domestic", "is_covid"),
)
RESPONSE = Feed(
    name="response",
    model="operations.Incident",
    month="opened_month",
    unit="district",
    dims=("grade", "category", "is_domestic", "response_seconds"),
    where=Q(response_seconds__lte=LONGEST_RESPONSE),
    marks=True,
)

FEEDS = (INCIDENT, RESPONSE)
