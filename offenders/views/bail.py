from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import FormView, TemplateView

from core import audit
from core.access.permissions import Permission
from core.access.person import person
from core.access.policy import requires
from core.dates import today
from core.editing import ServiceFormMixin
from core.lists import RecordList
from core.selectors.history import histories_of, history_of, newest_first
from core.words import facts_of
from offenders.bail_list import BailFilter, BailTable
from offenders.forms.bail import (
    BailEndForm,
    CourtExtendForm,
    DayForm,
    ExtendForm,
    GrantForm,
    OneBailForm,
    ReleaseForm,
    TagAnswerForm,
    VaryForm,
)
from offenders.forms.nominals import ReasonForm
from offenders.models import Bail, BailCondition, BailExtension, ReleasedUnderInvestigation
from offenders.nominal_tables import nominal_url
from offenders.selectors.bail import BailOn, bail_url, bails, known_of_release, next_alerts
from offenders.selectors.nominals import nominal_for
from offenders.services.bail import (
    answer_tag,
    designate_exceptional,
    end_bail,
    end_rui,
    extend_bail,
    grant_bail,
    record_rui,
    resume_bail,
    suspend_bail,
    vary_bail,
)
from offenders.views.nominals import NominalFormView

LIST = "offenders:bail-list"
FACTS = (
    "state", "granted_at", "authorised_rank", "authorised_by", "surrender_at", "surrender_place",
    "is_exceptional", "basis_note", "victim_views", "suspended_on", "suspended_days", "ended_at",
    "end_note", "is_offence_recorded",
)  # fmt: skip


@requires(Permission.NOMINAL_VIEW)
class BailList(RecordList):
    """Everybody on bail before charge; the look is logged."""

    filterset_class = BailFilter
    table_class = BailTable
    title = "Bail before charge"
    trail = []  # the menu leads here

    def all_rows(self) -> QuerySet[Bail]:
        return bails().running()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "more_links": [("Remand applications", reverse("offenders:remand-list"))]
        }

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().get(request, *args, **kwargs)
        seen = {"bail list": request.GET.urlencode()}
        audit.record(by=person(request), action=audit.Action.NOMINAL_VIEWED, detail=seen)
        return response


class OneBail:
    """`bail`, after one look at its nominal in the log."""

    bail: Bail
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.bail = get_object_or_404(bails(), pk=kwargs["pk"])
        nominal_for(person(request), self.bail.arrest.nominal_id, why="bail")
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # a view's mixin

    def trail(self) -> list[tuple[str, str]]:
        nominal = self.bail.arrest.nominal
        return [("Bail", reverse(LIST)), (str(nominal), nominal_url(nominal.pk))]


@requires(Permission.NOMINAL_VIEW)
class BailDetail(OneBail, TemplateView):
    template_name = "offenders/bail/detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "trail": self.trail(),
            "bail": self.bail,
            "on": BailOn(self.bail, today()),
            "facts": facts_of(self.bail, FACTS),
            "conditions": self.bail.conditions.all(),
            "extensions": self.bail.extensions.select_related("by"),
            "alerts": next_alerts(self.bail),
            "history": newest_first(
                history_of(self.bail), histories_of(BailCondition, bail=self.bail.pk)
            ),
            "may_change": person(self.request).has(Permission.NOMINAL_CHANGE),
        }


@requires(Permission.NOMINAL_CHANGE)
class BailOf(NominalFormView):
    """After the latest arrest, unless another is chosen or asked for by `?arrest=`."""

    form_class = GrantForm
    title = "Grant bail before charge"
    submit = "Grant bail"
    done = "Bail granted. Its last day follows from the day of arrest."

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"nominal": self.nominal}

    def get_initial(self) -> dict[str, Any]:
        return known_of_release(self.nominal, self.request.GET.get("arrest"))

    def perform(self, form: GrantForm) -> Bail:
        return grant_bail(
            by=person(self.request),
            arrest=form.cleaned_data["arrest"],
            authority=form.authority(),
            conditions=form.wanted(),
            **form.facts(),
        )

    def address_of(self, record: Any) -> str:
        return bail_url(record)


@requires(Permission.NOMINAL_CHANGE)
class ReleaseOf(NominalFormView):
    form_class = ReleaseForm
    title = "Release under investigation"
    submit = "Release"
    done = "Released under investigation: no end, no conditions."

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"nominal": self.nominal}

    def get_initial(self) -> dict[str, Any]:
        return known_of_release(self.nominal, self.request.GET.get("arrest"))

    def perform(self, form: ReleaseForm) -> ReleasedUnderInvestigation:
        return record_rui(by=person(self.request), **form.cleaned_data)


@requires(Permission.NOMINAL_CHANGE)
class ReleaseEnd(ServiceFormMixin, FormView[ReasonForm]):
    form_class = ReasonForm
    title = "End a release under investigation"
    submit = "End it"
    done = "Ended."
    release: ReleasedUnderInvestigation

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        rows = ReleasedUnderInvestigation.objects.select_related("arrest__nominal")
        self.release = get_object_or_404(rows, pk=kwargs["pk"])
        nominal_for(person(request), self.release.arrest.nominal_id, why="bail")
        return super().dispatch(request, *args, **kwargs)

    def perform(self, form: ReasonForm) -> ReleasedUnderInvestigation:
        reason = form.cleaned_data["reason"]
        return end_rui(by=person(self.request), release=self.release, version=None, reason=reason)

    def address_of(self, record: Any) -> str:
        return nominal_url(self.release.arrest.nominal_id)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        nominal = self.release.arrest.nominal
        url = nominal_url(nominal.pk)
        return super().get_context_data(**kwargs) | {
            "trail": [("Bail", reverse(LIST)), (str(nominal), url)],
            "caption": str(self.release),
            "cancel": url,
        }


class BailChange(OneBail, ServiceFormMixin, FormView[Any]):
    """A form about one bail, and back to it."""

    form_class: type[Any] | None = OneBailForm

    def get_form_kwargs(self) -> dict[str, Any]:
        # A copy: the form writes what was typed into its instance.
        return super().get_form_kwargs() | {"instance": Bail.objects.get(pk=self.bail.pk)}

    def about(self, form: Any) -> dict[str, Any]:
        version = form.cleaned_data["version"]
        return {"by": person(self.request), "bail": self.bail, "version": version}

    def address_of(self, record: Any) -> str:
        return bail_url(self.bail)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        url = bail_url(self.bail)
        return super().get_context_data(**kwargs) | {
            "trail": [*self.trail(), ("Bail", url)],
            "caption": str(self.bail),
            "cancel": url,
        }


@requires(Permission.NOMINAL_CHANGE)
class BailVary(BailChange):
    form_class = VaryForm
    title = "Vary bail"
    submit = "Vary bail"
    done = "Bail varied."

    def perform(self, form: VaryForm) -> Bail:
        data = form.cleaned_data
        return vary_bail(
            **self.about(form),
            at=data["at"],
            added=form.wanted(),
            removed=data.get("removed", ()),
            **form.changes(),
        )


@requires(Permission.NOMINAL_CHANGE)
class BailExtend(BailChange):
    form_class = ExtendForm
    title = "Extend bail"
    submit = "Extend bail"
    done = "Bail extended."

    def perform(self, form: ExtendForm) -> BailExtension:
        reason = form.cleaned_data["reason"]
        return extend_bail(**self.about(form), authority=form.authority(), reason=reason)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = BailOn(self.bail, today()).next_words
        return super().get_context_data(**kwargs) | {"caption": words}


@requires(Permission.NOMINAL_CHANGE)
class BailCourtExtend(BailChange):
    form_class = CourtExtendForm
    title = "Record an extension by a court"
    submit = "Record the extension"
    done = "Bail extended by the court."

    def perform(self, form: CourtExtendForm) -> BailExtension:
        data = form.cleaned_data
        return extend_bail(
            **self.about(form),
            authority=form.authority(),
            reason=data["reason"],
            court_until=data["court_until"],
        )


@requires(Permission.NOMINAL_CHANGE)
class BailSuspend(BailChange):
    form_class = DayForm
    title = "The case goes to the CPS"
    submit = "Suspend the period"
    done = "The period stands still until the case is back from the CPS."

    def perform(self, form: DayForm) -> Bail:
        return suspend_bail(**self.about(form), on=form.cleaned_data["on"])


@requires(Permission.NOMINAL_CHANGE)
class BailResume(BailChange):
    form_class = DayForm
    title = "The case is back from the CPS"
    submit = "Let the period run"
    done = "The period runs again; the days with the CPS are added to its end."

    def perform(self, form: DayForm) -> Bail:
        return resume_bail(**self.about(form), on=form.cleaned_data["on"])


@requires(Permission.NOMINAL_CHANGE)
class BailExceptional(BailChange):
    title = "Designate the case exceptionally complex"
    submit = "Designate"
    done = "Designated exceptionally complex."

    def perform(self, form: OneBailForm) -> Bail:
        return designate_exceptional(**self.about(form))


@requires(Permission.NOMINAL_CHANGE)
class BailEnd(BailChange):
    form_class = BailEndForm
    title = "End bail"
    submit = "End bail"
    done = "Bail has ended."

    def perform(self, form: BailEndForm) -> Bail:
        names = ("reason", "at", "note", "is_offence")
        return end_bail(**self.about(form), **{name: form.cleaned_data[name] for name in names})


@requires(Permission.NOMINAL_CHANGE)
class TagAnswered(BailChange):
    form_class = TagAnswerForm
    title = "Answer about the tag"
    done = "Answer recorded."

    def condition(self) -> BailCondition:
        return get_object_or_404(self.bail.conditions, pk=self.kwargs["condition"])

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        kwargs.pop("instance")
        return kwargs

    def perform(self, form: TagAnswerForm) -> BailCondition:
        by = person(self.request)
        return answer_tag(by=by, condition=self.condition(), **form.cleaned_data)
