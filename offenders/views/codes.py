from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.access.permissions import Permission
from core.access.policy import requires
from offenders.selectors.codes import code_lists


@requires(Permission.RECORD_VIEW)
@require_safe
def codes(request: HttpRequest) -> HttpResponse:
    return render(request, "offenders/code/list.html", {"lists": list(code_lists())})
