"""Records as the database gives them: a page of a hundred without a model object.

The serializer says which columns there are and what the schema shows; it renders nothing.
"""

from typing import Any

from django.db.models import F, Model, QuerySet
from django.http import Http404
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core import audit
from core.access.permissions import Permission
from core.access.person import person
from core.access.policy import AnyOf, Policy, for_method
from core.api.base import DetailApi, ListApi


def columns(
    rows: QuerySet[Any], serializer_class: type[serializers.BaseSerializer[Any]]
) -> QuerySet[Any, dict[str, Any]]:
    """The rows as mappings with the names of the serializer's fields."""
    fields: dict[str, Any] = serializer_class().fields  # type: ignore[attr-defined]  # of a Serializer
    sources = {name: field.source for name, field in fields.items()}
    plain = [name for name, source in sources.items() if name == source]
    renamed = {name: F(source) for name, source in sources.items() if name != source}
    return rows.values(*plain, **renamed)


class ValuesList(ListApi):
    serializer_class: type[serializers.BaseSerializer[Any]]

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        rows = self.filter_queryset(self.get_queryset())
        return self.page_of(rows, self.serializer_class)

    def page_of(
        self, rows: QuerySet[Any], serializer_class: type[serializers.BaseSerializer[Any]]
    ) -> Response:
        if _is_of_records(for_method(self.access, "GET")):  # not lists of codes or units
            query = self.request.query_params.urlencode()
            audit.record_listed(by=person(self.request), path=self.request.path, query=query)
        return self.get_paginated_response(self.paginate_queryset(columns(rows, serializer_class)))


def _is_of_records(policy: Policy | None) -> bool:
    wanted = policy.permissions if isinstance(policy, AnyOf) else {policy}
    return Permission.RECORD_VIEW in wanted


class ValuesDetail(DetailApi):
    """`ref` of the address is the record's key."""

    serializer_class: type[serializers.BaseSerializer[Any]]

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        record = record_of(self.get_queryset().model, self.kwargs["ref"])
        audit.record(by=person(request), action=audit.Action.RECORD_VIEWED, target=record)
        return Response(self.shown(record.pk))

    def shown(self, ref: Any) -> dict[str, Any]:
        row = columns(self.get_queryset().filter(pk=ref), self.serializer_class).first()
        if row is None:
            raise Http404(f"There is no {self.get_queryset().model._meta.verbose_name} {ref}.")
        return row


class StrictInput(serializers.Serializer[Any]):
    """A field that the call does not take is a mistake of the caller: dropped, it would be lost."""

    def to_internal_value(self, data: Any) -> Any:
        unknown = sorted(set(data) - set(self.fields)) if isinstance(data, dict) else []
        if unknown:
            raise serializers.ValidationError(
                {name: ["There is no such field."] for name in unknown}
            )
        return super().to_internal_value(data)


def record_of(model: type[Model], ref: Any) -> Any:
    found = model._default_manager.filter(pk=ref).first()
    if found is None:
        raise Http404(f"There is no {model._meta.verbose_name} {ref}.")
    return found
