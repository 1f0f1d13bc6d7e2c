from typing import Any

from django_tables2 import A, Column

from core.tables import DateColumn, DateTimeColumn, NumberColumn, Table
from offenders.models import Arrest, CohortReview, Crime, Detention, Disposal, TagDeployment
from offenders.tables import (
    ArrestTable,
    CohortReviewTable,
    CrimeTable,
    DetentionTable,
    DisposalTable,
    TagTable,
)
from operations.action_list import DoneActionTable
from operations.models import (
    Action,
    Assessment,
    FootwearMatch,
    FootwearScan,
    Incident,
    OperationArrest,
    OperationConviction,
    OperationVehicle,
    PackMovement,
    PlanningApplication,
    Scan,
)
from operations.prevention_tables import AssessmentTable, PackMovementTable, PlanningTable
from operations.result_lists import (
    FootwearMatchTable,
    FootwearScanTable,
    OperationArrestTable,
    OperationConvictionTable,
    OperationVehicleTable,
)
from operations.scan_list import ScanTable
from operations.tables import IncidentTable
from performance.models import (
    Call,
    IntegrityAudit,
    SupervisoryReview,
    SurveyResponse,
    VictimCareContract,
    Wait,
)

CRIME_LINK = ("offenders:crime-detail", {"ref": A("crime_ref")})


class CallTable(Table):
    caption = "Calls"
    noun = "calls"

    call_ref = Column("Reference")
    offered_at = DateTimeColumn(verbose_name="Offered")
    line = Column("Line", accessor="get_line_display", orderable=False)
    wait = Column("Answer", orderable=False)
    wait_seconds = NumberColumn(verbose_name="Seconds waited")

    class Meta(Table.Meta):
        empty_text = "No call matches this filter."

    def render_wait_seconds(self, value: float) -> str:
        return f"{value:g}"

    def render_wait(self, value: str) -> str:
        return str(Wait(value).label)


class SurveyResponseTable(Table):
    caption = "Survey answers"
    noun = "answers"

    response_ref = Column("Reference")
    responded_on = DateColumn(verbose_name="Answered")
    survey = Column("Survey", accessor="get_survey_display", orderable=False)
    question = Column("Question")
    is_positive = Column("Positive", orderable=False)
    district = Column("District", orderable=False)
    offence = Column("Offence", orderable=False)

    class Meta(Table.Meta):
        empty_text = "No answer matches this filter."

    def render_question(self, value: str) -> str:
        return value.replace("-", " ").capitalize()

    def render_is_positive(self, value: bool) -> str:
        return "Yes" if value else "No"


class VictimCareTable(Table):
    caption = "Victim care contracts"
    noun = "contracts"

    contract_ref = Column("Reference", linkify=("performance:victim-care-detail", {"ref": A("pk")}))
    crime_ref = Column("Crime", orderable=False, linkify=CRIME_LINK)
    department = Column("Department", orderable=False)
    opened_on = DateColumn(verbose_name="Opened")
    due_on = DateColumn(verbose_name="Due")
    contacted_on = DateColumn(verbose_name="Contacted", orderable=False)
    closed_on = DateColumn(verbose_name="Closed", orderable=False)

    class Meta(Table.Meta):
        empty_text = "No contract matches this filter."


class ReviewTable(Table):
    caption = "Supervisory reviews"
    noun = "reviews"

    review_ref = Column("Reference", linkify=("performance:review-detail", {"ref": A("pk")}))
    crime_ref = Column("Crime", orderable=False, linkify=CRIME_LINK)
    department = Column("Department", orderable=False)
    opened_on = DateColumn(verbose_name="Asked for")
    due_on = DateColumn(verbose_name="Due")
    done_on = DateColumn(verbose_name="Done", orderable=False)

    class Meta(Table.Meta):
        empty_text = "No review matches this filter."


class IntegrityAuditTable(Table):
    caption = "Crime data integrity audits"
    noun = "audits"

    audit_ref = Column("Reference", linkify=("performance:audit-detail", {"ref": A("pk")}))
    audited_on = DateColumn(verbose_name="Audited")
    subject = Column("Subject", orderable=False)
    district = Column("District", orderable=False)
    incidents_audited = NumberColumn("Incidents audited", orderable=False)
    crimes_required = NumberColumn("Crimes required")
    crimes_recorded = NumberColumn("Crimes recorded", orderable=False)

    class Meta(Table.Meta):
        empty_text = "No audit matches this filter."


# How the rows behind a figure are listed, by what they are; with the tables that the list reads.
TABLE_OF: dict[type[Any], type[Table]] = {
    Crime: CrimeTable,
    Incident: IncidentTable,
    Call: CallTable,
    SurveyResponse: SurveyResponseTable,
    VictimCareContract: VictimCareTable,
    SupervisoryReview: ReviewTable,
    IntegrityAudit: IntegrityAuditTable,
    Arrest: ArrestTable,
    Detention: DetentionTable,
    Disposal: DisposalTable,
    TagDeployment: TagTable,
    CohortReview: CohortReviewTable,
    OperationVehicle: OperationVehicleTable,
    OperationArrest: OperationArrestTable,
    OperationConviction: OperationConvictionTable,
    FootwearScan: FootwearScanTable,
    FootwearMatch: FootwearMatchTable,
    PackMovement: PackMovementTable,
    Assessment: AssessmentTable,
    PlanningApplication: PlanningTable,
    Action: DoneActionTable,
    Scan: ScanTable,
}
JOINED: dict[type[Any], tuple[str, ...]] = {
    Crime: ("offence", "district", "outcome"),
    Incident: ("district",),
    Call: (),
    SurveyResponse: ("district", "offence"),
    VictimCareContract: ("department",),
    SupervisoryReview: ("department",),
    IntegrityAudit: ("district",),
    Arrest: ("district",),
    Detention: ("district",),
    Disposal: ("district", "type"),
    TagDeployment: ("area",),
    CohortReview: ("unit",),
    OperationVehicle: ("area", "operation"),
    OperationArrest: ("district", "operation"),
    OperationConviction: ("area", "operation"),
    FootwearScan: ("district", "trial"),
    FootwearMatch: ("district",),
    PackMovement: ("place", "partner", "home"),
    Assessment: ("home",),
    PlanningApplication: ("district",),
    Action: ("unit",),
    Scan: ("area", "finished_by"),
}
