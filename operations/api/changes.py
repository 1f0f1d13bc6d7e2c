"""A record of prevention in the API: looked at, and changed from the version that was shown."""

from collections.abc import Callable
from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.access.person import person
from core.api.values import StrictInput, ValuesDetail, record_of
from operations.api.packs import checked


class Changing(StrictInput):
    """Mixed into the input of a new record: each field may be left out, but not the `version`.

    `clearable` are those that may be emptied.
    """

    version = serializers.IntegerField(min_value=1)
    clearable: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.required = name == "version"
            if name in self.clearable and isinstance(field, serializers.CharField):
                field.allow_blank = True
            elif name in self.clearable:
                field.allow_null = True


class DetailAndChange(ValuesDetail):
    """PATCH names the `version` that it was made from: 409 when somebody changed the record since."""

    access: Any = {"GET": Permission.PREVENTION_VIEW, "PATCH": Permission.PREVENTION_CHANGE}
    change_class: type[Changing]
    amend: Callable[..., Any]  # the service
    named = "record"  # what the service calls it

    def patch(self, request: Request, ref: Any) -> Response:
        about = {self.named: record_of(self.get_queryset().model, ref)}
        said = checked(self.change_class, request)
        found = type(self).amend(by=person(request), **about, **said)
        return Response(self.shown(found.pk))
