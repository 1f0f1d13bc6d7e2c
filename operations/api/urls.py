from django.urls import path

from operations.api.actions import ActionDetailApi, ActionListApi, ActionStepApi
from operations.api.incidents import IncidentDetailApi, IncidentListApi

urlpatterns = [
    path("actions/", ActionListApi.as_view(), name="action-list"),
    path("actions/<int:pk>/", ActionDetailApi.as_view(), name="action-detail"),
    path("actions/<int:pk>/steps/<slug:step>/", ActionStepApi.as_view(), name="action-step"),
    path("incidents/", IncidentListApi.as_view(), name="incident-list"),
    path("incidents/<path:ref>/", IncidentDetailApi.as_view(), name="incident-detail"),
]
