from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.access.person import person
from core.access.policy import signed_in
from core.home import panels_for
from core.models import SavedView


@signed_in
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """My work, not a menu: each panel says what needs this person, and links to the thing itself."""
    user = person(request)
    context = {
        "panels": panels_for(user),
        "saved_views": SavedView.objects.filter(user=user),
    }
    return render(request, "core/home.html", context)
