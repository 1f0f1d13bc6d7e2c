from collections.abc import Callable
from functools import partial

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from core import looks
from core.access.purpose import purpose_of
from core.actors import acting
from core.audit import LOOKS
from core.looks import Looks
from core.models import AuditEvent
from core.views.errors import server_error

log = structlog.get_logger(__name__)

View = Callable[[HttpRequest], HttpResponse]
CONFLICT = 409  # shows the stored values
REDIRECTS = 300


class LookNotLoggedError(Exception):
    """A view read people and left no look: call nominal_for, or audit.record with a look."""


class LooksMiddleware:
    """Writes what waits for the log, and sends no answer that shows people without a look.

    It stands outside of every transaction of the view: what it writes stays although the view's
    own work was rolled back. Where the log cannot be written, the answer is a failure.
    """

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with looks.gathered() as found, acting(lambda: request.user):
            found.purpose = partial(purpose_of, request)
            response = self.get_response(request)
            _name_the_people(found)
            AuditEvent.objects.bulk_create(found.waiting)
        if shows_people(response) and not left_a_look(found):
            return _not_sent(request)
        return response


def _name_the_people(found: Looks) -> None:
    """The last look also names those whom nobody looked up by themselves."""
    logged = [row for row in found.waiting if row.action in LOOKS]
    if not logged:
        return
    named = {pk for row in logged for pk in row.people}
    logged[-1].people = sorted({*logged[-1].people, *(found.people - named)})


def shows_people(response: HttpResponse) -> bool:
    """Whether an answer of this kind can."""
    return response.status_code < REDIRECTS or response.status_code == CONFLICT


def left_a_look(found: Looks) -> bool:
    named = {pk for row in found.waiting for pk in row.people} | found.written
    return found.is_repeat or found.people <= named


def _not_sent(request: HttpRequest) -> HttpResponse:
    match = request.resolver_match
    name = match.view_name if match else request.path
    log.error("people_without_a_look", view=name)
    if settings.TESTING:
        raise LookNotLoggedError(f"{name} read nominals and left no look in the log.")
    return server_error(request)
