from typing import Any

from django.http import Http404
from drf_spectacular.utils import (
    PolymorphicProxySerializer,
    extend_schema,
    extend_schema_view,
    inline_serializer,
)
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from core.access.permissions import Permission
from core.access.person import person
from core.api.base import Api
from core.api.values import ValuesList
from performance.api.parameters import RowsQuery, SeriesQuery
from performance.api.serializers import SERIALIZER_OF
from performance.indicators import INDICATORS
from performance.measures import Indicator
from performance.policies.rows import ROWS, can_open_rows
from performance.selectors.boards import Period, Value, series_for
from performance.selectors.drill_down import Drill

INDICATOR = inline_serializer(
    "Indicator",
    {
        "slug": serializers.CharField(),
        "title": serializers.CharField(),
        "unit": serializers.CharField(),
        "better": serializers.CharField(),
        "why": serializers.CharField(),
        "how": serializers.CharField(),
        "owner": serializers.CharField(),
        "checked_by": serializers.CharField(),
        "next_review": serializers.DateField(),
        "sources": serializers.ListField(child=serializers.CharField()),
        "parts": serializers.ListField(child=serializers.CharField()),
        "series": serializers.URLField(),
    },
    many=True,
)
POINT = inline_serializer(
    "SeriesPoint",
    {
        "month": serializers.CharField(),
        "shown": serializers.CharField(),
        "value": serializers.FloatField(allow_null=True),
        "numerator": serializers.IntegerField(allow_null=True),
        "denominator": serializers.IntegerField(allow_null=True),
        "n": serializers.IntegerField(allow_null=True),
        "historic": serializers.BooleanField(),
    },
    many=True,
)
ROW = PolymorphicProxySerializer(
    component_name="RowBehind",
    serializers=list(SERIALIZER_OF.values()),
    resource_type_field_name=None,
    many=True,
)


class IndicatorListApi(Api):
    """The catalogue: every indicator with its definition."""

    access = Permission.BOARD_VIEW

    @extend_schema(responses=INDICATOR)
    def get(self, request: Request) -> Response:
        return Response([_indicator(request, each) for each in INDICATORS.values()])


class IndicatorSeriesApi(Api):
    """Monthly figures up to `month`, oldest first."""

    access = Permission.BOARD_VIEW
    parameters_class = SeriesQuery

    @extend_schema(parameters=[SeriesQuery], responses=POINT)
    def get(self, request: Request, slug: str) -> Response:
        indicator, query = indicator_of(slug), self.parameters()
        series = series_for(
            indicator=indicator,
            unit=query["unit"],
            until=query["month"],
            months=query["months"],
        )
        return Response(
            [{"month": f"{month:%Y-%m}"} | _point(indicator, value) for month, value in series]
        )


@extend_schema_view(get=extend_schema(parameters=[RowsQuery], responses=ROW))
class IndicatorRowsApi(ValuesList):
    """Exactly the records that a figure counts: their number is the figure's part."""

    access = ROWS
    parameters_class = RowsQuery
    filter_backends = ()

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        indicator, query = indicator_of(kwargs["slug"]), self.parameters()
        part = query.get("part") or next(iter(indicator.measures))
        if part not in indicator.measures:
            raise serializers.ValidationError({"part": [f"{indicator} has no {part}."]})
        can_open_rows(person(request), indicator, part).require()
        drill = Drill(indicator, part, query["unit"], query["month"], Period(query["period"]))
        return self.page_of(drill.rows(), SERIALIZER_OF[drill.model])


def indicator_of(slug: str) -> Indicator:
    if slug not in INDICATORS:
        raise Http404(f"There is no indicator {slug}.")
    return INDICATORS[slug]


def _indicator(request: Request, indicator: Indicator) -> dict[str, Any]:
    return {
        "slug": indicator.slug,
        "title": indicator.title,
        "unit": indicator.unit.value,
        "better": indicator.better.value,
        "why": indicator.why,
        "how": indicator.how,
        "owner": indicator.owner,
        "checked_by": indicator.checked_by,
        "next_review": indicator.next_review,
        "sources": list(indicator.sources),
        "parts": list(indicator.measures),
        "series": reverse("api:indicator-series", args=[indicator.slug], request=request),
    }


def _point(indicator: Indicator, value: Value) -> dict[str, Any]:
    return {
        "shown": value.shown(indicator.unit),
        "value": None if value.value is None else float(value.value),
        "numerator": value.numerator,
        "denominator": value.denominator,
        "n": value.n,
        "historic": value.historic,
    }
