from django.urls import path

from operations.api.incidents import IncidentDetailApi, IncidentListApi

urlpatterns = [
    path("incidents/", IncidentListApi.as_view(), name="incident-list"),
    path("incidents/<path:ref>/", IncidentDetailApi.as_view(), name="incident-detail"),
]
