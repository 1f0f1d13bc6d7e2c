from core.exports.lists import export_of_list
from operations.filters import IncidentFilter
from operations.models import Incident

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
