from collections.abc import MutableMapping
from typing import Any

import structlog

# The line at the end says all that the one at the beginning did, and how it went.
BEGINNINGS = {"request_started", "task_enqueued", "task_started"}
PROBES = {"GET /healthz", "GET /readyz", "GET /metrics", "HEAD /healthz"}


def leave_out_noise(
    logger: Any, method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Beginnings, and health checks that went well."""
    if event.get("event") in BEGINNINGS or (
        event.get("request") in PROBES and event.get("code") == 200  # noqa: PLR2004 - OK
    ):
        raise structlog.DropEvent
    return event
