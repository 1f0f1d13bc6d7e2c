"""Nominals for machines that stand in for officers: the same policy, services and looks in the log."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.status import HTTP_201_CREATED, HTTP_204_NO_CONTENT

from core import audit
from core.access.permissions import Permission
from core.access.person import person
from core.api.base import Api
from core.api.values import StrictInput, ValuesList, columns
from offenders.api.nominal_serializers import (
    PART_CHANGES,
    PART_SERIALIZERS,
    MergeInput,
    MergeSerializer,
    NominalAmendInput,
    NominalInput,
    NominalReasonInput,
    NominalSerializer,
    PriorityInput,
    PrioritySerializer,
)
from offenders.forms.nominals import PARTS
from offenders.models import Nominal, NominalMerge, Priority
from offenders.models.scope import open_rows, visible
from offenders.nominal_filters import NominalFilter
from offenders.selectors.identity import with_priority
from offenders.selectors.nominals import nominal_for, require_search_purpose
from offenders.services.merges import merge_nominals, undo_merge
from offenders.services.nominals import amend_nominal, record_nominal
from offenders.services.parts import add_part, amend_part, decide_priority, remove_part

READ_WRITE = {"GET": Permission.NOMINAL_VIEW, "POST": Permission.NOMINAL_CHANGE}


class NominalListApi(ValuesList):
    """Nominals by name, or found by `q`, best first. The search is logged."""

    access = READ_WRITE
    serializer_class = NominalSerializer
    filterset_class = NominalFilter
    queryset = Nominal.objects.all()

    def get_queryset(self) -> QuerySet[Nominal]:
        return with_priority(Nominal.objects.live().open_to(person(self.request)))

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        require_search_purpose(request.GET.get("q", ""))
        asked = {"query": request.GET.urlencode()}
        audit.record(by=person(request), action=audit.Action.NOMINAL_SEARCHED, detail=asked)
        return super().list(request, *args, **kwargs)

    @extend_schema(request=NominalInput, responses={201: NominalSerializer})
    def post(self, request: Request) -> Response:
        nominal = record_nominal(by=person(request), **_checked(NominalInput, request))
        return Response(_shown(nominal), HTTP_201_CREATED)


class NominalDetailApi(Api):
    """One nominal. A change names the `version` that it was made from: 409 when that is stale."""

    access = {"GET": Permission.NOMINAL_VIEW, "PATCH": Permission.NOMINAL_CHANGE}

    @extend_schema(responses=NominalSerializer)
    def get(self, request: Request, pk: int) -> Response:
        return Response(_shown(nominal_for(person(request), pk)))

    @extend_schema(request=NominalAmendInput, responses=NominalSerializer)
    def patch(self, request: Request, pk: int) -> Response:
        by = person(request)
        nominal = nominal_for(by, pk)
        said = _checked(NominalAmendInput, request)
        return Response(_shown(amend_nominal(by=by, nominal=nominal, **said)))


class PartListApi(Api):
    """What is known of a nominal, of one kind: `alias`, `warning`, `risk-score` and so on."""

    access = READ_WRITE

    @extend_schema(responses=OpenApiTypes.OBJECT)
    def get(self, request: Request, pk: int, part: str) -> Response:
        kind = _kind(part)
        nominal = nominal_for(person(request), pk)
        rows = open_rows(kind.model._default_manager.filter(nominal=nominal))
        return Response(PART_SERIALIZERS[part](rows, many=True).data)

    @extend_schema(request=OpenApiTypes.OBJECT, responses={201: OpenApiTypes.OBJECT})
    def post(self, request: Request, pk: int, part: str) -> Response:
        kind = _kind(part)
        by = person(request)
        nominal = nominal_for(by, pk)
        row = add_part(
            kind.model, by=by, nominal=nominal, **_checked(PART_SERIALIZERS[part], request)
        )
        return Response(PART_SERIALIZERS[part](row).data, HTTP_201_CREATED)


class PartDetailApi(Api):
    """PATCH corrects, and gives what has ended its last day; removed is what was never true."""

    access = {"PATCH": Permission.NOMINAL_CHANGE, "DELETE": Permission.NOMINAL_CHANGE}

    @extend_schema(request=OpenApiTypes.OBJECT, responses=OpenApiTypes.OBJECT)
    def patch(self, request: Request, pk: int, part: str, row: int) -> Response:
        found = _part_of(request, pk, part, row)
        said = _checked(PART_CHANGES[part], request)
        changed = amend_part(found, by=person(request), **said)
        changed.refresh_from_db()  # the database raises its version
        return Response(PART_SERIALIZERS[part](changed).data)

    @extend_schema(request=NominalReasonInput, responses={204: None})
    def delete(self, request: Request, pk: int, part: str, row: int) -> Response:
        found = _part_of(request, pk, part, row)
        remove_part(found, by=person(request), **_checked(NominalReasonInput, request))
        return Response(status=HTTP_204_NO_CONTENT)


class PriorityListApi(Api):
    """Every decision on the priority, newest first; a new one follows the others."""

    access = READ_WRITE

    @extend_schema(responses=PrioritySerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        nominal = nominal_for(person(request), pk)
        rows = Priority.objects.filter(nominal=nominal).select_related("decided_by")
        return Response(PrioritySerializer(rows, many=True).data)

    @extend_schema(request=PriorityInput, responses={201: PrioritySerializer})
    def post(self, request: Request, pk: int) -> Response:
        by = person(request)
        nominal = nominal_for(by, pk)
        row = decide_priority(by=by, nominal=nominal, **_checked(PriorityInput, request))
        return Response(PrioritySerializer(Priority.objects.get(pk=row.pk)).data, HTTP_201_CREATED)


class MergeApi(Api):
    access = {"POST": Permission.NOMINAL_SUPERVISE}

    @extend_schema(request=MergeInput, responses={201: MergeSerializer})
    def post(self, request: Request, pk: int) -> Response:
        by = person(request)
        kept = nominal_for(by, pk)
        said = _checked(MergeInput, request)
        merge = merge_nominals(by=by, kept=kept, **said)
        return Response(MergeSerializer(merge).data, HTTP_201_CREATED)


class MergeUndoApi(Api):
    access = {"POST": Permission.NOMINAL_SUPERVISE}

    @extend_schema(request=NominalReasonInput, responses=MergeSerializer)
    def post(self, request: Request, pk: int, merge: int) -> Response:
        by = person(request)
        kept = nominal_for(by, pk)
        found = NominalMerge.objects.filter(kept=kept, pk=merge).first()
        if found is None:
            raise Http404("There is no such merge.")
        undone = undo_merge(by=by, merge=found, **_checked(NominalReasonInput, request))
        return Response(MergeSerializer(undone).data)


def _kind(part: str) -> Any:
    if part not in PARTS:
        raise Http404(f"There is no such part of a nominal: choose from {', '.join(PARTS)}.")
    return PARTS[part]


def _part_of(request: Request, pk: int, part: str, row: int) -> Any:
    """After one look at its nominal in the log."""
    kind = _kind(part)
    nominal = nominal_for(person(request), pk)
    found = open_rows(kind.model._default_manager.filter(nominal=nominal, pk=row)).first()
    if found is None:
        raise Http404(f"The nominal has no such {kind.model._meta.verbose_name}.")
    return found


def _checked(input_class: type[StrictInput] | Any, request: Request) -> dict[str, Any]:
    said = input_class(data=request.data)
    said.is_valid(raise_exception=True)
    return dict(said.validated_data)


def _shown(nominal: Nominal) -> dict[str, Any]:
    rows = with_priority(visible(Nominal.objects.filter(pk=nominal.pk)))
    return columns(rows, NominalSerializer).get()
