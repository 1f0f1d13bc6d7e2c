"""Is the process up, can it work, and how is it doing."""

from collections.abc import Iterator
from secrets import compare_digest
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from kombu import Connection
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily

from core.access.policy import public

MOMENTS = {
    "folded_at": "Seconds since the figures last took in changes",
    "rebuilt_at": "Seconds since all figures were last rebuilt",
    "verified_at": "Seconds since the figures were last verified",
}


@public
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """The process answers. Nothing else is asked, so that a lost database does not restart the web server."""
    return JsonResponse({"status": "ok"})


@public
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    checks = {"database": _database(), "broker": _broker()}
    checks["migrations"] = _migrations() if checks["database"] == "ok" else "not asked"
    ready = set(checks.values()) == {"ok"}
    return JsonResponse(
        {"status": "ok" if ready else "not ready"} | checks, status=200 if ready else 503
    )


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "no answer"
    return "ok"


def _broker() -> str:
    try:
        with Connection(settings.CELERY_BROKER_URL, connect_timeout=2) as broker:
            broker.ensure_connection(max_retries=1, interval_start=0, timeout=3)
    except Exception:  # the transport decides what it raises
        return "no answer"
    return "ok"


def _migrations() -> str:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(waiting)} to apply" if waiting else "ok"


@public
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """For Prometheus. Open in a demonstration; elsewhere METRICS_TOKEN is the bearer token."""
    if not (settings.DEMO or _has_token(request)):
        return HttpResponse("Set METRICS_TOKEN and send it as a bearer token.\n", status=403)
    registry = CollectorRegistry(auto_describe=False)
    registry.register(State())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _has_token(request: HttpRequest) -> bool:
    sent = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bool(settings.METRICS_TOKEN) and compare_digest(
        sent.encode(), settings.METRICS_TOKEN.encode()
    )


class State:
    """Read from the database at each scrape, so that every web process says the same."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        tables = set(connection.introspection.table_names())
        if "core_change" in tables:
            yield from self._changes()
        if "performance_figurestate" in tables:
            yield from self._figures()
        if "core_importrun" in tables:
            yield self._imports()

    def _changes(self) -> Iterator[GaugeMetricFamily]:
        waiting, oldest = _row(
            "SELECT count(*), coalesce(extract(epoch FROM now() - min(at)), 0) FROM core_change"
        )
        yield GaugeMetricFamily(
            "aware_changes_pending", "Changes of records not yet in the figures", waiting
        )
        yield GaugeMetricFamily(
            "aware_changes_oldest_age_seconds", "Age of the oldest of them", oldest
        )

    def _figures(self) -> Iterator[GaugeMetricFamily]:
        for column, title in MOMENTS.items():
            (age,) = _row(
                f"SELECT extract(epoch FROM now() - max({column})) FROM performance_figurestate"  # noqa: S608 - a constant
            )
            if age is not None:
                yield GaugeMetricFamily(f"aware_figures_{column[:-3]}_age_seconds", title, age)

    def _imports(self) -> GaugeMetricFamily:
        gauge = GaugeMetricFamily("aware_import_runs", "Imports by state", labels=["state"])
        for state, count in _rows("SELECT state, count(*) FROM core_importrun GROUP BY state"):
            gauge.add_metric([state], count)
        return gauge


def _rows(sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def _row(sql: str) -> tuple[Any, ...]:
    return _rows(sql)[0]
