from typing import Any

from django.urls import reverse

from core.access.permissions import Permission
from core.access.person import person
from core.access.policy import requires
from operations.forms import prevention as forms
from operations.models import PlanningApplication
from operations.prevention_filters import PlanningFilter
from operations.prevention_tables import PlanningTable
from operations.selectors.planning import answers_due
from operations.services import planning
from operations.views.prevention import (
    AboutOne,
    Edit,
    PreventionDetail,
    PreventionForm,
    PreventionList,
)

LIST, DETAIL = "operations:planning-list", "operations:planning-detail"
ABOVE = (("Planning applications", LIST),)


@requires(Permission.PREVENTION_VIEW)
class PlanningList(PreventionList):
    queryset = PlanningApplication.objects.select_related("district")
    filterset_class = PlanningFilter
    table_class = PlanningTable
    title = "Planning applications"
    export_kind = "planning-applications"
    new = ("operations:planning-new", "Record an application")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        due = answers_due().count()
        lead = f"{due:,} wait for an answer." if due else "Every application is answered."
        return super().get_context_data(**kwargs) | {"lead": lead}


@requires(Permission.PREVENTION_VIEW)
class PlanningDetail(PreventionDetail):
    queryset = PlanningApplication.objects.select_related("district")
    above = ABOVE
    facts = (
        "authority", "district", "about", "received_on", "due_on", "answered_on", "days_taken",
        "advice", "advice_text", "taken_up",
    )  # fmt: skip

    def buttons(self) -> list[tuple[str, str]]:
        change = ("Change", reverse("operations:planning-edit", args=[self.object.pk]))
        answer = ("Answer it", reverse("operations:planning-answer", args=[self.object.pk]))
        return [change] if self.object.answered_on else [answer, change]


@requires(Permission.PREVENTION_CHANGE)
class PlanningNew(PreventionForm):
    form_class = forms.ReceivedForm
    title = "Record a planning application"
    done = "Application recorded."
    back = LIST
    above = ABOVE

    def perform(self, form: Any) -> PlanningApplication:
        return planning.receive_application(by=person(self.request), **form.facts())

    def address_of(self, record: Any) -> str:
        return reverse(DETAIL, args=[record.pk])


@requires(Permission.PREVENTION_CHANGE)
class PlanningAnswer(AboutOne):
    model = PlanningApplication
    form_class = forms.AnswerForm
    title = "Answer a planning application"
    submit = "Save the answer"
    done = "Answer recorded."
    detail = DETAIL
    above = ABOVE

    def perform(self, form: Any) -> PlanningApplication:
        return planning.answer_application(
            by=person(self.request), application=self.record, **form.cleaned_data
        )


@requires(Permission.PREVENTION_CHANGE)
class PlanningEdit(Edit):
    model = PlanningApplication
    form_class = forms.ApplicationForm
    title = "Change a planning application"
    detail = DETAIL
    above = ABOVE
    amend = staticmethod(planning.amend_application)
    named = "application"
