from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import FormView, TemplateView

from core.access.permissions import Permission
from core.access.person import person
from core.access.policy import requires
from core.editing import ServiceFormMixin
from core.selectors.history import histories_of, history_of, newest_first
from core.words import facts_of
from offenders.forms import tags as forms
from offenders.models import TagAlert, TagAlertEntry, TagCheck, TagCondition, TagDeployment
from offenders.nominal_tables import nominal_url
from offenders.selectors.nominals import nominal_for
from offenders.selectors.tags import Life, deployments, open_steps, tag_url
from offenders.services import tag_watch, tags
from offenders.views.nominals import NominalFormView

STOCK = "offenders:tag-stock"
FACTS = (
    "basis_note",
    "why",
    "device",
    "area",
    "officer",
    "requested_at",
    "consented_at",
    "ordered_at",
    "fit_booked_for",
    "fitted_at",
    "ends_on",
    "withdrawn_at",
    "ended_at",
)


@requires(Permission.NOMINAL_CHANGE)
class TagOf(NominalFormView):
    """Asked for from the page of a nominal."""

    form_class = forms.RequestForm
    title = "Ask for a tag"
    submit = "Ask for it"
    done = "Asked for. The nominal is on the waiting list."

    def perform(self, form: forms.RequestForm) -> TagDeployment:
        return tags.request_tag(by=person(self.request), nominal=self.nominal, **form.cleaned_data)

    def address_of(self, record: Any) -> str:
        return tag_url(record.pk)


class OneTag:
    """`tag`, after one look at its nominal in the log."""

    tag: TagDeployment
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.tag = get_object_or_404(deployments(), pk=kwargs["pk"])
        nominal_for(person(request), self.tag.nominal_id, why="tag")
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # a view's mixin

    def trail(self) -> list[tuple[str, str]]:
        nominal = self.tag.nominal
        return [("Tags", reverse(STOCK)), (str(nominal), nominal_url(nominal.pk))]


@requires(Permission.NOMINAL_VIEW)
class TagDetail(OneTag, TemplateView):
    template_name = "offenders/tag/detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        life = Life(self.tag)
        return super().get_context_data(**kwargs) | {
            "trail": self.trail(),
            "tag": self.tag,
            "facts": [fact for fact in facts_of(self.tag, FACTS) if fact["value"] != "-"],
            "life": life,
            "conditions": self.tag.conditions.all(),
            "steps": open_steps(self.tag),
            "history": newest_first(
                history_of(self.tag),
                histories_of(TagCondition, deployment=self.tag.pk),
                histories_of(TagAlert, deployment=self.tag.pk),
            ),
            "may_change": person(self.request).has(Permission.NOMINAL_CHANGE),
        }


class TagForm(OneTag, ServiceFormMixin, FormView[Any]):
    """A form about one tag, back to its page when it is done."""

    def address_of(self, record: Any) -> str:
        return tag_url(self.tag.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        nominal = self.tag.nominal
        return super().get_context_data(**kwargs) | {
            "trail": [*self.trail(), ("Tag", tag_url(self.tag.pk))],
            "caption": f"{nominal} ({nominal.ref}), {self.tag.get_basis_display().lower()}",
            "cancel": tag_url(self.tag.pk),
        }


STEPS: dict[str, tuple[str, type[forms.StepForm], Callable[..., TagDeployment]]] = {
    "consent": ("Record consent", forms.ConsentForm, tags.record_consent),
    "order": ("Record the order", forms.OrderForm, tags.record_order),
    "withdraw": ("Consent withdrawn", forms.StepForm, tags.withdraw_consent),
    "book": ("Book the fitting", forms.BookForm, tags.book_fit),
    "fit": ("Fit the tag", forms.FitForm, tags.fit),
    "suspend": ("Suspend the tag", forms.WhyForm, tags.suspend),
    "fault": ("Report a fault", forms.WhyForm, tags.report_fault),
    "not-complied": ("Not complied with", forms.WhyForm, tags.report_not_complied),
    "resume": ("Resume", forms.StepForm, tags.resume),
    "ask-removal": ("Ask for removal", forms.WhyForm, tags.ask_for_removal),
    "remove": ("Remove the tag", forms.RemoveForm, tags.remove),
    "close": ("Close the request", forms.CloseForm, tags.close_request),
}


@requires(Permission.NOMINAL_CHANGE)
class TagStepNew(TagForm):
    submit = "Record it"
    done = "Recorded."

    @property
    def step(self) -> tuple[str, type[forms.StepForm], Callable[..., TagDeployment]]:
        if self.kwargs["step"] not in STEPS:
            raise Http404("A tag has no such step.")
        return STEPS[self.kwargs["step"]]

    @property
    def title(self) -> str:  # type: ignore[override]  # it names the step
        return self.step[0]

    def get_form_class(self) -> type[forms.StepForm]:
        return self.step[1]

    def perform(self, form: forms.StepForm) -> TagDeployment:
        return self.step[2](by=person(self.request), tag=self.tag, **form.facts())


@requires(Permission.NOMINAL_CHANGE)
class CheckNew(TagForm):
    form_class = forms.CheckForm
    title = "Record a check"
    done = "Check recorded."

    def perform(self, form: forms.CheckForm) -> TagCheck:
        return tag_watch.check(by=person(self.request), tag=self.tag, **form.cleaned_data)


@requires(Permission.NOMINAL_CHANGE)
class AlertNew(TagForm):
    form_class = forms.AlertForm
    title = "Log an alert"
    done = "Alert logged."

    def perform(self, form: forms.AlertForm) -> TagAlert:
        return tag_watch.raise_alert(by=person(self.request), tag=self.tag, **form.cleaned_data)


class AlertForm(TagForm):
    @property
    def alert(self) -> TagAlert:
        return get_object_or_404(self.tag.alerts, pk=self.kwargs["alert"])


@requires(Permission.NOMINAL_CHANGE)
class AlertEntryNew(AlertForm):
    form_class = forms.AlertEntryForm
    title = "Add to the chronology"
    done = "Added."

    def perform(self, form: forms.AlertEntryForm) -> TagAlertEntry:
        return tag_watch.add_to_alert(
            by=person(self.request), alert=self.alert, **form.cleaned_data
        )


@requires(Permission.NOMINAL_CHANGE)
class AlertClose(AlertForm):
    form_class = forms.CloseAlertForm
    title = "Close the alert"
    submit = "Close it"
    done = "Alert closed."

    def perform(self, form: forms.CloseAlertForm) -> TagAlert:
        return tag_watch.close_alert(by=person(self.request), alert=self.alert, **form.cleaned_data)


@requires(Permission.NOMINAL_CHANGE)
class ConditionNew(TagForm):
    form_class = forms.ConditionForm
    title = "Add a condition"
    done = "Condition added."

    def perform(self, form: forms.ConditionForm) -> TagCondition:
        return tag_watch.add_condition(by=person(self.request), tag=self.tag, **form.cleaned_data)


@requires(Permission.NOMINAL_CHANGE)
class ConditionEnd(TagForm):
    form_class = forms.ConditionEndForm
    title = "End a condition"
    done = "Condition ended."

    def get_form_kwargs(self) -> dict[str, Any]:
        found = get_object_or_404(self.tag.conditions, pk=self.kwargs["condition"])
        return super().get_form_kwargs() | {"instance": found}

    def perform(self, form: forms.ConditionEndForm) -> TagCondition:
        return tag_watch.end_condition(
            by=person(self.request),
            condition=form.instance,
            version=form.cleaned_data["version"],
            **form.facts(),
        )
