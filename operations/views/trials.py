"""Trials: what is tried, the success test that was written first, looks at the data, results."""

from typing import Any

from django.db.models import Count
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import FormView, TemplateView

from core import audit
from core.access.permissions import Permission
from core.access.person import person
from core.access.policy import requires
from core.dates import today
from core.editing import ServiceFormMixin
from core.selectors.history import history_of
from core.words import words_of
from operations.forms.trials import NewTrialForm, ResultForm, TestForm, TrialForm
from operations.models import Trial, TrialResult
from operations.policies.trials import can_write_test
from operations.selectors.trials import data_of, scans, trial_url
from operations.services.trials import (
    amend_trial,
    look_at_data,
    record_result,
    record_trial,
    write_test,
)

LIST = "operations:trial-list"


@requires(Permission.OPERATION_VIEW)
class TrialList(TemplateView):
    template_name = "operations/trial/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Trial.objects.annotate(scanned=Count("scans", distinct=True))
        return super().get_context_data(**kwargs) | {
            "trials": [(trial, trial.standing(today())) for trial in rows],
            "may_change": person(self.request).has(Permission.OPERATION_CHANGE),
        }


class OneTrial:
    trial: Trial
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        rows = Trial.objects.select_related("test_written_by")
        self.trial = get_object_or_404(rows, pk=kwargs["slug"])
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # a view's mixin

    def trail(self) -> list[tuple[str, str]]:
        return [("Trials", reverse(LIST)), (str(self.trial), trial_url(self.trial.pk))]


@requires(Permission.OPERATION_VIEW)
class TrialDetail(OneTrial, TemplateView):
    """What the trial is and what was found; its data is a page of its own, whose looks are kept."""

    template_name = "operations/trial/detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        trial = self.trial
        audit.record(by=person(self.request), action=audit.Action.RECORD_VIEWED, target=trial)
        return super().get_context_data(**kwargs) | {
            "trail": self.trail()[:-1],
            "trial": trial,
            "standing": trial.standing(today()),
            "facts": _facts(trial),
            "results": trial.results.select_related("by"),
            "looks": trial.looks.select_related("by"),
            "history": history_of(trial),
            "may_write_test": bool(can_write_test(trial)),
            "may_change": person(self.request).has(Permission.OPERATION_CHANGE),
        }


def _facts(trial: Trial) -> list[dict[str, str]]:
    facts = {
        "What is tried": trial.purpose,
        "First day": words_of(trial.starts_on),
        "Last day": words_of(trial.ends_on),
        "Length": f"{trial.months} months",
    }
    return [{"key": key, "value": value} for key, value in facts.items()]


@requires(Permission.OPERATION_VIEW)
class TrialDataPage(OneTrial, TemplateView):
    """The counts. Whoever may see people sees the scans too."""

    template_name = "operations/trial/data.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        by = person(self.request)
        look_at_data(by=by, trial=self.trial)
        rows = list(_scans(self.trial)) if by.has(Permission.NOMINAL_VIEW) else []
        if rows:
            seen = {self.trial.pk: sorted({row.arrest.nominal_id for row in rows})}
            action = audit.Action.NOMINAL_VIEWED
            audit.record(by=by, action=action, target=self.trial, detail=seen)
        return super().get_context_data(**kwargs) | {
            "trail": self.trail(),
            "trial": self.trial,
            "data": data_of(self.trial),
            "scans": rows,
        }


def _scans(trial: Trial) -> Any:
    return scans().filter(trial=trial).prefetch_related("matches")


class TrialFormView(OneTrial, ServiceFormMixin, FormView[Any]):
    def address_of(self, record: Any) -> str:
        return trial_url(self.trial.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "trail": self.trail(),
            "caption": str(self.trial),
            "cancel": trial_url(self.trial.pk),
        }


@requires(Permission.OPERATION_CHANGE)
class TrialNew(ServiceFormMixin, FormView[NewTrialForm]):
    form_class = NewTrialForm
    title = "Record a trial"
    submit = "Record trial"
    done = "Trial recorded."

    def perform(self, form: NewTrialForm) -> Trial:
        return record_trial(by=person(self.request), **form.facts())

    def address_of(self, record: Trial) -> str:
        return trial_url(record.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        trail = [("Trials", reverse(LIST))]
        return super().get_context_data(**kwargs) | {"trail": trail, "cancel": reverse(LIST)}


@requires(Permission.OPERATION_CHANGE)
class TrialEdit(TrialFormView):
    form_class = TrialForm
    title = "Change the trial"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.trial}

    def perform(self, form: TrialForm) -> Trial:
        version = form.cleaned_data["version"]
        return amend_trial(
            by=person(self.request), trial=self.trial, version=version, **form.facts()
        )


@requires(Permission.OPERATION_CHANGE)
class TrialTest(TrialFormView):
    __test__ = False  # for pytest: no test
    form_class = TestForm
    title = "Write the success test"
    done = "Success test written down."

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.trial}

    def perform(self, form: TestForm) -> Trial:
        version = form.cleaned_data["version"]
        return write_test(
            by=person(self.request), trial=self.trial, version=version, **form.facts()
        )


@requires(Permission.OPERATION_CHANGE)
class TrialResultNew(TrialFormView):
    form_class = ResultForm
    title = "Record a result"
    submit = "Record it"
    done = "Result recorded."

    def perform(self, form: ResultForm) -> TrialResult:
        return record_result(by=person(self.request), trial=self.trial, **form.cleaned_data)
