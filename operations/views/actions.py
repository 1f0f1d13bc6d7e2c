from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import FormView, TemplateView

from core import audit
from core.access.permissions import Permission
from core.access.person import person
from core.access.policy import requires
from core.editing import ServiceFormMixin
from core.lists import RecordList
from core.selectors.history import history_of
from core.words import facts_of
from offenders.nominal_tables import nominal_url
from offenders.selectors.nominals import nominal_for
from offenders.tables import crime_url
from offenders.views.nominals import NominalFormView
from operations.action_list import ActionFilter, ActionTable
from operations.forms import actions as forms
from operations.models import Action
from operations.policies.actions import can_raise
from operations.selectors.actions import action_url, actions_for, open_steps
from operations.services import actions as services

LIST = "operations:action-list"
FACTS = ("kind", "aim", "owner", "raised_by", "raised_at", "due_at", "unit", "closed_at", "result")


@requires(Permission.ACTION_VIEW)
class ActionList(RecordList):
    """Nominals that it shows leave a look in the log."""

    filterset_class = ActionFilter
    table_class = ActionTable
    title = "Actions"
    trail = []  # the menu leads here
    export_kind = "actions"

    def all_rows(self) -> QuerySet[Action]:
        return actions_for(person(self.request)).order_by("due_at", "pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        seen = sorted({row.nominal_id for row in context["object_list"] if row.nominal_id})
        if seen:
            detail = {"why": "actions", "nominals": seen}
            audit.record(by=person(self.request), action=audit.Action.NOMINAL_VIEWED, detail=detail)
        return context | {
            "new_url": reverse("operations:action-new"),
            "new_label": "Raise an action",
        }


@requires(Permission.ACTION_CHANGE)
class ActionNew(ServiceFormMixin, FormView[Any]):
    form_class = forms.AnyActionForm
    title = "Raise an action"
    submit = "Raise it"
    done = "Action raised. Its owner sees it on their work."

    def get_form_kwargs(self) -> dict[str, Any]:
        sees = can_raise(person(self.request), about_a_nominal=True)
        return super().get_form_kwargs() | {"sees_records": bool(sees)}

    def perform(self, form: forms.AnyActionForm) -> Action:
        return services.raise_action(by=person(self.request), **form.facts())

    def address_of(self, record: Any) -> str:
        return action_url(record.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        trail = [("Actions", reverse(LIST))]
        return super().get_context_data(**kwargs) | {"trail": trail, "cancel": reverse(LIST)}


@requires(Permission.NOMINAL_CHANGE)
class ActionOf(NominalFormView):
    """Raised from the page of a nominal."""

    form_class = forms.ActionForm
    title = "Raise an action"
    submit = "Raise it"
    done = "Action raised. Its owner sees it on their work."

    def perform(self, form: forms.ActionForm) -> Action:
        return services.raise_action(by=person(self.request), nominal=self.nominal, **form.facts())

    def address_of(self, record: Any) -> str:
        return action_url(record.pk)


class OneAction:
    """`action`, of those that this person may see; a nominal's with one look in the log."""

    action: Action
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.action = get_object_or_404(actions_for(person(request)), pk=kwargs["pk"])
        if self.action.nominal_id:
            nominal_for(person(request), self.action.nominal_id, why="action")
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # a view's mixin

    def trail(self) -> list[tuple[str, str]]:
        return [("Actions", reverse(LIST))]


@requires(Permission.ACTION_VIEW)
class ActionDetail(OneAction, TemplateView):
    template_name = "operations/action/detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        by, action = person(self.request), self.action
        audit.record(by=by, action=audit.Action.RECORD_VIEWED, target=action)
        return super().get_context_data(**kwargs) | {
            "trail": self.trail(),
            "action": action,
            "subject": _subject(action),
            "facts": [fact for fact in facts_of(action, FACTS) if fact["value"] != "-"],
            "steps": open_steps(action, by),
            "events": reversed(action.steps.select_related("by")),
            "history": history_of(action),
        }


def _subject(action: Action) -> dict[str, str]:
    """What it is about, with its address where it has a page."""
    if action.nominal_id:
        return {"text": str(action.nominal), "url": nominal_url(action.nominal_id)}
    if action.crime_id:
        return {"text": f"Crime {action.crime_id}", "url": crime_url(action.crime_id)}
    if action.incident_id:
        url = reverse("operations:incident-detail", args=[action.incident_id])
        return {"text": f"Incident {action.incident_id}", "url": url}
    return {"text": action.place or action.about, "url": ""}


Step = tuple[str, str, type[django_forms.Form], Callable[..., Action]]
STEPS: dict[str, Step] = {
    "accept": ("Accept the action", "Accept it", forms.AcceptForm, services.accept_action),
    "done": ("Record the result", "It is done", forms.ResultForm, services.complete_action),
    "hand-on": ("Hand the action on", "Hand it on", forms.HandOnForm, services.hand_on_action),
    "cancel": ("Cancel the action", "Cancel it", forms.ReasonForm, services.cancel_action),
}


@requires(Permission.ACTION_CHANGE)
class ActionStepNew(OneAction, ServiceFormMixin, FormView[Any]):
    done = "Recorded."

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if kwargs["step"] not in STEPS:
            raise Http404("An action has no such step.")
        self.title, self.submit, self.form_class, self.service = STEPS[kwargs["step"]]
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        if self.form_class is forms.HandOnForm:
            about = (self.action.nominal_id, self.action.crime_id, self.action.incident_id)
            kwargs["of_nominals"] = any(about)
        return kwargs

    def perform(self, form: Any) -> Action:
        return self.service(by=person(self.request), action=self.action, **form.cleaned_data)

    def address_of(self, record: Any) -> str:
        return action_url(self.action.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        url = action_url(self.action.pk)
        return super().get_context_data(**kwargs) | {
            "trail": [*self.trail(), (self.action.task, url)],
            "caption": self.action.task,
            "cancel": url,
            "cancel_label": "Back to the action",
        }
