from copy import deepcopy
from datetime import date
from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.base import Api
from core.dates import parse_month
from offenders.models import OffenceGroup
from performance.indicators import INDICATORS
from performance.selectors.national import Place, financial_years, groups, position
from performance.selectors.national_months import group_of, last_month, national_position

PLACE_FIELDS: dict[str, serializers.Field[Any, Any, Any, Any]] = {
    "name": serializers.CharField(),
    "crimes": serializers.IntegerField(),
    "outcomes": serializers.IntegerField(),
    "outcome_rate": serializers.FloatField(allow_null=True),
    "interval": serializers.ListField(child=serializers.FloatField(), allow_null=True),
    "rank": serializers.IntegerField(allow_null=True),
    "best_rank": serializers.IntegerField(allow_null=True),
    "worst_rank": serializers.IntegerField(allow_null=True),
    "population": serializers.IntegerField(),
    "crimes_per_1000": serializers.FloatField(allow_null=True),
}
PLACES = inline_serializer("NationalPlace", PLACE_FIELDS, many=True)
POSITION = inline_serializer(
    "NationalPosition",
    {
        "year": serializers.CharField(),
        "population_year": serializers.IntegerField(),
        "force": inline_serializer("NationalForce", PLACE_FIELDS, allow_null=True),
        "region": inline_serializer("NationalRegion", PLACE_FIELDS, allow_null=True),
        "nation": inline_serializer("Nation", PLACE_FIELDS),
        "forces": deepcopy(PLACES),
    },
)

MONTHS = inline_serializer(
    "NationalMonths",
    {
        "indicator": serializers.CharField(),
        "first_month": serializers.CharField(),
        "last_month": serializers.CharField(),
        "force": inline_serializer("NationalMonthsForce", PLACE_FIELDS, allow_null=True),
        "rank_before": serializers.IntegerField(allow_null=True),
        "region": inline_serializer("NationalMonthsRegion", PLACE_FIELDS, allow_null=True),
        "nation": inline_serializer("NationalMonthsNation", PLACE_FIELDS),
        "forces": deepcopy(PLACES),
        "left_out": serializers.ListField(child=serializers.CharField()),
    },
)


class NationalQuery(serializers.Serializer[Any]):
    """`year` is the latest, and `group` all crime but fraud, where they are not given."""

    year = serializers.CharField(required=False)
    group = serializers.SlugRelatedField[OffenceGroup](
        slug_field="slug", queryset=OffenceGroup.objects.none(), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = groups()  # type: ignore[attr-defined]  # a related field

    def validate_year(self, year: str) -> str:
        if year not in financial_years():
            raise serializers.ValidationError(f"There are no national figures of {year}.")
        return year


class NationalPositionApi(Api):
    """Every force in a financial year, best outcome rate first, with region and nation."""

    access = Permission.BOARD_VIEW
    parameters_class = NationalQuery

    @extend_schema(parameters=[NationalQuery], responses=POSITION)
    def get(self, request: Request) -> Response:
        query = self.parameters()
        year = query.get("year") or next(iter(financial_years()), None)
        found = position(financial_year=year, group=query.get("group")) if year else None
        if found is None:
            raise Http404("There are no national figures yet.")
        return Response(
            {
                "year": found.financial_year,
                "population_year": found.population_year,
                "force": _place(found.ours),
                "region": _place(found.region),
                "nation": _place(found.nation),
                "forces": [_place(place) for place in found.forces],
            }
        )


class NationalMonthsQuery(serializers.Serializer[Any]):
    """`month` is the last of the twelve: the latest that forces have shared, where not given."""

    indicator = serializers.ChoiceField([])
    month = serializers.CharField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        compared = [each.slug for each in INDICATORS.values() if group_of(each)]
        self.fields["indicator"] = serializers.ChoiceField(compared)

    def validate_month(self, month: str) -> date:
        try:
            return parse_month(month)
        except ValueError as error:
            raise serializers.ValidationError(str(error)) from None


class NationalMonthsApi(Api):
    """Every force over twelve months, best outcome rate first, with region and nation.

    `rank_before` is the force's rank of the twelve months before; `left_out` names the forces that
    lack months.
    """

    access = Permission.BOARD_VIEW
    parameters_class = NationalMonthsQuery

    @extend_schema(parameters=[NationalMonthsQuery], responses=MONTHS)
    def get(self, request: Request) -> Response:
        query = self.parameters()
        until = query.get("month") or last_month()
        indicator = INDICATORS[query["indicator"]]
        found = national_position(indicator=indicator, until=until) if until else None
        if found is None:
            raise Http404("No other force has shared figures of these months.")
        return Response(
            {
                "indicator": indicator.slug,
                "first_month": f"{found.first:%Y-%m}",
                "last_month": f"{found.until:%Y-%m}",
                "force": _place(found.ours),
                "rank_before": found.before.rank if found.before else None,
                "region": _place(found.region),
                "nation": _place(found.nation),
                "forces": [_place(place) for place in found.forces],
                "left_out": found.left_out,
            }
        )


def _place(place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    return {
        "name": place.name,
        "crimes": place.recorded,
        "outcomes": place.outcomes,
        "outcome_rate": None if place.rate is None else float(place.rate),
        "interval": place.interval,
        "rank": place.rank,
        "best_rank": place.best,
        "worst_rank": place.worst,
        "population": place.population,
        "crimes_per_1000": None if place.per_thousand is None else float(place.per_thousand),
    }
