from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
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
from offenders.bail_list import RemandFilter, RemandTable
from offenders.forms.bail import CourtBailEndForm, CourtBailForm, RemandForm, ResultForm, ShareForm
from offenders.models import CourtBail, Disclosure, RemandApplication
from offenders.models.scope import open_rows
from offenders.nominal_tables import nominal_url
from offenders.selectors.bail import applications, court_bail_url, known_of_release, remand_url
from offenders.selectors.nominals import nominal_for
from offenders.services.remand import (
    amend_court_bail,
    end_court_bail,
    record_court_bail,
    record_remand_application,
    record_result,
    share_application,
)
from offenders.views.nominals import NominalFormView

LIBRARY = "offenders:remand-list"
COURT_FACTS = (
    "arrest", "court", "granted_on", "conditions", "next_hearing_on", "tag", "tag_note", "ended_on",
    "ended_reason",
)  # fmt: skip
REMAND_FACTS = (
    "arrest", "court", "applied_on", "offence", "asks_for_tag", "result", "result_on", "is_shareable", "by",
)  # fmt: skip


@requires(Permission.NOMINAL_VIEW)
class RemandList(RecordList):
    """The library: what was put to the courts. The look is logged."""

    filterset_class = RemandFilter
    table_class = RemandTable
    title = "Remand applications"

    @property
    def trail(self) -> list[tuple[str, str]]:
        return [("Bail", reverse("offenders:bail-list"))]

    def all_rows(self) -> QuerySet[RemandApplication]:
        return open_rows(applications())

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().get(request, *args, **kwargs)
        seen = {"remand applications": request.GET.urlencode()}
        audit.record(by=person(request), action=audit.Action.NOMINAL_VIEWED, detail=seen)
        return response


class OneRecord:
    """`record`, after one look at its nominal in the log."""

    model: type[Any]
    record: Any
    request: HttpRequest
    back: tuple[str, str]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        rows = self.model._default_manager.select_related("nominal", "by")
        self.record = get_object_or_404(rows, pk=kwargs["pk"])
        nominal_for(person(request), self.record.nominal_id, why=self.model._meta.verbose_name)
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # a view's mixin

    def trail(self) -> list[tuple[str, str]]:
        nominal = self.record.nominal
        title, name = self.back
        return [(title, reverse(name)), (str(nominal), nominal_url(nominal.pk))]


class OneApplication(OneRecord):
    model = RemandApplication
    back = ("Remand applications", LIBRARY)


class OneCourtBail(OneRecord):
    model = CourtBail
    back = ("Bail", "offenders:bail-list")


@requires(Permission.NOMINAL_VIEW)
class RemandDetail(OneApplication, TemplateView):
    template_name = "offenders/remand/detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "trail": self.trail(),
            "application": self.record,
            "facts": facts_of(self.record, REMAND_FACTS),
            "disclosures": self.record.disclosures.select_related("by"),
            "history": history_of(self.record),
            "may_change": person(self.request).has(Permission.NOMINAL_CHANGE),
        }


@requires(Permission.NOMINAL_VIEW)
class CourtBailDetail(OneCourtBail, TemplateView):
    template_name = "offenders/bail/court.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "trail": self.trail(),
            "bail": self.record,
            "facts": facts_of(self.record, COURT_FACTS),
            "history": history_of(self.record),
            "may_change": person(self.request).has(Permission.NOMINAL_CHANGE),
        }


@requires(Permission.NOMINAL_CHANGE)
class CourtBailOf(NominalFormView):
    form_class = CourtBailForm
    title = "Record court bail"
    submit = "Record court bail"
    done = "Court bail recorded."

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"nominal": self.nominal}

    def get_initial(self) -> dict[str, Any]:
        return known_of_release(self.nominal, self.request.GET.get("arrest"))

    def perform(self, form: CourtBailForm) -> CourtBail:
        by = person(self.request)
        return record_court_bail(by=by, nominal=self.nominal, **form.facts())

    def address_of(self, record: Any) -> str:
        return court_bail_url(record)


@requires(Permission.NOMINAL_CHANGE)
class RemandOf(NominalFormView):
    form_class = RemandForm
    title = "Record a remand application"
    submit = "Record the application"
    done = "Remand application recorded."

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"nominal": self.nominal}

    def get_initial(self) -> dict[str, Any]:
        return known_of_release(self.nominal, self.request.GET.get("arrest"))

    def perform(self, form: RemandForm) -> RemandApplication:
        by = person(self.request)
        return record_remand_application(by=by, nominal=self.nominal, **form.cleaned_data)

    def address_of(self, record: Any) -> str:
        return remand_url(record)


class RecordChange(OneRecord, ServiceFormMixin, FormView[Any]):
    def get_form_kwargs(self) -> dict[str, Any]:
        # A copy: the form writes what was typed into its instance.
        copy: Model = self.model._default_manager.get(pk=self.record.pk)
        return super().get_form_kwargs() | {"instance": copy}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "trail": self.trail(),
            "caption": str(self.record),
            "cancel": self.address_of(self.record),
        }


class CourtBailChange(OneCourtBail, RecordChange):
    def address_of(self, record: Any) -> str:
        return court_bail_url(self.record)


@requires(Permission.NOMINAL_CHANGE)
class CourtBailEdit(CourtBailChange):
    form_class = CourtBailForm
    title = "Change court bail"
    submit = "Save changes"

    def perform(self, form: CourtBailForm) -> CourtBail:
        version = form.cleaned_data["version"]
        return amend_court_bail(
            by=person(self.request), bail=self.record, version=version, **form.facts()
        )


@requires(Permission.NOMINAL_CHANGE)
class CourtBailEnd(CourtBailChange):
    form_class = CourtBailEndForm
    title = "End court bail"
    submit = "End court bail"
    done = "Court bail has ended."

    def perform(self, form: CourtBailEndForm) -> CourtBail:
        return end_court_bail(by=person(self.request), bail=self.record, **form.cleaned_data)


class ApplicationChange(OneApplication, RecordChange):
    def address_of(self, record: Any) -> str:
        return remand_url(self.record)


@requires(Permission.NOMINAL_CHANGE)
class RemandDecided(ApplicationChange):
    form_class = ResultForm
    title = "Record the result"
    submit = "Record the result"
    done = "Result recorded."

    def perform(self, form: ResultForm) -> RemandApplication:
        by = person(self.request)
        return record_result(by=by, application=self.record, **form.cleaned_data)


@requires(Permission.NOMINAL_CHANGE)
class RemandShare(ApplicationChange):
    form_class = ShareForm
    title = "Share this application"
    submit = "Record that it is shared"
    done = "Shared. The disclosure is in the log."

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        kwargs.pop("instance")
        return kwargs

    def perform(self, form: ShareForm) -> Disclosure:
        by = person(self.request)
        return share_application(by=by, application=self.record, **form.cleaned_data)
