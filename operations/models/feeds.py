"""How the records of operations are counted, and which of them a median response is taken over."""

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

# Actions by the month they were done in; what was cancelled was not done.
ACTION_DONE = Feed(
    name="action-done",
    model="operations.Action",
    month="closed_month",
    unit="unit",
    dims=("kind", "aim", "is_in_time"),
    where=Q(state="done"),
)
SCAN_FINISHED = Feed(
    name="scan-finished",
    model="operations.Scan",
    month="finished_month",
    unit="area",
    where=Q(finished_month__isnull=False),
)
# Days of an area with a finished scan: each once, however many scans it had.
SCAN_DAY = Feed(
    name="scan-day",
    model="operations.Scan",
    month="covers",
    unit="area",
    where=Q(covers__isnull=False),
)

# A vehicle that two operations share is counted by its first entry.
VEHICLE_RECOVERED = Feed(
    name="vehicle-recovered",
    model="operations.OperationVehicle",
    month="recovered_month",
    unit="area",
    where=Q(recovered_month__isnull=False, shared_from__isnull=True),
)
OPERATION_ARREST = Feed(
    name="operation-arrest",
    model="operations.OperationArrest",
    month="arrested_month",
    unit="district",
)
OPERATION_CHARGE = Feed(
    name="operation-charge",
    model="operations.OperationArrest",
    month="charged_month",
    unit="district",
    where=Q(charged_month__isnull=False),
)
OPERATION_CONVICTION = Feed(
    name="operation-conviction",
    model="operations.OperationConviction",
    month="convicted_month",
    unit="area",
)
FOOTWEAR_SCAN = Feed(
    name="footwear-scan",
    model="operations.FootwearScan",
    month="scanned_month",
    unit="district",
)
FOOTWEAR_DECIDED = Feed(
    name="footwear-decided",
    model="operations.FootwearMatch",
    month="decided_month",
    unit="district",
    dims=("state",),
    where=Q(decided_month__isnull=False),
)
OPERATIONS = (
    VEHICLE_RECOVERED,
    OPERATION_ARREST,
    OPERATION_CHARGE,
    OPERATION_CONVICTION,
    FOOTWEAR_SCAN,
    FOOTWEAR_DECIDED,
)

INCIDENTS = (INCIDENT, RESPONSE)
FEEDS = (*INCIDENTS, ACTION_DONE, SCAN_FINISHED, SCAN_DAY, *OPERATIONS)
