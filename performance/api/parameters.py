"""The query of a board, a series and a drill-down, with messages that say what to write."""

from datetime import date
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.dates import parse_month
from core.models import Unit
from performance.selectors.boards import Period
from performance.selectors.months import latest_month

FORCE = "force"


@extend_schema_field({"type": "string", "pattern": r"^\d{4}-\d{2}$", "example": "2021-01"})
class MonthField(serializers.Field[date, str, str, Any]):
    def to_internal_value(self, data: str) -> date:
        try:
            return parse_month(str(data))
        except ValueError as error:
            raise serializers.ValidationError(str(error)) from None

    def to_representation(self, value: date) -> str:
        return f"{value:%Y-%m}"


@extend_schema_field(OpenApiTypes.STR)
class UnitField(serializers.SlugRelatedField[Unit]):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(slug_field="code", queryset=Unit.objects.all(), **kwargs)


class MonthAndUnit(serializers.Serializer[Any]):
    """`month` is the last one with figures, and `unit` the force, where they are not given."""

    month = MonthField(required=False)
    unit = UnitField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        return {
            "month": attrs.get("month") or latest_month(),
            "unit": attrs.get("unit") or Unit.objects.get(parent=None),
        } | {name: value for name, value in attrs.items() if name not in ("month", "unit")}


class BoardQuery(MonthAndUnit):
    period = serializers.ChoiceField(choices=[each.value for each in Period], default="month")


class AsAtQuery(BoardQuery):
    """`as_at`: from the records as they stood at the end of that day."""

    as_at = serializers.DateField(required=False)


class SeriesQuery(MonthAndUnit):
    months = serializers.IntegerField(min_value=1, max_value=240, default=36)


class RowsQuery(BoardQuery):
    part = serializers.ChoiceField(choices=["numerator", "denominator", "median"], required=False)
