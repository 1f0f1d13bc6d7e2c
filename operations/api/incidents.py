from rest_framework import serializers

from core.access.permissions import Permission
from core.api.values import ValuesDetail, ValuesList
from operations.filters import IncidentFilter
from operations.models import Incident


class IncidentSerializer(serializers.ModelSerializer[Incident]):
    domestic = serializers.BooleanField(source="is_domestic")
    covid = serializers.BooleanField(source="is_covid")

    class Meta:
        model = Incident
        fields = [
            "incident_ref",
            "opened_at",
            "grade",
            "arrived_at",
            "response_seconds",
            "category",
            "domestic",
            "covid",
            "district",
            "crime_ref",
            "latitude",
            "longitude",
            "location",
        ]


class IncidentListApi(ValuesList):
    access = Permission.RECORD_VIEW
    queryset = Incident.objects.order_by("-opened_month", "-opened_at", "incident_ref")
    serializer_class = IncidentSerializer
    filterset_class = IncidentFilter


class IncidentDetailApi(ValuesDetail):
    access = Permission.RECORD_VIEW
    queryset = Incident.objects.all()
    serializer_class = IncidentSerializer
