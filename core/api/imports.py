from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.status import HTTP_202_ACCEPTED

from core.access.person import person
from core.api.base import Api, DetailApi, ListApi
from core.imports import all_kinds
from core.models import ImportRun
from core.policies import IMPORTING
from core.selectors.imports import imports, imports_for, nothing_new_in
from core.services.imports import confirm_import, open_rejects, receive_file
from core.views.imports import upload_limit


class ImportInput(serializers.Serializer[Any]):
    kind = serializers.CharField(help_text="The kind of record, such as `crimes`.")
    file = serializers.FileField(help_text="CSV (UTF-8), compressed CSV or an Excel workbook.")
    dry_run = serializers.BooleanField(
        default=False, help_text="Only check; `confirm` then imports, or nothing does."
    )

    def validate_kind(self, value: str) -> str:
        if value not in all_kinds():
            raise serializers.ValidationError(f"Kinds: {', '.join(all_kinds())}.")
        return value


class ImportSerializer(serializers.ModelSerializer[ImportRun]):
    nothing_new = serializers.SerializerMethodField(
        help_text="A sentence where every good row was known and the same, else empty."
    )

    class Meta:
        model = ImportRun
        fields = [
            "id", "kind", "file_name", "size", "sha256", "state", "created_at", "finished_at",
            "rows_total", "read", "created", "updated", "unchanged", "rejected", "forecast",
            "errors", "warnings", "unknown_columns", "failure", "nothing_new",
        ]  # fmt: skip

    def get_nothing_new(self, run: ImportRun) -> str:
        return nothing_new_in(run)


class ImportListApi(ListApi):
    """Files on their way into the records, newest first, and the door for another one.

    The answer is 202: poll the import until its state is done, checked, refused or failed. A file
    that was only checked and changes nothing is done, with the sentence in `nothing_new`.
    """

    access = IMPORTING
    queryset = imports()
    serializer_class = ImportSerializer
    parser_classes = [MultiPartParser]
    upload_limit = staticmethod(upload_limit)

    def get_queryset(self) -> QuerySet[ImportRun]:
        return imports_for(person(self.request))

    @extend_schema(request=ImportInput, responses={202: ImportSerializer})
    def post(self, request: Request) -> Response:
        given = ImportInput(data=request.data)
        given.is_valid(raise_exception=True)
        said = given.validated_data
        run = receive_file(
            by=person(request),
            kind=said["kind"],
            file=said["file"],
            name=said["file"].name,
            check_first=said["dry_run"],
        )
        return Response(ImportSerializer(run).data, HTTP_202_ACCEPTED)


class ImportDetailApi(DetailApi):
    access = IMPORTING
    queryset = imports()
    serializer_class = ImportSerializer

    def get_queryset(self) -> QuerySet[ImportRun]:
        return imports_for(person(self.request))


class ImportConfirmApi(Api):
    """Import what was checked. Asked twice, it is imported once."""

    access = IMPORTING

    @extend_schema(request=None, responses={202: ImportSerializer})
    def post(self, request: Request, pk: UUID) -> Response:
        run = confirm_import(by=person(request), run=get_object_or_404(ImportRun, pk=pk))
        return Response(ImportSerializer(run).data, HTTP_202_ACCEPTED)


class ImportRejectsApi(Api):
    """The rejected rows as CSV, with an `error` column: mend it and send it again."""

    access = IMPORTING

    @extend_schema(responses={(200, "text/csv"): OpenApiTypes.STR})
    def get(self, request: Request, pk: UUID) -> HttpResponseBase:
        try:
            file = open_rejects(by=person(request), run=get_object_or_404(ImportRun, pk=pk))
        except FileNotFoundError:
            raise Http404("There is no file of rejected rows for this import.") from None
        return FileResponse(file, filename="rejected.csv", content_type="text/csv")
