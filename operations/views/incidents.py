from core.access.permissions import Permission
from core.access.policy import requires
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
