"""How the records of operations are counted, and which of them a median response is taken over."""

from django.db.models import Q

from core.changes import Feed, dated

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
SCAN_FINISHED = dated("scan-finished", "operations.Scan", "finished_month", "area")
# Days of an area with a finished scan: each once, however many scans it had.
SCAN_DAY = dated("scan-day", "operations.Scan", "covers", "area")

# A vehicle that two operations share is counted by its first entry.
VEHICLE_RECOVERED = dated(
    "vehicle-recovered",
    "operations.OperationVehicle",
    "recovered_month",
    "area",
    shared_from__isnull=True,
)
OPERATION_ARREST = Feed(
    "operation-arrest", "operations.OperationArrest", "arrested_month", "district"
)
OPERATION_CHARGE = dated(
    "operation-charge", "operations.OperationArrest", "charged_month", "district"
)
OPERATION_CONVICTION = Feed(
    "operation-conviction", "operations.OperationConviction", "convicted_month", "area"
)
FOOTWEAR_SCAN = Feed("footwear-scan", "operations.FootwearScan", "scanned_month", "district")
FOOTWEAR_DECIDED = dated(
    "footwear-decided", "operations.FootwearMatch", "decided_month", "district", dims=("state",)
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
