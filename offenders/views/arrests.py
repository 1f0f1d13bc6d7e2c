from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import FormView, TemplateView

from core.access.permissions import Permission
from core.access.person import person
from core.access.policy import requires
from core.editing import ServiceFormMixin
from core.selectors.history import histories_of, history_of, newest_first
from core.words import facts_of
from offenders.forms.custody import (
    AdmissionForm,
    AnybodysArrestForm,
    ArrestChangeForm,
    ArrestForm,
    OffenceChangeForm,
    OffenceForm,
)
from offenders.forms.nominals import ReasonForm
from offenders.models import Arrest, ArrestOffence, Detention, Nominal
from offenders.nominal_tables import nominal_url
from offenders.selectors.custody import detention_url
from offenders.selectors.nominals import meant_by, nominal_for
from offenders.services.arrest_offences import add_offence, amend_offence, remove_offence
from offenders.services.arrests import ArrestedFor, amend_arrest, record_arrest
from offenders.services.custody import begin_detention, bring_in
from offenders.views.custody import BOARD
from offenders.views.nominals import NominalFormView

FACTS = ("arrested_at", "place", "district", "arresting_officer", "operation", "ref", "note")


class ArrestLog(ServiceFormMixin, FormView[Any]):
    title = "Log an arrest"
    submit = "Log the arrest"
    done = "Arrest logged."

    def get_initial(self) -> dict[str, Any]:
        return {"arresting_officer": person(self.request)}

    def log(self, nominal: Nominal, form: ArrestForm) -> Arrest | Detention:
        by, into = person(self.request), form.admission()
        said = {"nominal": nominal, "offences": form.offences(), **form.facts()}
        if into is None:
            return record_arrest(by=by, **said)
        held = bring_in(by=by, into=into, appropriate_adult=form.adult(), **said)
        if held.lacks_adult:
            self.done = f"{self.done} This is a child: name the appropriate adult."
        return held

    def address_of(self, record: Any) -> str:
        held = isinstance(record, Detention)
        return detention_url(record) if held else arrest_url(record)


@requires(Permission.NOMINAL_CHANGE)
class ArrestNew(ArrestLog):
    """Of anybody, by their reference. A name that is typed instead is answered with whom it may mean."""

    form_class = AnybodysArrestForm
    template_name = "offenders/arrest/new.html"
    found: list[Nominal] = []

    def form_invalid(self, form: AnybodysArrestForm) -> HttpResponse:
        typed = form.data.get("nominal", "").strip()
        if "nominal" in form.errors and typed:
            self.found = meant_by(person(self.request), typed, why="arrest")
        return super().form_invalid(form)

    def perform(self, form: AnybodysArrestForm) -> Arrest | Detention:
        wanted = form.cleaned_data["nominal"]
        nominal = nominal_for(person(self.request), wanted.pk, why="arrest")
        return self.log(nominal, form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "trail": [("Custody", reverse(BOARD))],
            "cancel": reverse(BOARD),
            "found": self.found,
        }


@requires(Permission.NOMINAL_CHANGE)
class ArrestOf(NominalFormView, ArrestLog):
    form_class = ArrestForm
    title = ArrestLog.title
    submit = ArrestLog.submit
    done = ArrestLog.done

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"nominal": self.nominal}

    def perform(self, form: ArrestForm) -> Arrest | Detention:
        return self.log(self.nominal, form)

    def address_of(self, record: Any) -> str:
        return ArrestLog.address_of(self, record)


def arrest_url(arrest: Arrest) -> str:
    return reverse("offenders:arrest-detail", args=[arrest.pk])


class OneArrest:
    """`arrest`, after one look at its nominal in the log."""

    arrest: Arrest
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        rows = Arrest.objects.select_related(
            "nominal", "district", "arresting_officer", "detention"
        )
        self.arrest = get_object_or_404(rows, pk=kwargs["pk"])
        nominal_for(person(request), self.arrest.nominal_id, why="arrest")
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # a view's mixin

    def trail(self) -> list[tuple[str, str]]:
        nominal = self.arrest.nominal
        return [("Custody", reverse(BOARD)), (str(nominal), nominal_url(nominal.pk))]


@requires(Permission.NOMINAL_VIEW)
class ArrestDetail(OneArrest, TemplateView):
    template_name = "offenders/arrest/detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "trail": self.trail(),
            "arrest": self.arrest,
            "facts": facts_of(self.arrest, FACTS),
            "offences": self.arrest.offences.all(),
            "detention": getattr(self.arrest, "detention", None),
            "history": newest_first(
                history_of(self.arrest), histories_of(ArrestOffence, arrest=self.arrest.pk)
            ),
            "may_change": person(self.request).has(Permission.NOMINAL_CHANGE),
        }


class ArrestChange(OneArrest, ServiceFormMixin, FormView[Any]):
    def address_of(self, record: Any) -> str:
        return arrest_url(self.arrest)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "trail": [*self.trail(), ("Arrest", arrest_url(self.arrest))],
            "caption": str(self.arrest),
            "cancel": arrest_url(self.arrest),
        }


@requires(Permission.NOMINAL_CHANGE)
class ArrestEdit(ArrestChange):
    form_class = ArrestChangeForm
    title = "Change the facts of an arrest"
    submit = "Save changes"

    def get_form_kwargs(self) -> dict[str, Any]:
        # A copy: the form writes what was typed into its instance.
        return super().get_form_kwargs() | {"instance": Arrest.objects.get(pk=self.arrest.pk)}

    def perform(self, form: ArrestChangeForm) -> Arrest:
        version = form.cleaned_data["version"]
        return amend_arrest(
            by=person(self.request), arrest=self.arrest, version=version, **form.facts()
        )


@requires(Permission.NOMINAL_CHANGE)
class OffenceNew(ArrestChange):
    form_class = OffenceForm
    title = "Add an offence to an arrest"
    submit = "Add it"
    done = "Offence added."

    def perform(self, form: OffenceForm) -> ArrestOffence:
        data = form.cleaned_data
        wanted = ArrestedFor(data["mode"], crime=data["crime"], title=data["title"])
        return add_offence(by=person(self.request), arrest=self.arrest, wanted=wanted)


class OneOffence(ArrestChange):
    offence: ArrestOffence

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        rows = ArrestOffence.objects.filter(arrest=kwargs["pk"])
        self.offence = get_object_or_404(rows, pk=kwargs["offence"])
        return super().dispatch(request, *args, **kwargs)


@requires(Permission.NOMINAL_CHANGE)
class OffenceEdit(OneOffence):
    form_class = OffenceChangeForm
    title = "Change an offence of an arrest"
    submit = "Save changes"
    done = "Offence changed. The earlier one is in the history."

    def get_initial(self) -> dict[str, Any]:
        offence = self.offence
        return {"title": offence.title, "crime": offence.crime_id or "", "mode": offence.mode}

    def perform(self, form: OffenceChangeForm) -> ArrestOffence:
        return amend_offence(by=person(self.request), offence=self.offence, **form.cleaned_data)


@requires(Permission.NOMINAL_CHANGE)
class OffenceRemove(OneOffence):
    form_class = ReasonForm
    submit = "Take it out"
    done = "Taken out. It stays in the history."

    @property
    def title(self) -> str:  # type: ignore[override]  # it names the offence
        return f"Take out: {self.offence.title}"

    def perform(self, form: ReasonForm) -> Arrest:
        remove_offence(by=person(self.request), offence=self.offence, **form.cleaned_data)
        return self.arrest


@requires(Permission.NOMINAL_CHANGE)
class DetentionNew(ArrestChange):
    form_class = AdmissionForm
    title = "Into custody"
    submit = "Start the clock"
    done = "Detention logged. The clock runs."

    def perform(self, form: AdmissionForm) -> Detention:
        return begin_detention(
            by=person(self.request), arrest=self.arrest, into=form.admission(), **form.facts()
        )

    def address_of(self, record: Any) -> str:
        return detention_url(record)
