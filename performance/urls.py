from django.urls import path

from performance.views import published, records, written

app_name = "performance"

# A reference may hold slashes, so the longer addresses come first.
urlpatterns = [
    path("published/", published.published, name="published"),
    path("records/", records.record_kinds, name="record-kinds"),
    path("records/calls/", records.CallList.as_view(), name="call-list"),
    path("records/surveys/", records.SurveyResponseList.as_view(), name="survey-list"),
    path("records/victim-care/", records.VictimCareList.as_view(), name="victim-care-list"),
    path("records/reviews/", records.ReviewList.as_view(), name="review-list"),
    path("records/reviews/new/", written.ReviewNew.as_view(), name="review-new"),
    path("records/reviews/<path:ref>/edit/", written.ReviewEdit.as_view(), name="review-edit"),
    path("records/reviews/<path:ref>/", written.ReviewDetail.as_view(), name="review-detail"),
    path("records/integrity-audits/", records.IntegrityAuditList.as_view(), name="audit-list"),
    path("records/integrity-audits/new/", written.AuditNew.as_view(), name="audit-new"),
    path(
        "records/integrity-audits/<path:ref>/edit/", written.AuditEdit.as_view(), name="audit-edit"
    ),
    path(
        "records/integrity-audits/<path:ref>/", written.AuditDetail.as_view(), name="audit-detail"
    ),
]
