"""A file larger than its page takes is refused before it is read: reading would fill the disk."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from core.access.stated import is_api
from core.views.errors import too_large

View = Callable[..., HttpResponse]
OTHERS = 10 * 10**6  # bytes, of views that say nothing
TOO_LARGE = 413


class UploadLimitMiddleware:
    """Stands before whatever reads the form. A view that takes files says how much by
    `upload_limit`, a callable since settings may change; its own form then names the limit."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        sent = request.META.get("CONTENT_LENGTH") or "0"
        if not sent.isdecimal() or int(sent) <= _limit_of(view):
            return None
        if is_api(view):
            return JsonResponse({"detail": "This is too large."}, status=TOO_LARGE)
        return too_large(request)


def _limit_of(view: View) -> int:
    inside = getattr(view, "view_class", None) or getattr(view, "cls", None) or view
    limit = getattr(inside, "upload_limit", None)
    return int(limit()) if limit else OTHERS
