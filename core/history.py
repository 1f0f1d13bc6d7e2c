from typing import Any

import structlog
from django.http import HttpRequest
from pghistory.middleware import HistoryMiddleware


class RequestHistoryMiddleware(HistoryMiddleware):
    """Every change made by a request names its user, its address and the id in the logs."""

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request)
        request_id = structlog.contextvars.get_contextvars().get("request_id")
        return context | {"request_id": request_id}
