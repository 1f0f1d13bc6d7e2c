from uuid import UUID

import django_tables2
from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import slugify
from django.views.decorators.http import require_POST, require_safe
from django_tables2 import SingleTableView

from core.access.person import person
from core.access.policy import signed_in
from core.exports.kinds import export_kind, export_kinds
from core.exports.writers import CONTENT_TYPES
from core.models import ExportRun, ExportState
from core.selectors.approvals import asked_about
from core.selectors.exports import exports_of
from core.services.exports import ask_for_export, open_export, request_export
from core.tables import DateTimeColumn, NumberColumn, Table


def kind_choices() -> list[tuple[str, str]]:
    return [(kind.slug, kind.title) for kind in export_kinds()]


# What was sent is not repeated: the next page shows it, whatever its length.
UNKNOWN = {"invalid_choice": "There is no such export."}


class ExportForm(forms.Form):
    """Posted by the download buttons of a list page, with the query of that page."""

    kind = forms.ChoiceField(choices=kind_choices, error_messages=UNKNOWN)
    query = forms.CharField(required=False, max_length=2000)
    format = forms.ChoiceField(
        choices=[(form, form) for form in CONTENT_TYPES], error_messages=UNKNOWN
    )


class ExportTable(Table):
    caption = "Your exports"
    noun = "exports"

    title = django_tables2.Column(
        accessor="kind",
        linkify=lambda record: reverse("core:export-detail", args=[record.pk]),
        verbose_name="What",
        orderable=False,
    )
    format = django_tables2.Column(orderable=False)
    created_at = DateTimeColumn(verbose_name="Asked for")
    state = django_tables2.Column()
    rows = NumberColumn()
    expires_at = DateTimeColumn(verbose_name="Kept until")

    def render_title(self, value: str) -> str:
        return title_of(value)


@signed_in
class ExportList(SingleTableView):
    """Everybody's own; what may be exported is asked when it is."""

    table_class = ExportTable
    template_name = "core/export/list.html"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[ExportRun]:
        return exports_of(person(self.request))


@signed_in
@require_POST
def export_create(request: HttpRequest) -> HttpResponse:
    form = ExportForm(request.POST)
    try:
        if not form.is_valid():
            raise ValidationError(form.errors.as_data())
        run = request_export(
            by=person(request),
            kind=form.cleaned_data["kind"],
            query=form.cleaned_data["query"],
            form=form.cleaned_data["format"],
        )
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect(_back(request))
    return redirect("core:export-detail", pk=run.pk)


class AskForm(forms.Form):
    reason = forms.CharField(
        label="Why do you need all of them?",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@signed_in
@require_safe
def export_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _page(request, _own(request, pk), AskForm())


@signed_in
@require_POST
def export_ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    """For a file with many people: another person is asked."""
    run, form = _own(request, pk), AskForm(request.POST)
    if not form.is_valid():
        return _page(request, run, form)
    ask_for_export(by=person(request), run=run, **form.cleaned_data)
    messages.success(request, "Asked. The file is made once another person has approved it.")
    return redirect("core:export-detail", pk=pk)


def _page(request: HttpRequest, run: ExportRun, form: AskForm) -> HttpResponse:
    context = {
        "run": run,
        "title": title_of(run.kind),
        "running": run.state in (ExportState.QUEUED, ExportState.RUNNING),
        "ready": run.state == ExportState.DONE,
        "unasked": run.state == ExportState.UNASKED,
        "limit": settings.EXPORT_PEOPLE,
        "asked": asked_about(run).first(),
        "form": form,
        "trail": [("Your exports", reverse("core:export-list"))],
    }
    part = "core/export/progress.html" if getattr(request, "htmx", False) else ""
    return render(request, part or "core/export/detail.html", context)


@signed_in
@require_safe
def export_download(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    run = _own(request, pk)
    try:
        file = open_export(by=person(request), run=run)
    except FileNotFoundError as gone:
        messages.error(request, str(gone))
        return redirect("core:export-detail", pk=pk)
    at = timezone.localtime(run.created_at)
    name = f"{run.kind}-{at:%Y-%m-%d-%H%M}-{slugify(run.by.username)}.{run.format}"
    return FileResponse(
        file, as_attachment=True, filename=name, content_type=CONTENT_TYPES[run.format]
    )


def title_of(kind: str) -> str:
    """An export outlives the declaration of its kind."""
    try:
        return export_kind(kind).title
    except KeyError:
        return kind


def _own(request: HttpRequest, pk: UUID) -> ExportRun:
    """Somebody else's export is answered like one that never was."""
    run = exports_of(person(request)).filter(pk=pk).first()
    if run is None:
        raise Http404
    return run


def _back(request: HttpRequest) -> str:
    came_from = request.headers.get("referer", "")
    safe = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, request.is_secure())
    return came_from if safe else reverse("core:export-list")
