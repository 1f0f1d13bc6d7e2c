"""Pages of requests for one's own data."""

from typing import Any

import django_filters
from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import FormView, TemplateView, View
from django_tables2 import A, Column

from core import audit
from core.access.decision import NotAllowed
from core.access.permissions import Permission
from core.access.person import person
from core.access.policy import requires
from core.dates import today
from core.editing import ServiceFormMixin
from core.filters import RecordFilter, Sort
from core.lists import RecordList
from core.tables import DateColumn, Table
from core.words import known_facts_of
from offenders.forms.nominals import ReasonForm
from offenders.forms.subject_access import CaseForm, DecisionForm, IdentityForm
from offenders.models import Nominal, SubjectAccess, SubjectAccessDecision
from offenders.models.subject_access import OPEN, CaseState
from offenders.selectors.nominals import nominal_for
from offenders.selectors.subject_access import Entry, cases, gathered
from offenders.services.subject_access import (
    answer_case,
    close_case,
    decide_item,
    open_answer,
    open_case,
    take_in_hand,
)
from offenders.views.nominals import NominalFormView

LIST = "offenders:subject-access-list"
FACTS = (
    "state", "received_on", "due_on", "requester", "case_ref", "identity", "handled_by",
    "closed_at", "closed_why", "expires_at",
)  # fmt: skip
TASK = "subject access"
WAITING = "waiting"
STEPS = {"refuse": "refused", "withdraw": "withdrawn"}
TITLES = {"refuse": "Refuse the request", "withdraw": "Record that it was withdrawn"}


class StateFilter(django_filters.ChoiceFilter):
    """Open ones, where nothing else is asked for."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        return qs.filter(state__in=OPEN) if value in ("", WAITING) else qs.filter(state=value)


class CaseFilter(RecordFilter):
    state = StateFilter(
        choices=[(WAITING, "Open"), *CaseState.choices], label="State", empty_label=None
    )
    sort = Sort({"due": ("due_on",), "received": ("received_on",)})

    class Meta:
        model = SubjectAccess
        fields: list[str] = []


class CaseTable(Table):
    caption = "Requests for one's own data, by the day the answer is due"
    noun = "requests"

    name = Column(
        "Person", accessor=A("nominal"), orderable=False,
        linkify=("offenders:subject-access", {"pk": A("pk")}),
    )  # fmt: skip
    case_ref = Column("Reference", orderable=False)
    received = DateColumn(verbose_name="Received", accessor=A("received_on"))
    due = DateColumn(verbose_name="Answer due", accessor=A("due_on"))
    state = Column("State", orderable=False)
    handled_by = Column("Handled by", orderable=False)

    class Meta(Table.Meta):
        empty_text = "No request matches this filter."

    def render_state(self, record: SubjectAccess) -> str:
        late = ", overdue" if record.is_overdue_on(today()) else ""
        return f"{record.get_state_display()}{late}"


def case_url(case: SubjectAccess) -> str:
    return reverse("offenders:subject-access", args=[case.pk])


@requires(Permission.NOMINAL_DISCLOSE)
class CaseList(RecordList):
    filterset_class = CaseFilter
    table_class = CaseTable
    title = "Subject access"
    trail = []

    def all_rows(self) -> QuerySet[SubjectAccess]:
        return cases()

    def record_reading(self) -> None:
        """Of those on the page: once they are known."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        seen = sorted({row.nominal_id for row in context["object_list"]})
        detail = {"requests": seen, "query": self.request.GET.urlencode()}
        audit.record(by=person(self.request), action=audit.Action.NOMINAL_VIEWED, detail=detail)
        lead = (
            "People who asked what is held about them. Open a request on the page of the nominal."
        )
        return context | {"lead": lead}


@requires(Permission.NOMINAL_DISCLOSE)
class CaseNew(NominalFormView):
    form_class = CaseForm
    title = "Open a subject access request"
    submit = "Open the request"
    done = "Request opened."

    def perform(self, form: CaseForm) -> SubjectAccess:
        return open_case(by=person(self.request), nominal=self.nominal, **form.cleaned_data)

    def address_of(self, record: SubjectAccess) -> str:
        return case_url(record)


class OneCase:
    """`case`, after one look at its nominal."""

    case: SubjectAccess
    nominal: Nominal
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.case = get_object_or_404(cases(), pk=kwargs["pk"])
        self.nominal = nominal_for(person(request), self.case.nominal_id, why=TASK)
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # a view's mixin

    def trail(self) -> list[tuple[str, str]]:
        return [("Subject access", reverse(LIST)), (str(self.nominal), case_url(self.case))]


@requires(Permission.NOMINAL_DISCLOSE)
class CaseDetail(OneCase, TemplateView):
    """Every entry as the person will read it, and what has to be decided."""

    template_name = "offenders/subject_access/detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = gathered(self.case) if self.case.is_open else None
        return super().get_context_data(**kwargs) | {
            "trail": self.trail()[:-1],
            "case": self.case,
            "nominal": self.nominal,
            "facts": known_facts_of(self.case, FACTS),
            "gathered": found,
            "is_overdue": self.case.is_overdue_on(today()),
        }


class CaseForms(OneCase, ServiceFormMixin, FormView[Any]):
    def address_of(self, record: Any) -> str:
        return case_url(self.case)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "trail": self.trail(),
            "caption": f"{self.nominal} ({self.nominal.ref})",
            "cancel": case_url(self.case),
        }


@requires(Permission.NOMINAL_DISCLOSE)
class CaseIdentity(CaseForms):
    form_class = IdentityForm
    title = "Take the request in hand"
    submit = "Take in hand"
    done = "In hand."

    def perform(self, form: IdentityForm) -> SubjectAccess:
        return take_in_hand(by=person(self.request), case=self.case, **form.cleaned_data)


@requires(Permission.NOMINAL_DISCLOSE)
class CaseClose(CaseForms):
    """Refused or withdrawn."""

    form_class = ReasonForm
    submit = "Close the request"
    done = "Closed."

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if kwargs["step"] not in STEPS:
            raise Http404("A request has no such step.")
        self.title = TITLES[kwargs["step"]]
        return super().dispatch(request, *args, **kwargs)

    def perform(self, form: ReasonForm) -> SubjectAccess:
        step = STEPS[self.kwargs["step"]]
        return close_case(by=person(self.request), case=self.case, step=step, **form.cleaned_data)


@requires(Permission.NOMINAL_DISCLOSE)
class ItemDecide(CaseForms):
    form_class = DecisionForm
    template_name = "offenders/subject_access/decide.html"
    title = "Decide about an entry"
    submit = "Decide"
    done = "Decided."
    entry: Entry

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        case = get_object_or_404(cases(), pk=kwargs["pk"])
        entry = gathered(case).entry(kwargs["item"])
        if entry is None:
            raise Http404("There is no such entry.")
        self.entry = entry
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.entry.decision}

    def perform(self, form: DecisionForm) -> SubjectAccessDecision:
        item = self.entry.item.key
        return decide_item(by=person(self.request), case=self.case, item=item, **form.cleaned_data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"entry": self.entry}


@requires(Permission.NOMINAL_DISCLOSE)
class CaseAnswer(OneCase, View):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            answer_case(by=person(request), case=self.case)
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "The answer was made. Download it and send it.")
        return HttpResponseRedirect(case_url(self.case))


@requires(Permission.NOMINAL_DISCLOSE)
class CaseFile(OneCase, View):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            file = open_answer(by=person(request), case=self.case)
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(case_url(self.case))
        return FileResponse(
            file,
            as_attachment=True,
            filename=self.case.file_name,
            content_type="application/pdf",
        )
