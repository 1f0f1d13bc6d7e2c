"""The base of every page whose form ends in a service."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model
from django.forms import BaseForm
from django.http import HttpResponse, HttpResponseRedirect
from django.views.generic.edit import FormMixin

from core.concurrency import EditConflict, VersionedForm


class ServiceFormMixin(FormMixin[Any]):
    """`perform` calls the service. What the service refuses is shown in the form, which keeps
    everything that was typed: a conflict with both values, anything else beside its field."""

    title = ""
    submit = "Save"
    done = "Saved."
    amends = False  # the form shows a record as it stands: sent back unchanged, it asks for nothing
    template_name: str | None = "records/form.html"

    def perform(self, form: Any) -> Model:
        raise NotImplementedError

    def form_valid(self, form: BaseForm) -> HttpResponse:
        if self.amends and isinstance(form, VersionedForm) and not form.has_changed():
            messages.info(self.request, "Nothing was changed.")  # type: ignore[attr-defined]  # a view's mixin
            return HttpResponseRedirect(self.address_of(form.instance))
        try:
            record = self.perform(form)
        except EditConflict as conflict:
            if not isinstance(form, VersionedForm):
                raise
            form.show_conflict(conflict.current)
            return self.form_invalid(form)
        except ValidationError as refusal:
            _show(refusal, form)
            return self.form_invalid(form)
        messages.success(self.request, self.done)  # type: ignore[attr-defined]  # a view's mixin
        return HttpResponseRedirect(self.address_of(record))

    def address_of(self, record: Any) -> str:
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "title": self.title,
            "submit": self.submit,
        }


def _show(refusal: ValidationError, form: BaseForm) -> None:
    """Messages about a field that the form has not go to the top of the form."""
    errors = refusal.error_dict if hasattr(refusal, "error_dict") else {NON_FIELD_ERRORS: [refusal]}
    for name, found in errors.items():
        form.add_error(name if name in form.fields else None, found)
