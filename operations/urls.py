from django.urls import path

from operations.views.incidents import IncidentList

app_name = "operations"

urlpatterns = [
    path("records/incidents/", IncidentList.as_view(), name="incident-list"),
]
