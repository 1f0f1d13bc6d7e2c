"""Operations: the list, the families, the page of one, what it achieved, and its life."""

from typing import Any

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
from core.models import User
from core.selectors.documents import documents_of
from core.selectors.history import history_of
from core.words import words_of
from offenders.models.scope import open_rows
from operations.forms.operations import PARTS, OperationForm, StepForm
from operations.models import Operation
from operations.models.operation import OPERATION
from operations.operation_list import OperationFilter, OperationTable
from operations.selectors.operations import (
    VERBS,
    families,
    family_of,
    officers_by_area,
    open_steps,
    operation_url,
    operations,
    timeline_of,
)
from operations.selectors.results import Results, results_of
from operations.services.operations import amend_operation, record_operation, take_step

LIST = "operations:operation-list"
TIMELINE = 60  # entries


@requires(Permission.OPERATION_VIEW)
class OperationList(RecordList):
    filterset_class = OperationFilter
    table_class = OperationTable
    title = "Operations"
    template_name = "operations/operation/list.html"
    export_kind = "operations"
    trail = []  # the menu leads here

    def all_rows(self) -> QuerySet[Operation]:
        return operations()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_change = person(self.request).has(Permission.OPERATION_CHANGE)
        return super().get_context_data(**kwargs) | {
            "new_url": reverse("operations:operation-new") if may_change else None,
            "new_label": "Record an operation",
        }


@requires(Permission.OPERATION_VIEW)
class Families(TemplateView):
    template_name = "operations/operation/families.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "trail": [("Operations", reverse(LIST))],
            "families": families(),
        }


class OneOperation:
    """`operation`, looked up once."""

    operation: Operation
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        rows = Operation.objects.select_related("parent", "offence_group")
        self.operation = get_object_or_404(rows, pk=kwargs["slug"])
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # a view's mixin

    def trail(self) -> list[tuple[str, str]]:
        return [("Operations", reverse(LIST)), (str(self.operation), self.url)]

    @property
    def url(self) -> str:
        return operation_url(self.operation.pk)


def names_seen(by: User, operation: Operation, results: Results) -> bool:
    """Whether this person may see who it was; then one look at all of them is in the log."""
    if not by.has(Permission.NOMINAL_VIEW):
        return False
    seen = people_in(results)
    if seen:
        detail = {operation.pk: seen}
        audit.record(by=by, action=audit.Action.NOMINAL_VIEWED, target=operation, detail=detail)
    return True


def people_in(results: Results) -> list[int]:
    paths = {
        "nominals": "nominal_id",
        "arrests": "arrest__nominal_id",
        "convictions": "conviction__nominal_id",
    }
    rows = (
        open_rows(results.rows(figure)).values_list(path, flat=True)
        for figure, path in paths.items()
    )
    return sorted({pk for found in rows for pk in found})


@requires(Permission.OPERATION_VIEW)
class OperationDetail(OneOperation, TemplateView):
    template_name = "operations/operation/detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        one, by = self.operation, person(self.request)
        audit.record(by=by, action=audit.Action.RECORD_VIEWED, target=one)
        results, things = results_of(one), _things(one)
        names = names_seen(by, one, results)
        entries = timeline_of(results, names=names)
        return super().get_context_data(**kwargs) | {
            "trail": self.trail()[:-1],
            "operation": one,
            "facts": facts_of_operation(one),
            "family": family_of(one),
            "results": results,
            "names": names,
            "nominals": _nominals(one) if names else [],
            "officers": officers_by_area(one),
            "things": things,
            "things_known": any(rows for _, _, rows in things),
            "entries": entries[:TIMELINE],
            "left_out": max(0, len(entries) - TIMELINE),
            "steps": open_steps(one),
            "adds": [(slug, kind.noun) for slug, kind in PARTS.items()],
            "history": history_of(one),
            "may_change": by.has(Permission.OPERATION_CHANGE),
            "documents": documents_of("operation", [one.pk]),
            "add_url": reverse("core:document-new", args=["operation", one.pk]),
        }


def facts_of_operation(one: Operation) -> list[dict[str, str]]:
    facts = {
        "State": one.get_state_display(),
        "First day": words_of(one.starts_on),
        "Last day": words_of(one.ends_on),
        "Inside": words_of(one.parent),
        "Areas": ", ".join(str(area) for area in one.areas.all()) or "-",
        "Offence": words_of(one.offence_group),
        "Note": words_of(one.note),
    }
    return [{"key": key, "value": value} for key, value in facts.items() if value != "-"]


def _nominals(one: Operation) -> QuerySet[Any]:
    return open_rows(one.nominals.live()).select_related("nominal")


def _things(one: Operation) -> list[tuple[str, str, list[Any]]]:
    """Slug of the part, heading and rows, of the operation itself."""
    return [
        ("vehicle", "Vehicles", list(one.vehicles.all())),
        ("premises", "Premises", list(one.premises.all())),
        ("property", "Other property recovered", list(one.property_rows.all())),
        ("county", "Counties and forces", list(one.forces.all())),
        ("crime", "Crimes", list(one.crime_links.all())),
    ]


@requires(Permission.OPERATION_VIEW)
class Achieved(OneOperation, TemplateView):
    """What did it achieve: one sheet of A4. Nobody is named on it."""

    template_name = "operations/operation/achieved.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        one, by = self.operation, person(self.request)
        audit.record(by=by, action=audit.Action.RECORD_VIEWED, target=one)
        results = results_of(one)
        return super().get_context_data(**kwargs) | {
            "trail": self.trail(),
            "operation": one,
            "facts": facts_of_operation(one),
            "results": results,
            "officers": officers_by_area(one),
            "entries": timeline_of(results, names=False)[:12],
            "by": by,
        }


class OperationFormView(OneOperation, ServiceFormMixin, FormView[Any]):
    """A form about one operation, back to its page when it is done."""

    def address_of(self, record: Any) -> str:
        return self.url

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "trail": self.trail(),
            "caption": str(self.operation),
            "cancel": self.url,
        }


@requires(Permission.OPERATION_CHANGE)
class OperationNew(ServiceFormMixin, FormView[OperationForm]):
    form_class = OperationForm
    title = "Record an operation"
    submit = "Record operation"
    done = "Operation recorded. Add its officers and what it works on."

    def get_initial(self) -> dict[str, Any]:
        return {"parent": self.request.GET.get("parent")}

    def perform(self, form: OperationForm) -> Operation:
        return record_operation(by=person(self.request), **form.facts())

    def address_of(self, record: Operation) -> str:
        return operation_url(record.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        trail = [("Operations", reverse(LIST))]
        return super().get_context_data(**kwargs) | {"trail": trail, "cancel": reverse(LIST)}


@requires(Permission.OPERATION_CHANGE)
class OperationEdit(OperationFormView):
    form_class = OperationForm
    title = "Change the operation"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.operation}

    def perform(self, form: OperationForm) -> Operation:
        version = form.cleaned_data["version"]
        return amend_operation(
            by=person(self.request), operation=self.operation, version=version, **form.facts()
        )


@requires(Permission.OPERATION_CHANGE)
class OperationStepNew(OperationFormView):
    form_class = StepForm
    submit = "Record it"
    done = "Recorded."

    @property
    def title(self) -> str:  # type: ignore[override]  # it names the step
        if self.kwargs["step"] not in OPERATION.steps:
            raise Http404("An operation has no such step.")
        return f"{VERBS[self.kwargs['step']]} the operation"

    def perform(self, form: StepForm) -> Operation:
        step = self.kwargs["step"]
        if step not in OPERATION.steps:
            raise Http404("An operation has no such step.")
        return take_step(
            by=person(self.request), operation=self.operation, step=step, **form.cleaned_data
        )
