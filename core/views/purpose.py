"""What somebody works on, asked once for a while, on the way to where they were going."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST
from django.views.generic import FormView

from core import audit
from core.access import purpose
from core.access.person import person
from core.access.policy import signed_in


class PurposeForm(forms.Form):
    code = forms.ChoiceField(
        label="What are you working on?", choices=purpose.CHOICES, widget=forms.RadioSelect
    )
    reference = forms.CharField(
        label="Reference, if there is one",
        required=False,
        max_length=100,
        help_text="A crime, an operation or a case. Do not write names here.",
    )


@signed_in
class PurposeView(FormView[PurposeForm]):
    form_class = PurposeForm
    template_name = "core/purpose.html"

    def get_initial(self) -> dict[str, Any]:
        kept = purpose.purpose_of(self.request)
        return {"code": kept.code, "reference": kept.reference}

    def form_valid(self, form: PurposeForm) -> HttpResponse:
        said = form.cleaned_data
        purpose.choose(self.request, said["code"], said["reference"])
        audit.record(by=person(self.request), action=audit.Action.PURPOSE_CHOSEN)
        return redirect(_next(self.request))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        address = _next(self.request)
        home = reverse("core:home")
        return super().get_context_data(**kwargs) | {
            "next": address,
            "minutes": settings.PURPOSE_MINUTES,
            "asked": address != home,
            "has_purpose": bool(purpose.purpose_of(self.request)),
        }


@signed_in
@require_POST
def purpose_end(request: HttpRequest) -> HttpResponse:
    purpose.end(request)
    messages.success(request, "You will be asked again what you are working on.")
    return redirect("core:home")


def _next(request: HttpRequest) -> str:
    address = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure())
    return address if safe else reverse("core:home")
