from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.views.generic import FormView, TemplateView

from core import audit
from core.access.permissions import Permission
from core.access.person import person
from core.access.policy import requires
from core.editing import ServiceFormMixin
from core.lists import RecordList
from core.selectors.documents import documents_of
from core.selectors.history import history_of
from offenders.forms.nominals import NewNominalForm, NominalForm, PriorityForm
from offenders.models import Nominal, Priority
from offenders.models.scope import masked_last
from offenders.nominal_filters import NominalFilter
from offenders.nominal_page import page_of
from offenders.nominal_tables import NominalTable, nominal_url
from offenders.policies.nominals import can_change_nominal, can_merge_nominals
from offenders.selectors.identity import priority_of, with_priority
from offenders.selectors.nominal_history import KINDS, revisions_of
from offenders.selectors.nominals import nominal_for, require_search_purpose
from offenders.services.nominals import LikelyDuplicatesError, amend_nominal, record_nominal
from offenders.services.parts import decide_priority

SHEET_ROWS = 4  # of each part, on a sheet that is one page
TRAIL = [("Nominals", "offenders:nominal-list")]
ANEW = {"q", "page", "sort"}  # of the address of a list: what a new search begins anew


@requires(Permission.NOMINAL_VIEW)
class NominalList(RecordList):
    filterset_class = NominalFilter
    table_class = NominalTable
    title = "Nominals"
    template_name = "offenders/nominal/list.html"
    export_kind = "nominals"
    trail = []  # the menu leads here

    def all_rows(self) -> QuerySet[Nominal]:
        by = person(self.request)
        rows = masked_last(Nominal.objects.live().visible_to(by), by)
        return with_priority(rows).select_related("lead_officer", "unit")

    def record_reading(self) -> None:
        require_search_purpose(self.request.GET.get("q", ""))
        asked = {"query": self.request.GET.urlencode()}
        audit.record(by=person(self.request), action=audit.Action.NOMINAL_SEARCHED, detail=asked)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_change = can_change_nominal(person(self.request))
        asked = self.request.GET.lists()
        return super().get_context_data(**kwargs) | {
            "kept": [(name, each) for name, found in asked for each in found if name not in ANEW],
            "new_url": reverse("offenders:nominal-new") if may_change else None,
            "new_label": "Record a nominal",
        }


class OneNominal:
    """`nominal`: looked up once, through the policy, with one look in the log."""

    nominal: Nominal
    request: HttpRequest
    action = audit.Action.NOMINAL_VIEWED

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.nominal = nominal_for(person(request), kwargs["pk"], action=self.action)
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # a view's mixin

    def trail(self) -> list[tuple[str, str]]:
        listed = [(title, reverse(name)) for title, name in TRAIL]
        return [*listed, (str(self.nominal), nominal_url(self.nominal.pk))]


@requires(Permission.NOMINAL_VIEW)
class NominalDetail(OneNominal, TemplateView):
    template_name = "offenders/nominal/detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        by, pk = person(self.request), self.nominal.pk
        page = page_of(self.nominal, kind=self.request.GET.get("kind", ""))
        may_change = bool(can_change_nominal(by, self.nominal))
        return super().get_context_data(**kwargs) | {
            "trail": self.trail()[:-1],
            "page": page,
            "documents": documents_of("nominal", [pk, *(row.gone_id for row in page.merges)]),
            "add_url": reverse("core:document-new", args=["nominal", pk]) if may_change else "",
            "history": history_of(self.nominal),
            "may_change": may_change,
            "may_merge": bool(can_merge_nominals(by)),
            "may_disclose": by.has(Permission.NOMINAL_DISCLOSE),
            "may_audit": by.has(Permission.AUDIT_VIEW),
        }


@requires(Permission.NOMINAL_VIEW)
class Briefing(OneNominal, TemplateView):
    """One sheet of A4 for the briefing; printing is logged as such."""

    template_name = "offenders/nominal/briefing.html"
    action = audit.Action.NOMINAL_PRINTED

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "trail": self.trail(),
            "page": page_of(self.nominal),
            "by": person(self.request),
            "shown": SHEET_ROWS,
            "left": -SHEET_ROWS,
        }


@requires(Permission.NOMINAL_VIEW)
class NominalHistory(OneNominal, TemplateView):
    template_name = "offenders/nominal/history.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kind = self.request.GET.get("kind", "")
        return super().get_context_data(**kwargs) | {
            "trail": self.trail(),
            "nominal": self.nominal,
            "kinds": list(KINDS.items()),
            "kind": kind,
            "kept": revisions_of(self.nominal, kind),
        }


@requires(Permission.NOMINAL_CHANGE)
class NominalNew(ServiceFormMixin, FormView[NewNominalForm]):
    form_class = NewNominalForm
    template_name = "offenders/nominal/new.html"
    title = "Record a nominal"
    submit = "Record nominal"
    done = "Nominal recorded."
    found: list[Nominal] = []

    def perform(self, form: NewNominalForm) -> Nominal:
        by = person(self.request)
        facts = form.facts()
        facts["lead_officer"] = facts["lead_officer"] or by
        try:
            return record_nominal(by=by, **facts)
        except LikelyDuplicatesError as refusal:
            self.found = refusal.found
            form.offer_none_of_these()
            raise

    def address_of(self, record: Nominal) -> str:
        return nominal_url(record.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "trail": [(title, reverse(name)) for title, name in TRAIL],
            "found": self.found,
        }


class NominalFormView(OneNominal, ServiceFormMixin, FormView[Any]):
    """A form about one nominal, back to their page when it is done."""

    def address_of(self, record: Any) -> str:
        return nominal_url(self.nominal.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "trail": self.trail(),
            "caption": f"{self.nominal} ({self.nominal.ref})",
            "is_child": self.nominal.is_child,
            "cancel": nominal_url(self.nominal.pk),
        }


@requires(Permission.NOMINAL_CHANGE)
class NominalEdit(NominalFormView):
    form_class = NominalForm
    title = "Change identity"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.nominal}

    def perform(self, form: NominalForm) -> Nominal:
        version = form.cleaned_data["version"]
        return amend_nominal(
            by=person(self.request), nominal=self.nominal, version=version, **form.facts()
        )


@requires(Permission.NOMINAL_CHANGE)
class PriorityNew(NominalFormView):
    form_class = PriorityForm
    title = "Decide priority"
    submit = "Decide"
    done = "Priority decided."

    def get_initial(self) -> dict[str, Any]:
        last = priority_of(self.nominal)
        factors = ("threat", "risk", "harm", "vulnerability")
        return {name: getattr(last, name) for name in factors} if last else {}

    def perform(self, form: PriorityForm) -> Priority:
        return decide_priority(by=person(self.request), nominal=self.nominal, **form.cleaned_data)
