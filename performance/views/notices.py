"""Being told when a verdict changes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from core.access.permissions import Permission
from core.access.person import person
from core.access.policy import requires
from core.models import Unit
from performance.models import Subscription
from performance.selectors.verdict_watch import (
    SHOWN,
    address_of,
    notices_of,
    sentence,
    subscription_to,
    subscriptions_of,
    title_of,
)
from performance.services.verdict_watch import read_notices, subscribe, unsubscribe

PAGE = "performance:notices"


class SubscribeForm(forms.Form):
    board = forms.SlugField(required=False)
    indicator = forms.SlugField(required=False)
    unit = forms.ModelChoiceField(Unit.objects.all())


def watched(request: HttpRequest, unit: Unit, **subject: str) -> dict[str, Any]:
    """For the button of a board or of an indicator: see performance/notice/button.html."""
    number = subscription_to(person(request), unit, **subject)
    return {"board": "", "indicator": "", "unit": unit, "number": number, **subject}


@requires(Permission.BOARD_VIEW)
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    by = person(request)
    context = {
        "told": [
            (notice, sentence(notice.change), address_of(notice.change))
            for notice in notices_of(by)[:SHOWN]
        ],
        "subscriptions": [(each, title_of(each)) for each in subscriptions_of(by)],
    }
    return render(request, "performance/notice/list.html", context)


@requires(Permission.BOARD_VIEW)
@require_POST
def watch(request: HttpRequest) -> HttpResponse:
    form = SubscribeForm(request.POST)
    try:
        if not form.is_valid():
            raise ValidationError("That is no board or indicator of a unit.")
        subscribe(by=person(request), **form.cleaned_data)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, "You are told when a verdict changes, from now on.")
    return _back(request)


@requires(Permission.BOARD_VIEW)
@require_POST
def unwatch(request: HttpRequest, pk: int) -> HttpResponse:
    subscription = get_object_or_404(Subscription, pk=pk)
    unsubscribe(by=person(request), subscription=subscription)
    messages.success(request, f"You are told no more of “{title_of(subscription)}”.")
    return _back(request)


@requires(Permission.BOARD_VIEW)
@require_POST
def notices_read(request: HttpRequest) -> HttpResponse:
    """`up_to`: the newest that stood on the page."""
    text = request.POST.get("up_to", "")
    read_notices(by=person(request), up_to=int(text) if text.isdecimal() else None)
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    """To the page of the button."""
    path = request.POST.get("next", "")
    own = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return redirect(path if own else PAGE)
