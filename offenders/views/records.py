from core.access.permissions import Permission
from core.access.policy import requires
from core.lists import RecordList
from offenders.filters import HubReferralFilter, OutcomeFilter
from offenders.models import HubReferral, Outcome
from offenders.tables import HubReferralTable, OutcomeTable


@requires(Permission.RECORD_VIEW)
class OutcomeList(RecordList):
    queryset = Outcome.objects.select_related("code")
    filterset_class = OutcomeFilter
    table_class = OutcomeTable
    title = "Outcomes"
    export_kind = "outcomes"


@requires(Permission.RECORD_VIEW)
class HubReferralList(RecordList):
    queryset = HubReferral.objects.all()
    filterset_class = HubReferralFilter
    table_class = HubReferralTable
    title = "Referrals to the Victim and Witness Hub"
    export_kind = "referrals"
