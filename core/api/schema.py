"""The OpenAPI document, the page to try it on, and what the generator cannot see by itself."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from core.access.policy import Standing
from core.api.permissions import PolicyRequired
from core.filters import OneOf

extend_schema_field(OpenApiTypes.STR)(OneOf)


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # a package without types
    target_class = "core.api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "`Token aware_...`, as made on the page of API tokens.",
        }


class Schema(SpectacularAPIView):
    access = Standing.SIGNED_IN
    permission_classes = [PolicyRequired]


class Docs(SpectacularSwaggerSplitView):
    template_name = "core/api/docs.html"  # the package's own has a style inside
    access = Standing.SIGNED_IN
    permission_classes = [PolicyRequired]
