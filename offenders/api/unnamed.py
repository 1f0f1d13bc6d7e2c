"""People for analysis."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.access.person import person
from core.api.base import Api
from core.api.pages import Pages
from offenders.selectors.unnamed import PUBLICATION, unnamed


class UnnamedParameters(serializers.Serializer[Any]):
    """`publication`: what the rows are for. Its pseudonyms fit no other."""

    publication = serializers.RegexField(PUBLICATION)
    page = serializers.IntegerField(min_value=1, required=False)
    page_size = serializers.IntegerField(min_value=1, required=False)


class UnnamedSerializer(serializers.Serializer[Any]):
    pseudonym = serializers.CharField()
    age_band = serializers.CharField()
    sex = serializers.CharField()
    ethnicity = serializers.CharField()
    area = serializers.CharField()
    arrests = serializers.IntegerField()
    convictions = serializers.IntegerField()


class UnnamedPeopleApi(Api):
    """Nominals without names: age band, no address, no free text."""

    access = Permission.PEOPLE_ANALYSE
    parameters_class = UnnamedParameters

    @extend_schema(parameters=[UnnamedParameters], responses=UnnamedSerializer(many=True))
    def get(self, request: Request) -> Response:
        rows = unnamed(person(request), self.parameters()["publication"])
        pages = Pages()
        shown: Any = pages.paginate_queryset(rows, request, self)
        return pages.get_paginated_response(UnnamedSerializer(shown, many=True).data)
