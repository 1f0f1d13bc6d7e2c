from typing import Any
from uuid import UUID

import django_tables2
from django import forms
from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import FormView
from django_tables2 import SingleTableView

from core.access.person import person
from core.access.policy import requires
from core.imports import all_kinds
from core.imports.kinds import Kind
from core.models import ImportRun, ImportState
from core.policies import IMPORTING
from core.selectors.imports import (
    import_of_the_same_file,
    imports_for,
    kinds_for,
    nothing_new_in,
)
from core.services.imports import cancel_import, confirm_import, open_rejects, receive_file
from core.tables import DateTimeColumn, NumberColumn, Table

WORKING = (ImportState.CHECKING, ImportState.QUEUED, ImportState.RUNNING)
TOLD = (ImportState.CHECKED, ImportState.DONE)
TRAIL = [("Imports", "core:import-list")]


def upload_limit() -> int:
    """With room for the rest of the form."""
    return int(settings.IMPORT_MAX_BYTES) + 10**6


class ImportForm(forms.Form):
    kind = forms.ChoiceField(label="What is in the file")
    file = forms.FileField(
        label="File",
        help_text=(
            "CSV (UTF-8), compressed CSV or an Excel workbook, with a header row. "
            "Files of police.uk need none."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.gz,.xlsx"}),
        error_messages={"empty": "The file is empty. Export it again and send that."},
    )

    def __init__(self, *args: Any, kinds: list[Kind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(kind.slug, kind.title) for kind in kinds]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]  # of a choice


class ImportTable(Table):
    caption = "Imports, newest first"
    noun = "imports"
    stacks = True

    file_name = django_tables2.Column(
        linkify=lambda record: reverse("core:import-detail", args=[record.pk]),
        verbose_name="File",
        orderable=False,
    )
    kind = django_tables2.Column(orderable=False)
    by = django_tables2.Column(verbose_name="Sent by", default="A command", orderable=False)
    created_at = DateTimeColumn(verbose_name="Sent")
    state = django_tables2.Column(orderable=False)
    read = NumberColumn(orderable=False)
    created = NumberColumn(verbose_name="Added", orderable=False)
    updated = NumberColumn(verbose_name="Changed", orderable=False)
    rejected = NumberColumn(orderable=False)

    def render_kind(self, value: str) -> str:
        return title_of(value)


@requires(IMPORTING)
class ImportList(SingleTableView):
    table_class = ImportTable
    template_name = "core/import/list.html"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[ImportRun]:
        return imports_for(person(self.request))


@requires(IMPORTING)
class ImportNew(FormView[ImportForm]):
    form_class = ImportForm
    upload_limit = staticmethod(upload_limit)
    template_name = "core/import/new.html"

    def get_initial(self) -> dict[str, Any]:
        return {"kind": self.request.GET.get("kind", "crimes")}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"kinds": kinds_for(person(self.request))}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kinds = kinds_for(person(self.request))
        return super().get_context_data(**kwargs) | {"kinds": kinds, "trail": _trail()}

    def form_valid(self, form: ImportForm) -> HttpResponse:
        file = form.cleaned_data["file"]
        run = receive_file(
            by=person(self.request), kind=form.cleaned_data["kind"], file=file, name=file.name
        )
        return redirect("core:import-detail", pk=run.pk)


@requires(IMPORTING)
@require_safe
def import_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    run = get_object_or_404(imports_for(person(request)), pk=pk)
    kind = all_kinds()[run.kind]
    checked = run.state == ImportState.CHECKED
    context = {
        "run": run,
        "kind": kind,
        "title": f"{kind.title}: {run.file_name}",
        "working": run.state in WORKING,
        "checked": checked,
        "done": run.state == ImportState.DONE,
        "told": run.state in TOLD or bool(run.errors),
        "facts": _facts(run),
        "counts": _counts(run),
        "something_new": run.created + run.updated > 0,
        "faulty": len({error["row"] for error in run.errors}),
        "nothing_new": nothing_new_in(run),
        "twin": _twin(run) if checked or nothing_new_in(run) else "",
        "list_url": reverse(kind.list_url) if kind.list_url else "",
        "trail": _trail(),
    }
    part = "core/import/progress.html" if getattr(request, "htmx", False) else ""
    return render(request, part or "core/import/detail.html", context)


@requires(IMPORTING)
@require_POST
def import_confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    confirm_import(by=person(request), run=get_object_or_404(ImportRun, pk=pk))
    return redirect("core:import-detail", pk=pk)


@requires(IMPORTING)
@require_POST
def import_cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    run = get_object_or_404(ImportRun, pk=pk)
    cancel_import(by=person(request), run=run)
    messages.success(request, f"{run.file_name} was not imported. Nothing has changed.")
    return redirect("core:import-list")


@requires(IMPORTING)
@require_safe
def import_rejects(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    run = get_object_or_404(ImportRun, pk=pk)
    try:
        file = open_rejects(by=person(request), run=run)
    except FileNotFoundError:
        messages.error(request, "There is no file of rejected rows for this import.")
        return redirect("core:import-detail", pk=pk)
    name = f"rejected-{run.kind}-{run.created_at:%Y-%m-%d}.csv"
    return FileResponse(file, as_attachment=True, filename=name, content_type="text/csv")


def title_of(slug: str) -> str:
    kind = all_kinds().get(slug)
    return kind.title if kind else slug


def _trail() -> list[tuple[str, str]]:
    return [(title, reverse(name)) for title, name in TRAIL]


def _twin(run: ImportRun) -> str:
    twin = import_of_the_same_file(run)
    if twin is None or twin.finished_at is None:
        return ""
    on = localtime(twin.finished_at)
    return f"This very file was imported on {on:%-d %B %Y at %H:%M} by {twin.by or 'a command'}."


def _facts(run: ImportRun) -> list[dict[str, Any]]:
    facts = [
        ("File", run.file_name),
        ("What is in it", title_of(run.kind)),
        ("Sent by", run.by or "A command"),
        (
            "Fingerprint (SHA-256)",
            format_html("<code>{}</code>", run.sha256) if run.sha256 else "-",
        ),
    ]
    return [{"key": key, "value": value} for key, value in facts]


def _counts(run: ImportRun) -> list[dict[str, Any]]:
    """What would happen, before it is confirmed; what happened, after."""
    would = run.state == ImportState.CHECKED
    words = {
        "read": "Rows in the file" if would else "Rows read",
        "created": "New, to be added" if would else "Added",
        "updated": "Known, to be changed" if would else "Changed",
        "unchanged": "Known and the same",
        "rejected": "Rejected",
    }
    return [{"key": text, "value": f"{getattr(run, name):,}"} for name, text in words.items()]
