from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views import View
from django.views.generic import FormView, TemplateView

from core.access.permissions import Permission
from core.access.person import person
from core.access.policy import requires
from core.concurrency import EditConflict
from core.editing import ServiceFormMixin
from offenders.services.custody import RefusedError
from offenders.services.series import open_series
from operations.forms import scans as forms
from operations.models import Mark, Scan, ScanRow
from operations.selectors.living_near import Neighbour
from operations.selectors.repeats import Before
from operations.selectors.scan_page import Line, known_of, page_of, record_look, rows_of
from operations.selectors.scans import (
    calendar,
    marks_of,
    running_scan,
    scan_url,
    scans,
    unseen_positions,
)
from operations.services import scans as services

LIST = "operations:scan-list"


@requires(Permission.SCAN_CHANGE)
class ScanList(TemplateView):
    """Which day has its scan, which has none, and what runs."""

    template_name = "operations/scan/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "calendar": calendar(timezone.now()),
            "running": scans().filter(finished_at__isnull=True),
        }


@requires(Permission.SCAN_CHANGE)
class ScanNew(ServiceFormMixin, FormView[forms.StartForm]):
    form_class = forms.StartForm
    title = "Start the daily scan"
    submit = "Start"
    done = "Scan started. Work from top to bottom. J and K move, S is seen, N no action, L link, A action."

    def get_initial(self) -> dict[str, Any]:
        return {"area": self.request.GET.get("area") or person(self.request).unit_id}

    def perform(self, form: forms.StartForm) -> Scan:
        by, area = person(self.request), form.cleaned_data["area"]
        if running := running_scan(area):
            began = timezone.localtime(running.started_at)
            self.done = (
                f"{running.started_by} started this scan on {began:%-d %B at %H:%M}. You work on it "
                "together: every mark is kept with its author."
            )
        return services.start_scan(by=by, area=area)

    def address_of(self, record: Any) -> str:
        return scan_url(record.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        trail = [("Daily scan", reverse(LIST))]
        return super().get_context_data(**kwargs) | {"trail": trail, "cancel": reverse(LIST)}


class OneScan:
    scan: Scan

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        joined = Scan.objects.select_related("area", "started_by", "finished_by")
        self.scan = get_object_or_404(joined, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # a view's mixin

    def trail(self) -> list[tuple[str, str]]:
        return [("Daily scan", reverse(LIST))]


@requires(Permission.SCAN_CHANGE)
class ScanDetail(OneScan, TemplateView):
    """The page that is worked through, and later what was done on it."""

    template_name = "operations/scan/detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = page_of(self.scan)
        record_look(person(self.request), self.scan, page.seen_nominals)
        return super().get_context_data(**kwargs) | {
            "trail": self.trail(),
            "page": page,
            "scan": self.scan,
        }


@requires(Permission.SCAN_CHANGE)
class ScanSummary(OneScan, TemplateView):
    """One sheet for the briefing."""

    template_name = "operations/scan/summary.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = rows_of(self.scan)
        lines = [Line(row, *_nothing()) for row in rows]
        actions = [action for line in lines for action in line.actions]
        about = sorted({action.nominal_id for action in actions if action.nominal_id})
        record_look(person(self.request), self.scan, about)
        return super().get_context_data(**kwargs) | {
            "trail": [*self.trail(), (str(self.scan), scan_url(self.scan.pk))],
            "scan": self.scan,
            "marks": marks_of(rows),
            "total": len(rows),
            "actions": actions,
            "linked": [line for line in lines if line.row.mark == Mark.LINKED],
            "no_action": [line for line in lines if line.row.mark == Mark.NO_ACTION],
            "workers": sorted({str(row.marked_by) for row in rows if row.marked_by}),
        }


def _nothing() -> tuple[Before, list[Neighbour]]:
    """Where what was decided is shown, and not what is known of the place."""
    return Before(), []


class OneRow(OneScan):
    row: ScanRow

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        names = ("scan", "crime__offence", "crime__district", "incident__district", "marked_by")
        rows = ScanRow.objects.select_related(*names, "series").prefetch_related("actions__owner")
        self.row = get_object_or_404(rows, scan=kwargs["pk"], position=kwargs["position"])
        return super().dispatch(request, *args, **kwargs)

    def back(self, position: int) -> str:
        return f"{scan_url(self.row.scan_id)}#row-{position}"


@requires(Permission.SCAN_CHANGE)
class RowMark(OneRow, View):
    """Seen, or no action. Answers the row again to htmx, and the page at the next row otherwise."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = forms.MarkForm(request.POST)
        problem = self._problem(form)
        if request.headers.get("HX-Request"):
            return self._part(problem)
        if problem:
            messages.error(request, f"Row {self.row.position}: {problem}")
        return HttpResponseRedirect(self.back(self.row.position + (0 if problem else 1)))

    def _problem(self, form: forms.MarkForm) -> str:
        """Why it was not marked, as a sentence; nothing when it was."""
        if not form.is_valid():
            return "Choose seen or no action."
        said = form.cleaned_data
        try:
            services.mark_row(by=person(self.request), row=self.row, **said)
        except EditConflict as conflict:
            return _told(conflict.current)
        except RefusedError as refusal:
            return "; ".join(refusal.messages)
        return ""

    def _part(self, problem: str) -> HttpResponse:
        row = ScanRow.objects.select_related("scan", "marked_by", "series").get(pk=self.row.pk)
        counted = scans().get(pk=row.scan_id)
        context = {
            "row": row,
            "scan": row.scan,
            "problem": problem,
            "done": counted.total - counted.unseen,  # type: ignore[attr-defined]  # annotated
            "total": counted.total,  # type: ignore[attr-defined]  # likewise
        }
        return render(self.request, "operations/scan/marked.html", context)


def _told(current: Any) -> str:
    at = timezone.localtime(current.marked_at) if current.marked_at else timezone.localtime()
    return (
        f"{current.marked_by} marked this row “{Mark(current.mark).label}” at {at:%H:%M}. "
        "It stays so; look again before you change it."
    )


class RowForm(OneRow, ServiceFormMixin, FormView[Any]):
    """A form about one row, back to the next row when it is done."""

    def get_initial(self) -> dict[str, Any]:
        return {"version": self.row.version}

    def address_of(self, record: Any) -> str:
        return self.back(self.row.position + 1)

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)
        except EditConflict as conflict:
            form.add_error(None, _told(conflict.current))
            form.data = form.data.copy()
            form.data["version"] = str(conflict.current.version)  # type: ignore[attr-defined]  # a row's
            return self.form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        url = self.back(self.row.position)
        line = Line(self.row, *_nothing())
        return super().get_context_data(**kwargs) | {
            "trail": [*self.trail(), (f"Row {self.row.position}", url)],
            "caption": f"{line.title}, {self.row.ref}",
            "cancel": url,
            "cancel_label": "Back to the scan",
        }


@requires(Permission.SCAN_CHANGE)
class RowLink(RowForm):
    form_class = forms.LinkForm
    title = "Link to a series"
    submit = "Link it"
    done = "Linked."

    def perform(self, form: forms.LinkForm) -> ScanRow:
        by, said = person(self.request), dict(form.cleaned_data)
        name = said.pop("name")
        if said["series"] is None:
            method = said["why"]  # what its first crime is like
            said["series"] = open_series(by=by, name=name, method=method, unit=self.row.scan.area)
        return services.link_row(by=by, row=self.row, **said)


@requires(Permission.SCAN_CHANGE)
class RowAction(RowForm):
    form_class = forms.ScanActionForm
    title = "Raise an action"
    submit = "Raise it"
    done = "Action raised. Its owner sees it on their work."

    def get_form_kwargs(self) -> dict[str, Any]:
        _, near = known_of([self.row])
        neighbours = near.get(self.row.position, [])
        record_look(
            person(self.request), self.row.scan, sorted(one.nominal.pk for one in neighbours)
        )
        place = self.row.incident.location if self.row.incident else ""
        return super().get_form_kwargs() | {
            "row": self.row,
            "place": place,
            "near": neighbours,
        }

    def perform(self, form: forms.ScanActionForm) -> Any:
        return services.act_on_row(by=person(self.request), row=self.row, **form.facts())


@requires(Permission.SCAN_CHANGE)
class ScanFinish(OneScan, ServiceFormMixin, FormView[forms.FinishForm]):
    form_class = forms.FinishForm
    title = "Finish the scan"
    submit = "Finish"
    done = "Scan finished."
    template_name = "operations/scan/finish.html"

    def perform(self, form: forms.FinishForm) -> Scan:
        return services.finish_scan(by=person(self.request), scan=self.scan, **form.cleaned_data)

    def address_of(self, record: Any) -> str:
        return reverse("operations:scan-summary", args=[record.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        url = scan_url(self.scan.pk)
        return super().get_context_data(**kwargs) | {
            "trail": [*self.trail(), (str(self.scan), url)],
            "caption": str(self.scan),
            "cancel": url,
            "cancel_label": "Back to the rows",
            "scan_url": url,
            "unseen": unseen_positions(self.scan),
        }
