"""Version 1 of the API: one line for each app, the schema, and the page to try it on."""

from django.urls import URLPattern, URLResolver, include, path

from core.api.schema import Docs, Schema

app_name = "api"

urlpatterns: list[URLPattern | URLResolver] = [
    path("schema/", Schema.as_view(), name="schema"),
    path("docs/", Docs.as_view(url_name="api:schema"), name="docs"),
    path("", include("offenders.api.urls")),
    path("", include("operations.api.urls")),
    path("", include("performance.api.urls")),
    path("", include("core.api.urls")),
]
