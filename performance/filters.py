from typing import Any

import django_filters

from core.filters import FromDay, IsSet, MonthFilter, RecordFilter, Sort, ToDay, UnitFilter, YesNo
from core.models import Unit, UnitKind
from offenders.filters import (
    ArrestFilter,
    CohortReviewFilter,
    CrimeFilter,
    DetentionFilter,
    DisposalFilter,
    TagFilter,
)
from offenders.models import (
    Arrest,
    CohortReview,
    Crime,
    Detention,
    Disposal,
    OffenceCode,
    TagDeployment,
)
from operations.action_list import ActionFilter
from operations.filters import IncidentFilter
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
from operations.prevention_filters import AssessmentFilter, PackMovementFilter, PlanningFilter
from operations.result_lists import (
    FootwearMatchFilter,
    FootwearScanFilter,
    OperationArrestFilter,
    OperationConvictionFilter,
    OperationVehicleFilter,
)
from operations.scan_list import ScanFilter
from performance.models import (
    Call,
    IntegrityAudit,
    Line,
    SupervisoryReview,
    Survey,
    SurveyResponse,
    VictimCareContract,
    Wait,
)


class CallFilter(RecordFilter):
    ref = django_filters.CharFilter(
        "call_ref", lookup_expr="startswith", label="Reference starts with"
    )
    month = MonthFilter("offered_month", label="Month offered")
    offered_from = FromDay("offered_at", month="offered_month", label="Offered from")
    offered_to = ToDay("offered_at", month="offered_month", label="Offered to")
    line = django_filters.ChoiceFilter(choices=Line, label="Line")
    wait = django_filters.ChoiceFilter(choices=Wait, label="Answer")
    sort = Sort(
        {
            "call_ref": ("call_ref",),
            "offered_at": ("offered_month", "offered_at"),
            "wait_seconds": ("wait_seconds",),
        }
    )

    class Meta:
        model = Call
        fields: list[str] = []


class SurveyResponseFilter(RecordFilter):
    ref = django_filters.CharFilter(
        "response_ref", lookup_expr="startswith", label="Reference starts with"
    )
    month = MonthFilter("responded_month")
    responded_from = FromDay("responded_on", label="Answered from")
    responded_to = ToDay("responded_on", label="Answered to")
    survey = django_filters.ChoiceFilter(choices=Survey, label="Survey")
    question = django_filters.CharFilter(label="Question")
    unit = UnitFilter()
    offence = django_filters.ModelChoiceFilter(
        queryset=OffenceCode.objects.all(), label="Offence class"
    )
    positive = YesNo("is_positive", label="Positive")
    sort = Sort(
        {
            "response_ref": ("response_ref",),
            "responded_on": ("responded_month", "responded_on"),
            "question": ("question",),
        }
    )

    class Meta:
        model = SurveyResponse
        fields: list[str] = []


def department() -> django_filters.ModelChoiceFilter:
    return django_filters.ModelChoiceFilter(
        queryset=Unit.objects.filter(kind=UnitKind.DEPARTMENT), label="Department"
    )


class VictimCareFilter(RecordFilter):
    ref = django_filters.CharFilter(
        "contract_ref", lookup_expr="startswith", label="Reference starts with"
    )
    crime_ref = django_filters.CharFilter("crime_ref", label="Crime reference")
    department = department()
    opened_from = FromDay("opened_on", label="Opened from")
    opened_to = ToDay("opened_on", label="Opened to")
    due_from = FromDay("due_on", label="Due from")
    due_to = ToDay("due_on", label="Due to")
    contacted = IsSet("contacted_on", label="Contacted")
    closed = IsSet("closed_on", label="Closed")
    sort = Sort(
        {
            "contract_ref": ("contract_ref",),
            "opened_on": ("opened_on",),
            "due_on": ("due_on",),
        }
    )

    class Meta:
        model = VictimCareContract
        fields: list[str] = []


class ReviewFilter(RecordFilter):
    ref = django_filters.CharFilter(
        "review_ref", lookup_expr="startswith", label="Reference starts with"
    )
    crime_ref = django_filters.CharFilter("crime_ref", label="Crime reference")
    department = department()
    opened_from = FromDay("opened_on", label="Asked for from")
    opened_to = ToDay("opened_on", label="Asked for to")
    due_from = FromDay("due_on", label="Due from")
    due_to = ToDay("due_on", label="Due to")
    done = IsSet("done_on", label="Done")
    sort = Sort(
        {
            "review_ref": ("review_ref",),
            "opened_on": ("opened_on",),
            "due_on": ("due_on",),
        }
    )

    class Meta:
        model = SupervisoryReview
        fields: list[str] = []


class IntegrityAuditFilter(RecordFilter):
    ref = django_filters.CharFilter(
        "audit_ref", lookup_expr="startswith", label="Reference starts with"
    )
    month = MonthFilter("audited_month")
    audited_from = FromDay("audited_on", label="Audited from")
    audited_to = ToDay("audited_on", label="Audited to")
    subject = django_filters.CharFilter(lookup_expr="icontains", label="Subject contains")
    unit = UnitFilter()
    sort = Sort(
        {
            "audit_ref": ("audit_ref",),
            "audited_on": ("audited_on",),
            "crimes_required": ("crimes_required",),
        }
    )

    class Meta:
        model = IntegrityAudit
        fields: list[str] = []


# The address of such a list already uses month, unit and period for the figure.
PREFIX = "with"
# The rows behind a figure are filtered further by what they are.
FILTER_OF: dict[type[Any], type[RecordFilter]] = {
    Crime: CrimeFilter,
    Incident: IncidentFilter,
    Call: CallFilter,
    SurveyResponse: SurveyResponseFilter,
    VictimCareContract: VictimCareFilter,
    SupervisoryReview: ReviewFilter,
    IntegrityAudit: IntegrityAuditFilter,
    Arrest: ArrestFilter,
    Detention: DetentionFilter,
    Disposal: DisposalFilter,
    TagDeployment: TagFilter,
    CohortReview: CohortReviewFilter,
    OperationVehicle: OperationVehicleFilter,
    OperationArrest: OperationArrestFilter,
    OperationConviction: OperationConvictionFilter,
    FootwearScan: FootwearScanFilter,
    FootwearMatch: FootwearMatchFilter,
    PackMovement: PackMovementFilter,
    Assessment: AssessmentFilter,
    PlanningApplication: PlanningFilter,
    Action: ActionFilter,
    Scan: ScanFilter,
}
KIND_OF: dict[type[Any], str] = {
    Crime: "crimes",
    Incident: "incidents",
    Call: "calls",
    SurveyResponse: "surveys",
    VictimCareContract: "victim-care",
    SupervisoryReview: "reviews",
    IntegrityAudit: "integrity-audits",
    Arrest: "arrests",
    Detention: "detentions",
    Disposal: "disposals",
    TagDeployment: "tags",
    CohortReview: "cohort-reviews",
    OperationVehicle: "operation-vehicles",
    OperationArrest: "operation-arrests",
    OperationConviction: "operation-convictions",
    FootwearScan: "footwear-scans",
    FootwearMatch: "footwear-matches",
    PackMovement: "pack-movements",
    Assessment: "assessments",
    PlanningApplication: "planning-applications",
    Action: "actions",
    Scan: "scans",
}
