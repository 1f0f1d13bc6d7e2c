"""A supervisor's dip sample of the team's looks; auditors read the results."""

from typing import Any

import django_tables2
from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from django.views.generic import FormView, View
from django_tables2 import SingleTableView

from core import audit
from core.access.permissions import Permission
from core.access.person import person
from core.access.policy import AnyOf, requires
from core.dates import today
from core.editing import ServiceFormMixin
from core.form_fields import DateField
from core.models import AuditEvent, DipLook, DipSample
from core.models.dip_sample import MOST
from core.policies import can_judge_look, can_sample
from core.selectors.dip_samples import judged, samples_for
from core.services.dip_samples import draw_sample, judge_look
from core.tables import DateTimeColumn, NumberColumn, Table

READERS = AnyOf(frozenset([Permission.NOMINAL_SUPERVISE, Permission.AUDIT_VIEW]))
TRAIL = [("Dip samples", "core:dip-sample-list")]


class SampleTable(Table):
    caption = "Dip samples, newest first"
    noun = "samples"

    period = django_tables2.Column(
        accessor="pk",
        linkify=lambda record: reverse("core:dip-sample-detail", args=[record.pk]),
        verbose_name="Looks of",
    )
    by = django_tables2.Column(verbose_name="Drawn by")
    made_at = DateTimeColumn(verbose_name="Drawn")
    size = NumberColumn(verbose_name="Looks")
    found = NumberColumn(verbose_name="Out of")
    open = NumberColumn(verbose_name="Not judged yet")
    wrong = NumberColumn(verbose_name="Not justified")

    class Meta(Table.Meta):
        orderable = False
        empty_text = "No sample has been drawn."

    def render_period(self, record: DipSample) -> str:
        return str(record)


class SampleForm(forms.Form):
    since = DateField(label="Looks from")
    until = DateField(label="To")
    size = forms.IntegerField(
        label="How many",
        min_value=1,
        max_value=MOST,
        initial=10,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4"}),
    )


class JudgeForm(forms.Form):
    is_justified = forms.TypedChoiceField(
        label="Was this look needed?",
        choices=[("yes", "Justified"), ("no", "Not justified")],
        widget=forms.RadioSelect,
        coerce=lambda word: word == "yes",
    )
    reason = forms.CharField(label="How do you know?", max_length=500)


class SampleList(SingleTableView):
    access = READERS
    table_class = SampleTable
    template_name = "core/dip_sample/list.html"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[DipSample]:
        return samples_for(person(self.request))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"may_draw": can_sample(person(self.request))}


@requires(Permission.NOMINAL_SUPERVISE)
class SampleNew(ServiceFormMixin, FormView[SampleForm]):
    form_class = SampleForm
    title = "Draw a dip sample"
    submit = "Draw"
    done = "Drawn. Ask about each look, and say what you found."

    def get_initial(self) -> dict[str, Any]:
        first = today().replace(day=1)
        return {"since": first, "until": timezone.localdate()}

    def perform(self, form: SampleForm) -> DipSample:
        return draw_sample(by=person(self.request), **form.cleaned_data)

    def address_of(self, record: DipSample) -> str:
        return reverse("core:dip-sample-detail", args=[record.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        trail = [(title, reverse(name)) for title, name in TRAIL]
        return super().get_context_data(**kwargs) | {"trail": trail, "cancel": trail[0][1]}


class SampleDetail(View):
    access = READERS

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return _page(request, get_object_or_404(samples_for(person(request)), pk=pk))


@requires(Permission.NOMINAL_SUPERVISE)
@require_POST
def look_judge(request: HttpRequest, pk: int, look: int) -> HttpResponse:
    by = person(request)
    sample = get_object_or_404(samples_for(by), pk=pk)
    found = get_object_or_404(DipLook, pk=look, sample=sample)
    form = JudgeForm(request.POST, prefix=str(found.pk))
    if not form.is_valid():
        return _page(request, sample, form)
    try:
        judge_look(by=by, look=found, **form.cleaned_data)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return _page(request, sample, form)
    messages.success(request, "Judged.")
    return redirect("core:dip-sample-detail", pk=pk)


def _page(request: HttpRequest, sample: DipSample, form: JudgeForm | None = None) -> HttpResponse:
    by = person(request)
    audit.record(by=by, action=audit.Action.AUDIT_READ, target=sample)
    rows = [(row, _form_of(by, row.look, row.told.event, form)) for row in judged(by, sample)]
    context = {
        "sample": sample,
        "rows": rows,
        "form": form,
        "trail": [(title, reverse(name)) for title, name in TRAIL],
    }
    return render(request, "core/dip_sample/detail.html", context)


def _form_of(by: Any, look: DipLook, event: AuditEvent, sent: JudgeForm | None) -> Any:
    """The one that was sent back with its errors, else an empty one; none where it is judged."""
    if sent is not None and sent.prefix == str(look.pk):
        return sent
    return JudgeForm(prefix=str(look.pk)) if can_judge_look(by, look, event) else None
