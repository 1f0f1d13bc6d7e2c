"""Footwear scanned in custody, and the scenes that it may have been at."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import FormView, TemplateView

from core.access.permissions import Permission
from core.access.person import person
from core.access.policy import requires
from core.editing import ServiceFormMixin
from core.words import facts_of
from offenders.models import Arrest
from offenders.nominal_tables import nominal_url
from offenders.selectors.nominals import nominal_for
from offenders.views.nominals import NominalFormView
from operations.forms.trials import (
    CameOfForm,
    CandidateForm,
    DecideForm,
    ScanForm,
    ScanOfForm,
)
from operations.models import FootwearMatch, FootwearScan
from operations.models.footwear import MATCH
from operations.selectors.trials import matches_of, scan_url, scans, trial_url
from operations.services.footwear import (
    add_candidate,
    qualify,
    record_scan,
    record_what_came,
    reject,
)

FACTS = ("pattern", "scanned_at", "district", "by", "note")


@requires(Permission.NOMINAL_CHANGE)
class ScanOf(NominalFormView):
    """From the page of a nominal."""

    form_class = ScanOfForm
    title = "Record a footwear scan"
    submit = "Record it"
    done = "Footwear scan recorded."

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"nominal": self.nominal}

    def perform(self, form: ScanOfForm) -> FootwearScan:
        return record_scan(by=person(self.request), **form.cleaned_data)

    def address_of(self, record: Any) -> str:
        return scan_url(record.pk)


@requires(Permission.NOMINAL_CHANGE)
class ScanNew(ServiceFormMixin, FormView[ScanForm]):
    """From the page of an arrest or a detention."""

    form_class = ScanForm
    title = "Record a footwear scan"
    submit = "Record it"
    done = "Footwear scan recorded."
    arrest: Arrest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        rows = Arrest.objects.select_related("nominal", "district")
        self.arrest = get_object_or_404(rows, pk=kwargs["pk"])
        nominal_for(person(request), self.arrest.nominal_id, why="footwear")
        return super().dispatch(request, *args, **kwargs)

    def perform(self, form: ScanForm) -> FootwearScan:
        return record_scan(by=person(self.request), arrest=self.arrest, **form.cleaned_data)

    def address_of(self, record: Any) -> str:
        return scan_url(record.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        url = reverse("offenders:arrest-detail", args=[self.arrest.pk])
        return super().get_context_data(**kwargs) | {
            "trail": [(str(self.arrest), url)],
            "caption": str(self.arrest),
            "cancel": url,
        }


class OneScan:
    """`scan`, after one look at its nominal in the log."""

    scan: FootwearScan
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.scan = get_object_or_404(scans(), pk=kwargs["pk"])
        nominal_for(person(request), self.scan.arrest.nominal_id, why="footwear")
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # a view's mixin

    def trail(self) -> list[tuple[str, str]]:
        nominal, trial = self.scan.arrest.nominal, self.scan.trial
        of_trial = [(str(trial), trial_url(trial.pk))] if trial else []
        return [*of_trial, (str(nominal), nominal_url(nominal.pk))]


@requires(Permission.NOMINAL_VIEW)
class ScanDetail(OneScan, TemplateView):
    template_name = "operations/footwear/detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        scan = self.scan
        return super().get_context_data(**kwargs) | {
            "trail": self.trail(),
            "scan": scan,
            "nominal": scan.arrest.nominal,
            "facts": [fact for fact in facts_of(scan, FACTS) if fact["value"] != "-"],
            "matches": [(match, _steps(match)) for match in matches_of(scan)],
            "may_change": person(self.request).has(Permission.NOMINAL_CHANGE),
        }


def _steps(match: FootwearMatch) -> list[tuple[str, str]]:
    verbs = {"qualified": ("qualify", "Qualify"), "rejected": ("reject", "Reject")}
    offered = [verbs[step] for step in MATCH.open_from(match.state)]
    if match.state == "qualified":
        offered.append(("outcome", "Say what came of it"))
    return [
        (title, reverse("operations:footwear-step", args=[match.scan_id, match.pk, slug]))
        for slug, title in offered
    ]


class ScanFormView(OneScan, ServiceFormMixin, FormView[Any]):
    def address_of(self, record: Any) -> str:
        return scan_url(self.scan.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        url = scan_url(self.scan.pk)
        return super().get_context_data(**kwargs) | {
            "trail": [*self.trail(), ("Footwear scan", url)],
            "caption": f"{self.scan} of {self.scan.arrest.nominal}",
            "cancel": url,
        }


@requires(Permission.NOMINAL_CHANGE)
class CandidateNew(ScanFormView):
    form_class = CandidateForm
    title = "Add a scene that may match"
    submit = "Add it"
    done = "Candidate added. Somebody has to decide on it."

    def perform(self, form: CandidateForm) -> FootwearMatch:
        return add_candidate(by=person(self.request), scan=self.scan, **form.cleaned_data)


STEPS: dict[str, tuple[str, type[Any], Callable[..., FootwearMatch]]] = {
    "qualify": ("Qualify the match", DecideForm, qualify),
    "reject": ("Reject the match", DecideForm, reject),
    "outcome": ("What came of the match", CameOfForm, record_what_came),
}


@requires(Permission.NOMINAL_CHANGE)
class MatchStep(ScanFormView):
    submit = "Record it"
    done = "Recorded."

    @property
    def step(self) -> tuple[str, type[Any], Callable[..., FootwearMatch]]:
        if self.kwargs["step"] not in STEPS:
            raise Http404("A match has no such step.")
        return STEPS[self.kwargs["step"]]

    @property
    def match(self) -> FootwearMatch:
        return get_object_or_404(self.scan.matches, pk=self.kwargs["match"])

    @property
    def title(self) -> str:  # type: ignore[override]  # it names the step
        return f"{self.step[0]} with crime {self.match.crime_id}"

    def get_form_class(self) -> type[Any]:
        return self.step[1]

    def perform(self, form: Any) -> FootwearMatch:
        return self.step[2](by=person(self.request), match=self.match, **form.cleaned_data)
