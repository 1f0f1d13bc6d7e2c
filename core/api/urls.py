from django.urls import path

from core.api import approvals, documents, imports

urlpatterns = [
    path("approvals/", approvals.ApprovalListApi.as_view(), name="approval-list"),
    path("approvals/<int:pk>/", approvals.ApprovalDetailApi.as_view(), name="approval-detail"),
    path(
        "approvals/<int:pk>/decision/",
        approvals.ApprovalDecisionApi.as_view(),
        name="approval-decision",
    ),
    path(
        "approvals/<int:pk>/withdraw/",
        approvals.ApprovalWithdrawApi.as_view(),
        name="approval-withdraw",
    ),
    path("documents/<uuid:pk>/file/", documents.DocumentFileApi.as_view(), name="document-file"),
    path(
        "documents/<uuid:pk>/removal/",
        documents.DocumentRemoveApi.as_view(),
        name="document-removal",
    ),
    path(
        "documents/<slug:owner>/<str:key>/",
        documents.DocumentListApi.as_view(),
        name="document-list",
    ),
    path("imports/", imports.ImportListApi.as_view(), name="import-list"),
    path("imports/<uuid:pk>/", imports.ImportDetailApi.as_view(), name="import-detail"),
    path("imports/<uuid:pk>/confirm/", imports.ImportConfirmApi.as_view(), name="import-confirm"),
    path("imports/<uuid:pk>/rejects/", imports.ImportRejectsApi.as_view(), name="import-rejects"),
]
