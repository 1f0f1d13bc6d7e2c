from typing import Any

import structlog
from allauth.core.internal.httpkit import get_client_ip
from django.http import HttpRequest
from django_structlog.middlewares import RequestMiddleware
from pghistory.middleware import HistoryMiddleware


class RequestLogMiddleware(RequestMiddleware):
    """The address in the logs and the audit is the one by which sign-ins are locked out."""

    @classmethod
    def bind_ip(cls, request: HttpRequest) -> None:
        structlog.contextvars.bind_contextvars(ip=get_client_ip(request))


class RequestHistoryMiddleware(HistoryMiddleware):
    """Every change made by a request names its user, its address and the id in the logs."""

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request)
        request_id = structlog.contextvars.get_contextvars().get("request_id")
        return context | {"request_id": request_id}
