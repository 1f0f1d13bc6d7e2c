from django.urls import path

from operations.views.incidents import IncidentDetail, IncidentList

app_name = "operations"

urlpatterns = [
    path("records/incidents/", IncidentList.as_view(), name="incident-list"),
    path("records/incidents/<path:ref>/", IncidentDetail.as_view(), name="incident-detail"),
]
