"""Names are those of the record files, so that a file and a call read alike."""

from typing import Any

from rest_framework import serializers

from core.api.values import StrictInput
from core.models import Unit, UnitKind
from offenders.models import Crime, HubReferral, OffenceCode, Outcome, OutcomeCode

FACTS = [
    "recorded_at",
    "occurred_from",
    "occurred_to",
    "offence_code",
    "dwelling",
    "district",
    "department",
    "latitude",
    "longitude",
    "allocated",
    "has_victim",
]
WRITTEN = [*FACTS, "victim_ref"]  # the key of the victim is taken in, and never given out


class CrimeSerializer(serializers.ModelSerializer[Crime]):
    offence_code = serializers.CharField(source="offence_id")
    dwelling = serializers.BooleanField(source="is_dwelling", allow_null=True)
    allocated = serializers.BooleanField(source="is_allocated", allow_null=True)
    outcome_code = serializers.CharField(source="outcome_id", allow_null=True)

    class Meta:
        model = Crime
        fields = [
            "crime_ref",
            *FACTS,
            "cancelled_at",
            "outcome_code",
            "outcome_at",
            "referred_on",
            "version",
        ]


class CrimeInput(StrictInput, serializers.ModelSerializer[Crime]):
    """What a caller may say about a crime; everything else follows."""

    offence_code = serializers.PrimaryKeyRelatedField(
        source="offence", queryset=OffenceCode.objects.all()
    )
    dwelling = serializers.BooleanField(source="is_dwelling", allow_null=True, required=False)
    allocated = serializers.BooleanField(source="is_allocated", allow_null=True, required=False)
    district = serializers.PrimaryKeyRelatedField(
        queryset=Unit.objects.filter(kind=UnitKind.DISTRICT), allow_null=True, required=False
    )
    department = serializers.PrimaryKeyRelatedField(
        queryset=Unit.objects.filter(kind=UnitKind.DEPARTMENT), allow_null=True, required=False
    )

    class Meta:
        model = Crime
        fields = ["crime_ref", *WRITTEN]


class CrimeAmendInput(CrimeInput):
    """`version` is that of the crime as the caller read it."""

    version = serializers.IntegerField(min_value=1)

    class Meta(CrimeInput.Meta):
        fields = [*WRITTEN, "version"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in WRITTEN:
            self.fields[name].required = False


class CancelInput(StrictInput):
    cancelled_at = serializers.DateTimeField()
    reason = serializers.CharField(max_length=500)


class OutcomeSerializer(serializers.ModelSerializer[Outcome]):
    crime_ref = serializers.CharField(source="crime_id")
    outcome_code = serializers.CharField(source="code_id")

    class Meta:
        model = Outcome
        fields = ["id", "crime_ref", "outcome_code", "outcome_at", "cancelled_at"]


class OutcomeInput(StrictInput):
    outcome_code = serializers.PrimaryKeyRelatedField(queryset=OutcomeCode.objects.all())
    outcome_at = serializers.DateTimeField()


class ReasonInput(StrictInput):
    reason = serializers.CharField(max_length=500)


class HubReferralSerializer(serializers.ModelSerializer[HubReferral]):
    crime_ref = serializers.CharField(source="crime_id")

    class Meta:
        model = HubReferral
        fields = ["crime_ref", "referred_on"]


class ReferralInput(StrictInput):
    referred_on = serializers.DateField()


class OffenceCodeSerializer(serializers.ModelSerializer[OffenceCode]):
    class Meta:
        model = OffenceCode
        fields = ["code", "title", "subgroup", "group", "valid_from", "valid_to"]


class OutcomeCodeSerializer(serializers.ModelSerializer[OutcomeCode]):
    class Meta:
        model = OutcomeCode
        fields = ["code", "title", "group", "valid_from", "valid_to"]
