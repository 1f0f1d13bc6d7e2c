from django.urls import path

from operations.api import operations, prevention_urls, trials
from operations.api.actions import ActionDetailApi, ActionListApi, ActionStepApi
from operations.api.incidents import IncidentDetailApi, IncidentListApi
from operations.api.scans import ScanDetailApi, ScanFinishApi, ScanListApi, ScanRowStepApi

urlpatterns = [
    path("scans/", ScanListApi.as_view(), name="scan-list"),
    path("scans/<int:pk>/", ScanDetailApi.as_view(), name="scan-detail"),
    path("scans/<int:pk>/finish/", ScanFinishApi.as_view(), name="scan-finish"),
    path(
        "scans/<int:pk>/rows/<int:position>/<slug:step>/",
        ScanRowStepApi.as_view(),
        name="scan-row-step",
    ),
    path("actions/", ActionListApi.as_view(), name="action-list"),
    path("actions/<int:pk>/", ActionDetailApi.as_view(), name="action-detail"),
    path("actions/<int:pk>/steps/<slug:step>/", ActionStepApi.as_view(), name="action-step"),
    path("incidents/", IncidentListApi.as_view(), name="incident-list"),
    path("incidents/<path:ref>/", IncidentDetailApi.as_view(), name="incident-detail"),
    path("operations/", operations.OperationListApi.as_view(), name="operation-list"),
    path(
        "operations/<slug:slug>/", operations.OperationDetailApi.as_view(), name="operation-detail"
    ),
    path(
        "operations/<slug:slug>/results/",
        operations.OperationResultsApi.as_view(),
        name="operation-results",
    ),
    path(
        "operations/<slug:slug>/steps/<slug:step>/",
        operations.OperationStepApi.as_view(),
        name="operation-step",
    ),
    path(
        "operations/<slug:slug>/parts/<slug:part>/",
        operations.OperationPartsApi.as_view(),
        name="operation-parts",
    ),
    path(
        "operations/<slug:slug>/parts/<slug:part>/<int:row>/",
        operations.OperationPartApi.as_view(),
        name="operation-part",
    ),
    path("trials/", trials.TrialListApi.as_view(), name="trial-list"),
    path("trials/<slug:slug>/", trials.TrialDetailApi.as_view(), name="trial-detail"),
    path("trials/<slug:slug>/test/", trials.TrialTestApi.as_view(), name="trial-test"),
    path("trials/<slug:slug>/results/", trials.TrialResultsApi.as_view(), name="trial-results"),
    path("trials/<slug:slug>/data/", trials.TrialDataApi.as_view(), name="trial-data"),
    path("footwear/", trials.FootwearListApi.as_view(), name="footwear-list"),
    path("footwear/<int:pk>/", trials.FootwearDetailApi.as_view(), name="footwear-detail"),
    path(
        "footwear/<int:pk>/matches/<int:match>/<slug:step>/",
        trials.FootwearStepApi.as_view(),
        name="footwear-step",
    ),
    *prevention_urls.urlpatterns,
]
