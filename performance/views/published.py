from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.access.permissions import Permission
from core.access.policy import requires
from performance.selectors.published import outcomes_by_type, street_by_district, street_by_type


@requires(Permission.BOARD_VIEW)
@require_safe
def published(request: HttpRequest) -> HttpResponse:
    tables = [
        ("Street crimes by type", street_by_type()),
        ("Street crimes by district", street_by_district()),
        ("Outcomes by type", outcomes_by_type()),
    ]
    return render(request, "performance/published/list.html", {"tables": tables})
