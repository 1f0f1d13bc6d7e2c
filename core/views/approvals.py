"""What waits for a second person, and what became of it."""

from typing import Any

import django_tables2
from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.views.decorators.http import require_POST
from django.views.generic import FormView
from django_tables2 import SingleTableView

from core.access.person import person
from core.access.policy import signed_in
from core.approvals import about_target, kind_or_none
from core.editing import ServiceFormMixin
from core.models import Approval
from core.policies import can_decide, can_withdraw
from core.selectors.approvals import approval_for, approvals_of, waiting_for
from core.services.approvals import approve, refuse, withdraw
from core.tables import DateTimeColumn, Table

TRAIL = [("Approvals", "core:approval-list")]


def name_of(approval: Approval) -> str:
    kind = kind_or_none(approval.kind)
    return kind.name if kind else approval.kind


def about(approval: Approval) -> str:
    kind = kind_or_none(approval.kind)
    return kind.about(approval) if kind else about_target(approval)


def state_of(approval: Approval) -> tuple[str, str]:
    """In a word, and the colour of its tag."""
    if approval.withdrawn_at:
        return "Taken back", "grey"
    if approval.is_approved is None:
        return "Waiting", "yellow"
    return ("Approved", "green") if approval.is_approved else ("Refused", "red")


class WaitingTable(Table):
    caption = "Waiting for you"
    noun = "requests"

    kind = django_tables2.Column(
        linkify=lambda record: reverse("core:approval-detail", args=[record.pk]),
        verbose_name="What is asked",
    )
    about = django_tables2.Column(accessor="pk", verbose_name="Of")
    asked_by = django_tables2.Column(verbose_name="Asked by")
    asked_at = DateTimeColumn(verbose_name="Asked")

    class Meta(Table.Meta):
        orderable = False
        empty_text = "Nothing waits for you."

    def render_kind(self, record: Approval) -> str:
        return name_of(record)

    def render_about(self, record: Approval) -> str:
        return about(record)


class ApprovalTable(WaitingTable):
    caption = "Requests, newest first"

    state = django_tables2.Column(accessor="pk", verbose_name="Decision")
    decided_by = django_tables2.Column(verbose_name="By")

    class Meta(WaitingTable.Meta):
        empty_text = "There are no requests."

    def render_state(self, record: Approval) -> str:
        word, colour = state_of(record)
        return format_html('<strong class="govuk-tag govuk-tag--{}">{}</strong>', colour, word)


class DecisionForm(forms.Form):
    decision = forms.ChoiceField(
        label="Your decision",
        choices=[("approve", "Approve"), ("refuse", "Refuse")],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label="Note",
        help_text="Whoever asked reads it. Needed where you refuse.",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@signed_in
class ApprovalList(SingleTableView):
    table_class = ApprovalTable
    template_name = "core/approval/list.html"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[Approval]:
        return approvals_of(person(self.request))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waiting = WaitingTable(waiting_for(person(self.request)))
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"waiting": waiting}


@signed_in
class ApprovalDetail(ServiceFormMixin, FormView[DecisionForm]):
    form_class = DecisionForm
    template_name = "core/approval/detail.html"
    submit = "Save the decision"
    done = "Decided."

    approval: Approval

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.approval = _for(request, kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def perform(self, form: DecisionForm) -> Approval:
        decide = approve if form.cleaned_data["decision"] == "approve" else refuse
        by, note = person(self.request), form.cleaned_data["note"]
        return decide(by=by, approval=self.approval, note=note)

    def address_of(self, record: Approval) -> str:
        return reverse("core:approval-list")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        by, approval = person(self.request), self.approval
        kind = kind_or_none(approval.kind)
        return super().get_context_data(**kwargs) | {
            "approval": approval,
            "title": name_of(approval),
            "state": state_of(approval),
            "facts": facts_of(approval),
            "url": kind.url(approval) if kind else "",
            "may_decide": can_decide(by, approval),
            "may_withdraw": can_withdraw(by, approval),
            "trail": [(title, reverse(name)) for title, name in TRAIL],
        }


def facts_of(approval: Approval) -> list[dict[str, Any]]:
    kind = kind_or_none(approval.kind)
    more = kind.details(approval) if kind else []
    rows = [("Of", about(approval)), *more, ("Why", approval.reason)]
    rows.append(("Asked", f"{approval.asked_by}, {_when(approval.asked_at)}"))
    if approval.decided_at:
        rows.append(("Decided", f"{approval.decided_by}, {_when(approval.decided_at)}"))
        rows.append(("Note", approval.note or "None"))
    if approval.withdrawn_at:
        rows.append(("Taken back", _when(approval.withdrawn_at)))
    return [{"key": key, "value": value} for key, value in rows]


@signed_in
@require_POST
def approval_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    withdraw(by=person(request), approval=_for(request, pk))
    messages.success(request, "Taken back. Nobody is asked any more.")
    return redirect("core:approval-list")


def _when(at: Any) -> str:
    return date_format(timezone.localtime(at), "j F Y, H:i")


def _for(request: HttpRequest, pk: int) -> Approval:
    """What does not concern somebody is answered like what never was."""
    found = approval_for(person(request), pk)
    if found is None:
        raise Http404
    return found
