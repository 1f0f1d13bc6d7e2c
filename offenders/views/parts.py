"""One page to add, one to correct and one to remove whatever is known of a nominal."""

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from core.access.permissions import Permission
from core.access.person import person
from core.access.policy import requires
from offenders.forms.nominals import PARTS, MergeForm, PartKind, ReasonForm
from offenders.models import Nominal, NominalMerge
from offenders.models.identity import Part
from offenders.models.scope import open_rows
from offenders.services.merges import merge_nominals, undo_merge
from offenders.services.parts import add_part, amend_part, remove_part
from offenders.views.nominals import NominalFormView


class PartPage(NominalFormView):
    kind: PartKind

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if kwargs["part"] not in PARTS:
            raise Http404("There is no such part of a nominal.")
        self.kind = PARTS[kwargs["part"]]
        return super().dispatch(request, *args, **kwargs)

    def row(self) -> Part:
        """Nobody changes a link to somebody whom they may not see."""
        rows: Any = self.kind.model._default_manager
        found: Part = get_object_or_404(
            open_rows(rows.filter(nominal=self.nominal)), pk=self.kwargs["row"]
        )
        return found

    def get_form_class(self) -> type[Any]:
        return self.form_class or self.kind.form


@requires(Permission.NOMINAL_CHANGE)
class PartNew(PartPage):
    submit = "Add"
    done = "Added."

    @property
    def title(self) -> str:  # type: ignore[override]  # it names the part
        return f"Add {self.kind.noun}"

    def perform(self, form: Any) -> Part:
        return add_part(
            self.kind.model, by=person(self.request), nominal=self.nominal, **form.facts()
        )


@requires(Permission.NOMINAL_CHANGE)
class PartEdit(PartPage):
    @property
    def title(self) -> str:  # type: ignore[override]  # it names the part
        return f"Change {self.kind.noun}"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.row()}

    def perform(self, form: Any) -> Part:
        version = form.cleaned_data["version"]
        return amend_part(self.row(), by=person(self.request), version=version, **form.facts())


@requires(Permission.NOMINAL_CHANGE)
class PartRemove(PartPage):
    form_class = ReasonForm
    submit = "Remove"
    done = "Removed."

    @property
    def title(self) -> str:  # type: ignore[override]  # it names the part
        return f"Remove {self.kind.noun}: {self.row()}"

    def perform(self, form: ReasonForm) -> Nominal:
        remove_part(self.row(), by=person(self.request), reason=form.cleaned_data["reason"])
        return self.nominal


@requires(Permission.NOMINAL_SUPERVISE)
class MergeNew(NominalFormView):
    form_class = MergeForm
    title = "Merge a duplicate into this nominal"
    submit = "Merge"
    done = "Merged. The merge can be undone on this page."

    def get_initial(self) -> dict[str, Any]:
        return {"gone": self.request.GET.get("gone", "")}

    def perform(self, form: MergeForm) -> NominalMerge:
        return merge_nominals(by=person(self.request), kept=self.nominal, **form.cleaned_data)


@requires(Permission.NOMINAL_SUPERVISE)
class MergeUndo(NominalFormView):
    form_class = ReasonForm
    title = "Undo a merge"
    submit = "Undo"
    done = "The two are apart again."

    def merge(self) -> NominalMerge:
        return get_object_or_404(NominalMerge, kept=self.nominal, pk=self.kwargs["merge"])

    def perform(self, form: ReasonForm) -> NominalMerge:
        return undo_merge(
            by=person(self.request), merge=self.merge(), reason=form.cleaned_data["reason"]
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        gone = self.merge().gone
        return super().get_context_data(**kwargs) | {"title": f"Undo the merge with {gone}"}
