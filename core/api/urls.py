from django.urls import path

from core.api import imports

urlpatterns = [
    path("imports/", imports.ImportListApi.as_view(), name="import-list"),
    path("imports/<uuid:pk>/", imports.ImportDetailApi.as_view(), name="import-detail"),
    path("imports/<uuid:pk>/confirm/", imports.ImportConfirmApi.as_view(), name="import-confirm"),
    path("imports/<uuid:pk>/rejects/", imports.ImportRejectsApi.as_view(), name="import-rejects"),
]
