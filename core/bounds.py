"""What no page and no form of ours sends is refused before anything reads it."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from core.policies import IMPORTING

MOST = 5 * 2**20  # bytes; only files of records are larger


class BoundsMiddleware:
    """NUL, which PostgreSQL cannot keep, and bodies that would fill the disk for a stranger."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if "\0" in request.path_info or "\0" in query or "%00" in query:
            raise BadRequest("The address holds the character NUL.")
        if _length(request) > MOST and not _may_send_files(request):
            return HttpResponse("This is too large.", status=413, content_type="text/plain")
        return self.get_response(request)


def _length(request: HttpRequest) -> int:
    given = request.META.get("CONTENT_LENGTH") or "0"
    return int(given) if given.isdecimal() else 0  # as Django reads it


def _may_send_files(request: HttpRequest) -> bool:
    """The API asks for the token before it reads; a page reads first, to check where it is from."""
    if request.path_info == reverse("api:import-list"):
        return True
    user = request.user
    return (
        request.path_info == reverse("core:import-new")
        and user.is_authenticated
        and any(user.has(right) for right in IMPORTING.permissions)
    )
