from core.exports.lists import export_of_list
from operations import (
    operation_exports,
    prevention_exports,  # noqa: F401  # declares its own
)
from operations.action_list import ActionFilter
from operations.filters import IncidentFilter
from operations.models import Action, Incident, Scan
from operations.scan_list import ScanFilter

__all__ = ["INCIDENT_COLUMNS", "operation_exports"]

INCIDENT_COLUMNS = {
    "incident_ref": "incident_ref",
    "opened_at": "opened_at",
    "grade": "grade",
    "arrived_at": "arrived_at",
    "category": "category",
    "domestic": "is_domestic",
    "covid": "is_covid",
    "district": "district_id",
    "crime_ref": "crime_ref",
    "latitude": "latitude",
    "longitude": "longitude",
    "location": "location",
}

export_of_list("incidents", "Incidents", Incident.objects.all(), IncidentFilter, INCIDENT_COLUMNS)

# Neither whom it is about nor what was written of them.
ACTION_COLUMNS = {
    "action": "id",
    "kind": "kind",
    "aim": "aim",
    "state": "state",
    "owner": "owner__username",
    "unit": "unit_id",
    "raised_at": "raised_at",
    "due_at": "due_at",
    "closed_at": "closed_at",
    "in_time": "is_in_time",
}

export_of_list("actions", "Actions", Action.objects.all(), ActionFilter, ACTION_COLUMNS)

DAILY_SCAN_COLUMNS = {
    "scan": "id",
    "area": "area_id",
    "covers": "covers",
    "records_from": "starts_at",
    "records_to": "ends_at",
    "started_at": "started_at",
    "started_by": "started_by__username",
    "finished_at": "finished_at",
    "finished_by": "finished_by__username",
}

export_of_list("scans", "Daily scans", Scan.objects.finished(), ScanFilter, DAILY_SCAN_COLUMNS)
