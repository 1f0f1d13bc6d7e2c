from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from core.api.values import StrictInput
from core.models import User
from offenders.api.nominal_fields import NominalByRef
from offenders.forms.nominals import PARTS
from offenders.models import Nominal, NominalMerge, Priority
from offenders.selectors.officers import officers
from offenders.services.nominals import BY_HANDOVER

FACTS = [
    "surname",
    "forenames",
    "date_of_birth",
    "sex",
    "ethnicity",
    "pnc_id",
    "custody_ref",
    "unit",
    "lead",
    "second",
    "note",
]
LEVELS = ["threat", "risk", "harm", "vulnerability"]


class NominalSerializer(serializers.ModelSerializer[Nominal]):
    lead = serializers.CharField(source="lead_officer__username")
    second = serializers.CharField(source="second_officer__username", allow_null=True)
    priority_total = serializers.IntegerField(allow_null=True, help_text="Of twelve")

    class Meta:
        model = Nominal
        fields = ["id", "ref", *FACTS, "priority_total", "merged_into", "merged_at", "version"]


WITHOUT_LEAD = [name for name in FACTS if name != "lead"]


class NominalChangeInput(StrictInput, serializers.ModelSerializer[Nominal]):
    """Officers by their user names."""

    second = serializers.SlugRelatedField(
        "username",
        source="second_officer",
        queryset=User.objects.none(),
        required=False,
        allow_null=True,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in {"lead", "second"} & set(self.fields):
            field: Any = self.fields[name]
            field.queryset = officers()


class NominalInput(NominalChangeInput):
    """`none_of_these`: the likely duplicates of the last refusal are other people."""

    lead = serializers.SlugRelatedField(
        "username", source="lead_officer", queryset=User.objects.none(), required=False
    )
    none_of_these = serializers.BooleanField(required=False, default=False)

    class Meta:
        model = Nominal
        fields = ["ref", *FACTS, "none_of_these"]
        extra_kwargs = {"ref": {"required": False}}


class NominalAmendInput(NominalChangeInput):
    """`version` is that of the nominal as the caller read it. `lead` changes by a handover."""

    version = serializers.IntegerField(min_value=1)

    class Meta:
        model = Nominal
        fields = [*WITHOUT_LEAD, "version"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in WITHOUT_LEAD:
            self.fields[name].required = False

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict) and "lead" in data:
            raise serializers.ValidationError({"lead": [BY_HANDOVER]})
        return super().to_internal_value(data)


class PrioritySerializer(serializers.ModelSerializer[Priority]):
    decided_by = serializers.CharField(source="decided_by.username")
    word = serializers.CharField()

    class Meta:
        model = Priority
        fields = ["id", *LEVELS, "total", "word", "reason", "decided_by", "decided_at"]


class PriorityInput(StrictInput, serializers.ModelSerializer[Priority]):
    class Meta:
        model = Priority
        fields = [*LEVELS, "reason"]


class NominalReasonInput(StrictInput):
    reason = serializers.CharField(max_length=500)


class MergeInput(NominalReasonInput):
    """`gone` is the reference of the duplicate."""

    gone = NominalByRef()


class MergeSerializer(serializers.ModelSerializer[NominalMerge]):
    class Meta:
        model = NominalMerge
        fields = ["id", "kept", "gone", "reason", "merged_at", "undone_at"]


def _part_serializer(slug: str) -> type[serializers.ModelSerializer[Any]]:
    """The fields of the form, with the key of the row and its version."""
    kind = PARTS[slug]
    names: list[str] = list(kind.form.base_fields)

    class Meta:
        model = kind.model
        fields = ["id", *names]
        read_only_fields = ["id", "version"]
        validators: list[Any] = []  # the service checks the row: it knows whose it is

    name = f"{kind.model.__name__}Serializer"
    parents = (StrictInput, serializers.ModelSerializer)
    own: dict[str, Any] = {"Meta": Meta}
    if slug == "association":
        own["other"] = NominalByRef()
    return type(name, parents, own)


def _part_change(slug: str) -> type[serializers.ModelSerializer[Any]]:
    """Any of the fields, and the version of the row as the caller read it."""
    kept: Any = _part_serializer(slug)
    names = [name for name in kept.Meta.fields if name not in {"id", "version"}]

    class Meta(kept.Meta):
        fields = ["version", *names]
        read_only_fields: list[str] = []
        extra_kwargs = {name: {"required": False} for name in names}

    own: dict[str, Any] = {"Meta": Meta, "version": serializers.IntegerField(min_value=1)}
    if slug == "association":
        own["other"] = NominalByRef(required=False)
    return type(f"{kept.__name__}Change", (kept,), own)


PART_SERIALIZERS: Mapping[str, type[serializers.ModelSerializer[Any]]] = {
    slug: _part_serializer(slug) for slug in PARTS
}
PART_CHANGES: Mapping[str, type[serializers.ModelSerializer[Any]]] = {
    slug: _part_change(slug) for slug in PARTS
}
