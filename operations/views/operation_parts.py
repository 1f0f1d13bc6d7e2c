"""One page to add, one to correct and one to remove whatever belongs to an operation."""

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import TemplateView

from core import audit
from core.access.permissions import Permission
from core.access.person import person
from core.access.policy import requires
from offenders.models.scope import not_shown, open_rows
from offenders.selectors.nominals import can_see_nominals, nominal_for
from operations.forms.operations import PARTS, PartKind, ReasonForm
from operations.models import Operation
from operations.selectors.results import FIGURES, results_of
from operations.services.operation_parts import add_part, amend_part, remove_part
from operations.views.operation_rows import heads_of, lines_of
from operations.views.operations import OneOperation, OperationFormView


class PartPage(OperationFormView):
    kind: PartKind

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if kwargs["part"] not in PARTS:
            raise Http404("There is no such part of an operation.")
        self.kind = PARTS[kwargs["part"]]
        if self.kind.people:
            can_see_nominals(person(request)).require()
        return super().dispatch(request, *args, **kwargs)

    def row(self) -> Any:
        rows: Any = self.kind.model._default_manager.all()
        return get_object_or_404(open_rows(rows), operation=self.operation, pk=self.kwargs["row"])

    def get_form_class(self) -> type[Any]:
        return self.form_class or self.kind.form


@requires(Permission.OPERATION_CHANGE)
class PartNew(PartPage):
    submit = "Add"
    done = "Added."

    @property
    def title(self) -> str:  # type: ignore[override]  # it names the part
        return f"Add {self.kind.noun}"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Which arrests and convictions can be chosen hangs on the operation."""
        blank = self.kind.model(operation=self.operation)
        return super().get_form_kwargs() | {"instance": blank}

    def perform(self, form: Any) -> Any:
        by, facts = person(self.request), form.facts()
        if "nominal" in facts:
            nominal_for(by, facts["nominal"].pk, why="operation")
        return add_part(self.kind.model, by=by, operation=self.operation, **facts)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Choices that name people are a look at them."""
        context = super().get_context_data(**kwargs)
        form = context["form"]
        for name in {"arrest", "conviction"} & set(form.fields):
            seen = list(form.fields[name].queryset.values_list("nominal_id", flat=True))
            audit.record(
                by=person(self.request),
                action=audit.Action.NOMINAL_VIEWED,
                target=self.operation,
                detail={"choices": sorted(set(seen))},
            )
        return context


@requires(Permission.OPERATION_CHANGE)
class PartEdit(PartPage):
    @property
    def title(self) -> str:  # type: ignore[override]  # it names the part
        if self.kind.fixed:
            raise Http404("A link is removed and made anew.")
        return f"Change {self.kind.noun}"

    def get_form_kwargs(self) -> dict[str, Any]:
        row = self.row()
        if self.kind.people:
            nominal_for(person(self.request), row.nominal_id, why="operation")
        return super().get_form_kwargs() | {"instance": row}

    def perform(self, form: Any) -> Any:
        by, facts = person(self.request), form.facts()
        if "nominal" in facts:
            nominal_for(by, facts["nominal"].pk, why="operation")
        version = form.cleaned_data["version"]
        return amend_part(self.row(), by=by, version=version, **facts)


@requires(Permission.OPERATION_CHANGE)
class PartRemove(PartPage):
    form_class = ReasonForm
    submit = "Remove"
    done = "Removed."

    @property
    def title(self) -> str:  # type: ignore[override]  # it names the part
        shown = self.kind.noun if self.kind.people else f"{self.kind.noun}: {self.row()}"
        return f"Remove {shown}"

    def perform(self, form: ReasonForm) -> Operation:
        remove_part(self.row(), by=person(self.request), reason=form.cleaned_data["reason"])
        return self.operation


@requires(Permission.OPERATION_VIEW)
class FigureRows(OneOperation, TemplateView):
    """The rows that a figure counts. Rows that name people are for those who may see people."""

    template_name = "operations/operation/rows.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        slug, by = self.kwargs["figure"], person(self.request)
        if slug not in FIGURES:
            raise Http404("There is no such figure of an operation.")
        kind, results = FIGURES[slug], results_of(self.operation)
        hidden = kind.people and not by.has(Permission.NOMINAL_VIEW)
        rows = [] if hidden else list(lines_of(slug, results))
        self._log(rows)
        return super().get_context_data(**kwargs) | {
            "trail": self.trail(),
            "operation": self.operation,
            "title": kind.title,
            "figure": results[slug],
            "hidden": hidden,
            "not_shown": 0 if hidden else not_shown(results.rows(slug)),
            "heads": heads_of(slug),
            "lines": rows,
            "back": reverse("operations:operation-detail", args=[self.operation.pk]),
        }

    def _log(self, rows: list[Any]) -> None:
        seen = sorted({line.nominal for line in rows if line.nominal})
        action = audit.Action.NOMINAL_VIEWED if seen else audit.Action.RECORD_VIEWED
        detail = {self.kwargs["figure"]: seen} if seen else None
        audit.record(by=person(self.request), action=action, target=self.operation, detail=detail)
