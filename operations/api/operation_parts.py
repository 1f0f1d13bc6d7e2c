"""How each part of an operation is written in the API."""

from typing import Any

from rest_framework import serializers

from operations.models import (
    OperationArrest,
    OperationConviction,
    OperationCrime,
    OperationForce,
    OperationNominal,
    OperationOfficer,
    OperationPremises,
    OperationProperty,
    OperationVehicle,
)


class PartSerializer(serializers.ModelSerializer[Any]):
    """The service checks the record; here are only names and types."""

    def get_validators(self) -> list[Any]:
        return []

    def to_internal_value(self, data: Any) -> Any:
        unknown = sorted(set(data) - set(self.fields)) if isinstance(data, dict) else []
        if unknown:
            raise serializers.ValidationError(
                {name: ["There is no such field."] for name in unknown}
            )
        return super().to_internal_value(data)


def _part(model_class: Any, *names: str, read_only: tuple[str, ...] = ()) -> Any:
    class Meta:
        model = model_class
        fields = ["id", *names, *read_only, "version"]
        read_only_fields = [*read_only, "version"]

    return type(f"{model_class.__name__}Serializer", (PartSerializer,), {"Meta": Meta})


class OperationVehicleSerializer(PartSerializer):
    is_shared = serializers.BooleanField(write_only=True, default=False)

    class Meta:
        model = OperationVehicle
        fields = [
            "id",
            "registration",
            "description",
            "value",
            "stolen_on",
            "recovered_on",
            "county",
            "force",
            "area",
            "is_shared",
            "shared_from",
            "version",
        ]
        read_only_fields = ["shared_from", "version"]


PART_SERIALIZERS: dict[str, Any] = {
    "officer": _part(OperationOfficer, "officer", "area", "role", "since", "until"),
    "nominal": _part(OperationNominal, "nominal", "part", "since", "until", "note"),
    "arrest": _part(OperationArrest, "arrest", read_only=("arrested_on", "charged_on", "district")),
    "conviction": _part(OperationConviction, "conviction", read_only=("convicted_on", "area")),
    "crime": _part(OperationCrime, "crime"),
    "vehicle": OperationVehicleSerializer,
    "premises": _part(OperationPremises, "kind", "line", "town", "found_on", "note"),
    "property": _part(OperationProperty, "description", "value", "recovered_on", "area"),
    "county": _part(OperationForce, "county", "force", "note"),
}
