from django.urls import path

from operations import prevention_urls
from operations.views import footwear, operation_parts, operations, trials
from operations.views.actions import (
    ActionDetail,
    ActionList,
    ActionNew,
    ActionOf,
    ActionStepNew,
)
from operations.views.incidents import IncidentDetail, IncidentList
from operations.views.scans import (
    RowAction,
    RowLink,
    RowMark,
    ScanDetail,
    ScanFinish,
    ScanList,
    ScanNew,
    ScanSummary,
)

app_name = "operations"

urlpatterns = [
    path("actions/", ActionList.as_view(), name="action-list"),
    path("actions/new/", ActionNew.as_view(), name="action-new"),
    path("actions/<int:pk>/", ActionDetail.as_view(), name="action-detail"),
    path("actions/<int:pk>/steps/<slug:step>/", ActionStepNew.as_view(), name="action-step"),
    path("scans/", ScanList.as_view(), name="scan-list"),
    path("scans/new/", ScanNew.as_view(), name="scan-new"),
    path("scans/<int:pk>/", ScanDetail.as_view(), name="scan-detail"),
    path("scans/<int:pk>/summary/", ScanSummary.as_view(), name="scan-summary"),
    path("scans/<int:pk>/finish/", ScanFinish.as_view(), name="scan-finish"),
    path("scans/<int:pk>/rows/<int:position>/mark/", RowMark.as_view(), name="scan-row-mark"),
    path("scans/<int:pk>/rows/<int:position>/link/", RowLink.as_view(), name="scan-row-link"),
    path("scans/<int:pk>/rows/<int:position>/action/", RowAction.as_view(), name="scan-row-action"),
    path("nominals/<int:pk>/actions/new/", ActionOf.as_view(), name="action-of"),
    path("records/incidents/", IncidentList.as_view(), name="incident-list"),
    path("records/incidents/<path:ref>/", IncidentDetail.as_view(), name="incident-detail"),
    path("operations/", operations.OperationList.as_view(), name="operation-list"),
    path("operations/families/", operations.Families.as_view(), name="operation-families"),
    path("operations/new/", operations.OperationNew.as_view(), name="operation-new"),
    path("operations/<slug:slug>/", operations.OperationDetail.as_view(), name="operation-detail"),
    path("operations/<slug:slug>/edit/", operations.OperationEdit.as_view(), name="operation-edit"),
    path(
        "operations/<slug:slug>/achieved/",
        operations.Achieved.as_view(),
        name="operation-achieved",
    ),
    path(
        "operations/<slug:slug>/steps/<slug:step>/",
        operations.OperationStepNew.as_view(),
        name="operation-step",
    ),
    path(
        "operations/<slug:slug>/rows/<slug:figure>/",
        operation_parts.FigureRows.as_view(),
        name="operation-rows",
    ),
    path(
        "operations/<slug:slug>/parts/<slug:part>/new/",
        operation_parts.PartNew.as_view(),
        name="operation-part-new",
    ),
    path(
        "operations/<slug:slug>/parts/<slug:part>/<int:row>/edit/",
        operation_parts.PartEdit.as_view(),
        name="operation-part-edit",
    ),
    path(
        "operations/<slug:slug>/parts/<slug:part>/<int:row>/remove/",
        operation_parts.PartRemove.as_view(),
        name="operation-part-remove",
    ),
    path("trials/", trials.TrialList.as_view(), name="trial-list"),
    path("trials/new/", trials.TrialNew.as_view(), name="trial-new"),
    path("trials/<slug:slug>/", trials.TrialDetail.as_view(), name="trial-detail"),
    path("trials/<slug:slug>/edit/", trials.TrialEdit.as_view(), name="trial-edit"),
    path("trials/<slug:slug>/test/", trials.TrialTest.as_view(), name="trial-test"),
    path("trials/<slug:slug>/data/", trials.TrialDataPage.as_view(), name="trial-data"),
    path(
        "trials/<slug:slug>/results/new/", trials.TrialResultNew.as_view(), name="trial-result-new"
    ),
    path("nominals/<int:pk>/footwear/new/", footwear.ScanOf.as_view(), name="footwear-of"),
    path("arrests/<int:pk>/footwear/new/", footwear.ScanNew.as_view(), name="footwear-new"),
    path("footwear/<int:pk>/", footwear.ScanDetail.as_view(), name="footwear-detail"),
    path(
        "footwear/<int:pk>/matches/new/", footwear.CandidateNew.as_view(), name="footwear-match-new"
    ),
    path(
        "footwear/<int:pk>/matches/<int:match>/<slug:step>/",
        footwear.MatchStep.as_view(),
        name="footwear-step",
    ),
    *prevention_urls.urlpatterns,
]
