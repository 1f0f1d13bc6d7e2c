from core.access.permissions import Permission
from core.access.policy import requires
from core.details import RecordDetail
from core.lists import RecordList
from operations.filters import IncidentFilter
from operations.models import Incident
from operations.tables import IncidentTable


@requires(Permission.RECORD_VIEW)
class IncidentList(RecordList):
    queryset = Incident.objects.select_related("district").order_by(
        "-opened_month", "-opened_at", "incident_ref"
    )
    filterset_class = IncidentFilter
    table_class = IncidentTable
    title = "Incidents"
    export_kind = "incidents"


@requires(Permission.RECORD_VIEW)
class IncidentDetail(RecordDetail):
    queryset = Incident.objects.select_related("district")
    listed = ("Incidents", "operations:incident-list")
    facts = (
        "opened_at",
        "grade",
        "category",
        "arrived_at",
        "district",
        "location",
        "latitude",
        "longitude",
        "is_domestic",
        "is_covid",
    )
