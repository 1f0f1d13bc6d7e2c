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


STEPS: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
    structlog.processors.format_exc_info,
]
# django_structlog writes one line a request and a task itself.
SAID_ALREADY = ("django.server", "celery.beat", "celery.worker.strategy", "celery.app.trace")


def json_lines(level: str, *, cached: bool) -> dict[str, Any]:
    """Sets structlog up; the value of LOGGING. `cached` False: a test may change it later."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            leave_out_noise,
            *STEPS,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=cached,
    )
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "processors": [
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(),
        ],
        "foreign_pre_chain": STEPS,
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": formatter},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {name: {"level": "WARNING"} for name in SAID_ALREADY},
    }
