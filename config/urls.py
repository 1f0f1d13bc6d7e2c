"""One line for each app: its own urls.py says the rest."""

from importlib.util import find_spec

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from config import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]

# TEMPORARY guard until every app has its urls.py
for _name in ("core", "offenders", "operations", "performance"):
    if find_spec(f"{_name}.urls"):
        urlpatterns.append(path("", include(f"{_name}.urls")))
if find_spec("config.api_urls"):
    urlpatterns.append(path("api/v1/", include("config.api_urls")))

handler400 = "core.views.errors.bad_request"
handler403 = "core.views.errors.forbidden"
handler404 = "core.views.errors.not_found"
handler500 = "core.views.errors.server_error"
