"""Lists that are not paged rows of one table, narrowed by the same filters as the pages."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter

from core.api.base import Api
from core.filters import RecordFilter, filtered, names_of


class FilteredApi(Api):
    """`narrowed` refuses, with 400, whatever the page's filter would refuse."""

    filterset_class: type[RecordFilter]

    def narrowed(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        return filtered(self.filterset_class, rows, self.request.GET, beside=("format",))


def parameters_of(filterset_class: type[RecordFilter]) -> list[OpenApiParameter]:
    """For the schema: each name of the query with the words that the page has for it."""
    fields = filterset_class().form.fields
    return [
        OpenApiParameter(
            name, OpenApiTypes.STR, description=str(getattr(fields.get(name), "label", "") or "")
        )
        for name in names_of(filterset_class())
    ]
