from django.urls import path

from operations.views.actions import (
    ActionDetail,
    ActionList,
    ActionNew,
    ActionOf,
    ActionStepNew,
)
from operations.views.incidents import IncidentDetail, IncidentList

app_name = "operations"

urlpatterns = [
    path("actions/", ActionList.as_view(), name="action-list"),
    path("actions/new/", ActionNew.as_view(), name="action-new"),
    path("actions/<int:pk>/", ActionDetail.as_view(), name="action-detail"),
    path("actions/<int:pk>/steps/<slug:step>/", ActionStepNew.as_view(), name="action-step"),
    path("nominals/<int:pk>/actions/new/", ActionOf.as_view(), name="action-of"),
    path("records/incidents/", IncidentList.as_view(), name="incident-list"),
    path("records/incidents/<path:ref>/", IncidentDetail.as_view(), name="incident-detail"),
]
