"""Documents of a record, by the same services as the pages."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.status import HTTP_201_CREATED

from core.access.person import person
from core.api.base import Api
from core.api.values import StrictInput
from core.documents.owners import HOLDERS, owner_of
from core.models.document import Document
from core.selectors.documents import document_for, documents_of
from core.services.documents import add_document, open_document, remove_document
from core.views.documents import answer_with, upload_limit


class DocumentInput(StrictInput):
    title = serializers.CharField(max_length=200)
    file = serializers.FileField(help_text="PDF, DOCX, XLSX, PNG, JPEG or plain text.")


class DocumentRemovalInput(StrictInput):
    why = serializers.CharField(max_length=500)


class DocumentSerializer(serializers.ModelSerializer[Document]):
    added_by = serializers.CharField(source="added_by.username")

    class Meta:
        model = Document
        fields = ["id", "title", "name", "kind", "size", "sha256", "added_by", "added_at"]


class DocumentListApi(Api):
    """`owner` is nominal or operation, `key` its number. The record says who sees its documents."""

    access = HOLDERS
    parser_classes = [MultiPartParser]
    upload_limit = staticmethod(upload_limit)

    @extend_schema(responses=DocumentSerializer(many=True))
    def get(self, request: Request, owner: str, key: str) -> Response:
        owner_of(person(request), owner, key)
        return Response(DocumentSerializer(documents_of(owner, [key])[:100], many=True).data)

    @extend_schema(request=DocumentInput, responses={201: DocumentSerializer})
    def post(self, request: Request, owner: str, key: str) -> Response:
        by = person(request)
        owner_of(by, owner, key, to_change=True)
        said = DocumentInput(data=request.data)
        said.is_valid(raise_exception=True)
        file, title = said.validated_data["file"], said.validated_data["title"]
        made = add_document(
            by=by, owner_type=owner, owner_key=key, file=file, name=file.name, title=title
        )
        return Response(DocumentSerializer(made).data, HTTP_201_CREATED)


class DocumentFileApi(Api):
    access = HOLDERS

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    def get(self, request: Request, pk: UUID) -> HttpResponseBase:
        by = person(request)
        document = document_for(by, pk)
        try:
            return answer_with(document, open_document(by=by, document=document))
        except FileNotFoundError:
            raise Http404("The file is not where it was kept.") from None


class DocumentRemoveApi(Api):
    access = HOLDERS

    @extend_schema(request=DocumentRemovalInput, responses={204: None})
    def post(self, request: Request, pk: UUID) -> Response:
        by: Any = person(request)
        document = document_for(by, pk, to_change=True)
        said = DocumentRemovalInput(data=request.data)
        said.is_valid(raise_exception=True)
        remove_document(by=by, document=document, **said.validated_data)
        return Response(status=204)
