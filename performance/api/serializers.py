"""Names are those of the record files. What has no model (boards, series) is described for the schema."""

from typing import Any

from rest_framework import serializers

from core.models import Unit
from offenders.api.serializers import CrimeSerializer
from offenders.models import Arrest, CohortReview, Crime, Detention, Disposal, TagDeployment
from operations.api.incidents import IncidentSerializer
from operations.api.packs import MovementSerializer
from operations.api.prevention import AssessmentSerializer, PlanningSerializer
from operations.models import Action, Assessment, Incident, PackMovement, PlanningApplication, Scan
from performance.models import (
    Call,
    IntegrityAudit,
    SupervisoryReview,
    SurveyResponse,
    VictimCareContract,
)


class CallSerializer(serializers.ModelSerializer[Call]):
    class Meta:
        model = Call
        fields = ["call_ref", "line", "offered_at", "answered_at", "wait_seconds", "wait"]


class SurveyResponseSerializer(serializers.ModelSerializer[SurveyResponse]):
    offence_code = serializers.CharField(source="offence_id", allow_null=True)
    positive = serializers.BooleanField(source="is_positive")

    class Meta:
        model = SurveyResponse
        fields = [
            "response_ref",
            "survey",
            "responded_on",
            "district",
            "offence_code",
            "question",
            "positive",
        ]


class VictimCareSerializer(serializers.ModelSerializer[VictimCareContract]):
    class Meta:
        model = VictimCareContract
        fields = [
            "contract_ref",
            "crime_ref",
            "department",
            "opened_on",
            "due_on",
            "contacted_on",
            "closed_on",
        ]


class ReviewSerializer(serializers.ModelSerializer[SupervisoryReview]):
    class Meta:
        model = SupervisoryReview
        fields = [
            "review_ref",
            "crime_ref",
            "department",
            "opened_on",
            "due_on",
            "done_on",
            "direction",
        ]


class IntegrityAuditSerializer(serializers.ModelSerializer[IntegrityAudit]):
    class Meta:
        model = IntegrityAudit
        fields = [
            "audit_ref",
            "audited_on",
            "subject",
            "district",
            "incidents_audited",
            "crimes_required",
            "crimes_recorded",
            "finding",
            "action",
        ]


class UnitSerializer(serializers.ModelSerializer[Unit]):
    class Meta:
        model = Unit
        fields = ["code", "name", "kind", "parent", "gss_code", "valid_from", "valid_to"]


class ArrestRowSerializer(serializers.ModelSerializer[Arrest]):
    """Behind a figure: without who was arrested."""

    class Meta:
        model = Arrest
        fields = ["id", "arrested_at", "district", "operation"]


class DetentionRowSerializer(serializers.ModelSerializer[Detention]):
    """Behind a figure: without who was held."""

    class Meta:
        model = Detention
        fields = ["id", "ended_at", "result", "hours_used", "district"]


class CohortReviewRowSerializer(serializers.ModelSerializer[CohortReview]):
    """Behind a figure: without who is to be reviewed."""

    class Meta:
        model = CohortReview
        fields = ["id", "unit", "opened_on", "due_on", "done_on"]


class DisposalRowSerializer(serializers.ModelSerializer[Disposal]):
    """Behind a figure: without whose it was."""

    class Meta:
        model = Disposal
        fields = ["id", "given_at", "type", "tier", "state", "district"]


class TagRowSerializer(serializers.ModelSerializer[TagDeployment]):
    """Behind a figure: without who wore it."""

    class Meta:
        model = TagDeployment
        fields = ["id", "basis", "area", "fitted_at", "ended_at", "days_worn"]


class ActionRowSerializer(serializers.ModelSerializer[Action]):
    """Behind a figure: without whom or what it was about."""

    class Meta:
        model = Action
        fields = ["id", "kind", "aim", "unit", "due_at", "closed_at", "is_in_time"]


class ScanRowsSerializer(serializers.ModelSerializer[Scan]):
    class Meta:
        model = Scan
        fields = ["id", "area", "covers", "started_at", "finished_at"]


SERIALIZER_OF: dict[type[Any], type[serializers.ModelSerializer[Any]]] = {
    Crime: CrimeSerializer,
    Incident: IncidentSerializer,
    Call: CallSerializer,
    SurveyResponse: SurveyResponseSerializer,
    VictimCareContract: VictimCareSerializer,
    SupervisoryReview: ReviewSerializer,
    IntegrityAudit: IntegrityAuditSerializer,
    Arrest: ArrestRowSerializer,
    Detention: DetentionRowSerializer,
    Disposal: DisposalRowSerializer,
    TagDeployment: TagRowSerializer,
    CohortReview: CohortReviewRowSerializer,
    PackMovement: MovementSerializer,
    Assessment: AssessmentSerializer,
    PlanningApplication: PlanningSerializer,
    Action: ActionRowSerializer,
    Scan: ScanRowsSerializer,
}
