from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import FormView

from core.access.addresses import may_open
from core.access.middleware import record_refusal
from core.access.person import person
from core.access.policy import signed_in
from core.editing import ServiceFormMixin
from core.models import SavedView
from core.selectors.saved_views import saved_views_of
from core.services.saved_views import delete_view, save_view


class SaveViewForm(forms.Form):
    name = forms.CharField(max_length=100, help_text="For example, Dwelling burglary in the North")
    path = forms.CharField(max_length=2000, widget=forms.HiddenInput)


@signed_in
@require_safe
def saved_view_list(request: HttpRequest) -> HttpResponse:
    context = {"views": saved_views_of(person(request))}
    return render(request, "core/saved_view/list.html", context)


@signed_in
@require_safe
def saved_view_open(request: HttpRequest, pk: int) -> HttpResponse:
    """The address to share, for those who may open what it leads to: a query holds what was searched
    for, which may be a name. What it shows is decided by the rights of whoever opens it."""
    view = get_object_or_404(SavedView, pk=pk)
    allowed = may_open(person(request), view.path)
    if not allowed and view.user_id != person(request).pk:
        record_refusal(request, allowed.reason)
        raise Http404
    return redirect(view.path)


@signed_in
class SavedViewCreate(ServiceFormMixin, FormView[Any]):
    form_class = SaveViewForm
    title = "Save this view"
    done = "Saved. You find it on your home page."

    def get_initial(self) -> dict[str, Any]:
        return {"path": self.request.GET.get("path", "")}

    def perform(self, form: forms.Form) -> SavedView:
        return save_view(by=person(self.request), **form.cleaned_data)

    def address_of(self, record: SavedView) -> str:
        return reverse("core:saved-view-list")


@signed_in
@require_POST
def saved_view_delete(request: HttpRequest, pk: int) -> HttpResponse:
    view = get_object_or_404(SavedView.objects.select_related("user"), pk=pk)
    delete_view(by=person(request), view=view)
    messages.success(request, f"“{view.name}” is deleted.")
    return redirect("core:saved-view-list")
