from django.urls import path

from core.api import approvals, imports

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
    path("imports/", imports.ImportListApi.as_view(), name="import-list"),
    path("imports/<uuid:pk>/", imports.ImportDetailApi.as_view(), name="import-detail"),
    path("imports/<uuid:pk>/confirm/", imports.ImportConfirmApi.as_view(), name="import-confirm"),
    path("imports/<uuid:pk>/rejects/", imports.ImportRejectsApi.as_view(), name="import-rejects"),
]
