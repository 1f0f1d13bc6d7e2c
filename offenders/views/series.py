from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import FormView, TemplateView

from core import audit
from core.access.permissions import Permission
from core.access.person import person
from core.access.policy import requires
from core.editing import ServiceFormMixin
from core.lists import RecordList
from core.selectors.history import history_of
from core.words import facts_of
from offenders.forms import series as forms
from offenders.forms.nominals import ReasonForm
from offenders.models import CrimeSeries, SeriesCrime, SeriesSuspect
from offenders.models.series import SeriesState, Standing
from offenders.selectors.nominals import nominal_for
from offenders.selectors.series import Content, all_series, series_url
from offenders.series_list import SeriesFilter, SeriesTable
from offenders.services import series as services
from offenders.views.changes import CrimeChange
from offenders.views.nominals import NominalFormView

LISTED = "offenders:series-list"
FACTS = ("method", "owner", "unit", "opened_on", "closed_on", "closed_why")


@requires(Permission.NOMINAL_VIEW)
class SeriesList(RecordList):
    filterset_class = SeriesFilter
    table_class = SeriesTable
    title = "Crime series"
    export_kind = "series"
    trail = []  # the menu leads here

    def all_rows(self) -> QuerySet[CrimeSeries]:
        return all_series()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_change = person(self.request).has(Permission.NOMINAL_CHANGE)
        return super().get_context_data(**kwargs) | {
            "new_url": reverse("offenders:series-new") if may_change else None,
            "new_label": "Open a series",
        }


class OneSeries:
    series: CrimeSeries
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.series = get_object_or_404(all_series(), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # a view's mixin

    def trail(self) -> list[tuple[str, str]]:
        return [("Crime series", reverse(LISTED))]


@requires(Permission.NOMINAL_VIEW)
class SeriesDetail(OneSeries, TemplateView):
    """Its crimes and its suspects. One look in the log names everybody."""

    template_name = "offenders/series/detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        by, content = person(self.request), Content(self.series)
        seen = {f"series {self.series.ref}": [row.nominal_id for row in content.suspects]}
        audit.record(by=by, action=audit.Action.NOMINAL_VIEWED, target=self.series, detail=seen)
        may_change = by.has(Permission.NOMINAL_CHANGE)
        return super().get_context_data(**kwargs) | {
            "trail": self.trail(),
            "series": self.series,
            "facts": [fact for fact in facts_of(self.series, FACTS) if fact["value"] != "-"],
            "content": content,
            "history": history_of(self.series),
            "may_change": may_change,
            "may_feed": may_change and self.series.state == SeriesState.OPEN,
        }


@requires(Permission.NOMINAL_CHANGE)
class SeriesNew(ServiceFormMixin, FormView[forms.NewSeriesForm]):
    form_class = forms.NewSeriesForm
    title = "Open a series"
    submit = "Open the series"
    done = "Series opened."

    def get_initial(self) -> dict[str, Any]:
        return {"crime": self.request.GET.get("crime", "")}

    def perform(self, form: forms.NewSeriesForm) -> CrimeSeries:
        return services.open_series(by=person(self.request), **form.facts())

    def address_of(self, record: CrimeSeries) -> str:
        return series_url(record.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        trail = [("Crime series", reverse(LISTED))]
        return super().get_context_data(**kwargs) | {"trail": trail, "cancel": reverse(LISTED)}


class SeriesFormView(OneSeries, ServiceFormMixin, FormView[Any]):
    """A form about one series, back to its page when it is done."""

    def address_of(self, record: Any) -> str:
        return series_url(self.series.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        url = series_url(self.series.pk)
        return super().get_context_data(**kwargs) | {
            "trail": [*self.trail(), (self.series.name, url)],
            "caption": str(self.series),
            "cancel": url,
        }


@requires(Permission.NOMINAL_CHANGE)
class SeriesEdit(SeriesFormView):
    form_class = forms.SeriesForm
    title = "Change a series"
    amends = True

    def get_form_kwargs(self) -> dict[str, Any]:
        # A copy: the form writes what was typed into its instance.
        return super().get_form_kwargs() | {"instance": CrimeSeries.objects.get(pk=self.series.pk)}

    def perform(self, form: forms.SeriesForm) -> CrimeSeries:
        return services.amend_series(
            by=person(self.request),
            series=self.series,
            version=form.cleaned_data["version"],
            **form.facts(),
        )


@requires(Permission.NOMINAL_CHANGE)
class SeriesClose(SeriesFormView):
    form_class = forms.CloseForm
    title = "Close the series"
    submit = "Close it"
    done = "Series closed."

    def perform(self, form: forms.CloseForm) -> CrimeSeries:
        by = person(self.request)
        return services.close_series(by=by, series=self.series, **form.cleaned_data)


@requires(Permission.NOMINAL_CHANGE)
class SeriesReopen(SeriesFormView):
    form_class = ReasonForm
    title = "Open the series again"
    submit = "Open it again"
    done = "Series opened again."

    def perform(self, form: ReasonForm) -> CrimeSeries:
        by = person(self.request)
        return services.reopen_series(by=by, series=self.series, **form.cleaned_data)


@requires(Permission.NOMINAL_CHANGE)
class SeriesLink(SeriesFormView):
    form_class = forms.LinkForm
    title = "Link a crime to the series"
    submit = "Link it"
    done = "Crime linked."

    def perform(self, form: forms.LinkForm) -> SeriesCrime:
        by = person(self.request)
        return services.link_crime(by=by, series=self.series, **form.cleaned_data)


@requires(Permission.NOMINAL_CHANGE)
class SeriesUnlink(SeriesFormView):
    form_class = ReasonForm
    submit = "Take it out"
    done = "Crime taken out of the series."

    def link(self) -> SeriesCrime:
        links = self.series.links.standing()
        found: SeriesCrime = get_object_or_404(links, pk=self.kwargs["link"])
        return found

    @property
    def title(self) -> str:  # type: ignore[override]  # it names the crime
        return f"Take crime {self.link().crime_id} out of the series"

    def perform(self, form: ReasonForm) -> SeriesCrime:
        by = person(self.request)
        return services.unlink_crime(by=by, link=self.link(), **form.cleaned_data)


@requires(Permission.NOMINAL_CHANGE)
class SeriesSuspectNew(SeriesFormView):
    form_class = forms.SuspectForm
    title = "Name a suspect of the series"
    submit = "Name them"
    done = "Suspect named."

    def perform(self, form: forms.SuspectForm) -> SeriesSuspect:
        by, said = person(self.request), dict(form.cleaned_data)
        said["nominal"] = nominal_for(by, said["nominal"].pk, why="series")
        return services.name_suspect(by=by, series=self.series, **said)


@requires(Permission.NOMINAL_CHANGE)
class SeriesStanding(SeriesFormView):
    """Eliminates a suspect, or suspects somebody again who was eliminated."""

    form_class = ReasonForm
    done = "Recorded."
    suspect: SeriesSuspect

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.suspect = get_object_or_404(
            SeriesSuspect.objects.select_related("nominal"), series=kwargs["pk"], pk=kwargs["row"]
        )
        nominal_for(person(request), self.suspect.nominal_id, why="series")
        return super().dispatch(request, *args, **kwargs)

    @property
    def eliminates(self) -> bool:
        return self.suspect.standing == Standing.SUSPECTED

    @property
    def title(self) -> str:  # type: ignore[override]  # it names the person
        verb = "Eliminate" if self.eliminates else "Suspect again"
        return f"{verb}: {self.suspect.nominal}"

    @property
    def submit(self) -> str:  # type: ignore[override]  # as the title
        return "Eliminate" if self.eliminates else "Suspect again"

    def perform(self, form: ReasonForm) -> SeriesSuspect:
        step = services.eliminate_suspect if self.eliminates else services.suspect_again
        return step(by=person(self.request), suspect=self.suspect, **form.cleaned_data)


@requires(Permission.NOMINAL_CHANGE)
class CrimeSeriesNew(CrimeChange):
    """From the page of a crime."""

    form_class = forms.LinkThisForm
    template_name = "offenders/series/link.html"
    title = "Link to a series"
    submit = "Link it"
    done = "Crime linked."

    def perform(self, form: forms.LinkThisForm) -> SeriesCrime:
        by = person(self.request)
        return services.link_crime(by=by, crime=self.object, **form.cleaned_data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"crime": self.object}


@requires(Permission.NOMINAL_CHANGE)
class SeriesOf(NominalFormView):
    """From the page of a nominal."""

    form_class = forms.SuspectThisForm
    title = "Suspect of a series"
    submit = "Name them"
    done = "Named as a suspect of the series."

    def perform(self, form: forms.SuspectThisForm) -> SeriesSuspect:
        by = person(self.request)
        return services.name_suspect(by=by, nominal=self.nominal, **form.cleaned_data)
