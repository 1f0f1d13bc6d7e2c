from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.generic import FormView, TemplateView

from core import audit
from core.access.permissions import Permission
from core.access.person import person
from core.access.policy import requires
from offenders.forms.cohorts import HandoverForm, HandoverManyForm
from offenders.models import Handover
from offenders.policies.cohorts import can_hand_over, can_hand_over_many
from offenders.selectors.officers import without_officer
from offenders.services.handovers import hand_over, hand_over_many
from offenders.views.cohorts import COHORTS
from offenders.views.nominals import NominalFormView

WITHOUT = "offenders:without-officer"


@requires(Permission.NOMINAL_VIEW)
class WithoutOfficer(TemplateView):
    template_name = "offenders/cohort/without_officer.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = list(without_officer())
        seen = {"without officer": [row.pk for row in rows]}
        audit.record(by=person(self.request), action=audit.Action.NOMINAL_VIEWED, detail=seen)
        trail = [("Cohorts", reverse(COHORTS))]
        return super().get_context_data(**kwargs) | {
            "rows": rows,
            "trail": trail,
            "may_hand_over": bool(can_hand_over_many(person(self.request))),
        }


@requires(Permission.NOMINAL_SUPERVISE)
class HandoverMany(FormView[HandoverManyForm]):
    """Everybody whose officer has left, in one go; what cannot be handed over is told one by one."""

    form_class = HandoverManyForm
    template_name = "records/form.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"nominals": without_officer()}

    def form_valid(self, form: HandoverManyForm) -> HttpResponse:
        results = hand_over_many(by=person(self.request), **form.cleaned_data)
        done = sum(not result.problem for result in results)
        messages.success(self.request, f"{done} of {len(results)} handed over.")
        for result in results:
            if result.problem:
                messages.error(self.request, f"{result.nominal}: {result.problem}")
        return HttpResponseRedirect(reverse(WITHOUT))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        seen = {"without officer": [row.pk for row in without_officer()]}
        audit.record(by=person(self.request), action=audit.Action.NOMINAL_VIEWED, detail=seen)
        return super().get_context_data(**kwargs) | {
            "title": "Hand over several nominals",
            "submit": "Hand over",
            "trail": [("Cohorts", reverse(COHORTS)), ("Officer has left", reverse(WITHOUT))],
            "cancel": reverse(WITHOUT),
        }


@requires(Permission.NOMINAL_CHANGE)
class HandoverNew(NominalFormView):
    form_class = HandoverForm
    title = "Hand over"
    submit = "Hand over"
    done = "Handed over."

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        can_hand_over(person(request), self.nominal).require()
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.nominal}

    def perform(self, form: HandoverForm) -> Handover:
        return hand_over(by=person(self.request), nominal=self.nominal, **form.cleaned_data)
