from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from core.access.permissions import Permission
from core.access.person import person
from core.access.policy import requires
from core.details import RecordDetail
from core.lists import RecordList
from performance.filters import (
    CallFilter,
    IntegrityAuditFilter,
    ReviewFilter,
    SurveyResponseFilter,
    VictimCareFilter,
)
from performance.models import (
    Call,
    IntegrityAudit,
    SupervisoryReview,
    SurveyResponse,
    VictimCareContract,
)
from performance.tables import (
    CallTable,
    IntegrityAuditTable,
    ReviewTable,
    SurveyResponseTable,
    VictimCareTable,
)

KINDS = (
    ("Crimes", "offenders:crime-list", "Recorded crimes, with outcomes and history."),
    ("Outcomes", "offenders:outcome-list", "Every outcome given, with those withdrawn."),
    ("Hub referrals", "offenders:referral-list", "Victims referred to the Victim and Witness Hub."),
    ("Incidents", "operations:incident-list", "Calls for service, graded and answered."),
    ("Calls", "performance:call-list", "999 and non-emergency calls offered and answered."),
    ("Survey answers", "performance:survey-list", "Victim satisfaction and public confidence."),
    ("Victim care contracts", "performance:victim-care-list", "When victims are to be told."),
    ("Supervisory reviews", "performance:review-list", "Reviews due and done, by department."),
    (
        "Crime data integrity audits",
        "performance:audit-list",
        "Whether crimes that should be recorded were.",
    ),
)


@requires(Permission.RECORD_VIEW)
def record_kinds(request: HttpRequest) -> HttpResponse:
    kinds = [(title, reverse(name), text) for title, name, text in KINDS]
    return render(request, "performance/record/kinds.html", {"kinds": kinds})


@requires(Permission.RECORD_VIEW)
class CallList(RecordList):
    queryset = Call.objects.order_by("-offered_month", "-offered_at", "call_ref")
    filterset_class = CallFilter
    table_class = CallTable
    title = "Calls"
    export_kind = "calls"


@requires(Permission.RECORD_VIEW)
class SurveyResponseList(RecordList):
    queryset = SurveyResponse.objects.select_related("district", "offence").order_by(
        "-responded_month", "-responded_on", "response_ref", "question"
    )
    filterset_class = SurveyResponseFilter
    table_class = SurveyResponseTable
    title = "Survey answers"
    export_kind = "surveys"


@requires(Permission.RECORD_VIEW)
class VictimCareList(RecordList):
    queryset = VictimCareContract.objects.select_related("department")
    filterset_class = VictimCareFilter
    table_class = VictimCareTable
    title = "Victim care contracts"
    export_kind = "victim-care"


@requires(Permission.RECORD_VIEW)
class VictimCareDetail(RecordDetail):
    queryset = VictimCareContract.objects.select_related("department")
    listed = ("Victim care contracts", "performance:victim-care-list")
    facts = ("department", "opened_on", "due_on", "contacted_on", "closed_on")


class WrittenList(RecordList):
    """Of a kind that people write here, so it has a button for a new one."""

    new = ("", "")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        name, label = self.new
        may_change = person(self.request).has(Permission.RECORD_CHANGE)
        return super().get_context_data(**kwargs) | {
            "new_url": reverse(name) if may_change else None,
            "new_label": label,
        }


@requires(Permission.RECORD_VIEW)
class ReviewList(WrittenList):
    queryset = SupervisoryReview.objects.select_related("department")
    filterset_class = ReviewFilter
    table_class = ReviewTable
    title = "Supervisory reviews"
    export_kind = "reviews"
    new = ("performance:review-new", "Ask for a review")


@requires(Permission.RECORD_VIEW)
class IntegrityAuditList(WrittenList):
    queryset = IntegrityAudit.objects.select_related("district")
    filterset_class = IntegrityAuditFilter
    table_class = IntegrityAuditTable
    title = "Crime data integrity audits"
    export_kind = "integrity-audits"
    new = ("performance:audit-new", "Record an audit")
