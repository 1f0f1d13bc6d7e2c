from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.access.permissions import Permission
from core.access.policy import AnyOf, requires
from offenders.selectors.codes import code_lists

# Whoever sends a file of records or of prevention has to write codes in it; nobody stands in them.
READERS = AnyOf(frozenset([Permission.RECORD_VIEW, Permission.PREVENTION_VIEW]))


@requires(READERS)
@require_safe
def codes(request: HttpRequest) -> HttpResponse:
    return render(request, "offenders/code/list.html", {"lists": list(code_lists())})
