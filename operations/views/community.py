"""What is done with the community: four kinds of record, and one page that shows where they are."""

from typing import Any

from django.db.models import Sum
from django.urls import reverse
from django.views.generic import TemplateView

from core.access.permissions import Permission
from core.access.person import person
from core.access.policy import requires
from operations.forms import prevention as forms
from operations.models import AwarenessGiven, Consultation, EstateWorks, WatchScheme
from operations.prevention_filters import (
    AwarenessFilter,
    ConsultationFilter,
    EstateWorksFilter,
    WatchSchemeFilter,
)
from operations.prevention_tables import (
    AwarenessTable,
    ConsultationTable,
    EstateWorksTable,
    WatchSchemeTable,
)
from operations.services import community
from operations.views.prevention import (
    Edit,
    InPrevention,
    PreventionDetail,
    PreventionForm,
    PreventionList,
)

COMMUNITY = ("Community", "operations:community")
CONSULTATIONS = (COMMUNITY, ("Consultations", "operations:consultation-list"))
SCHEMES = (COMMUNITY, ("Neighbourhood Watch schemes", "operations:watch-list"))
ESTATES = (COMMUNITY, ("Estate works", "operations:estate-list"))
AWARENESS = (COMMUNITY, ("Awareness given", "operations:awareness-list"))


@requires(Permission.PREVENTION_VIEW)
class Community(InPrevention, TemplateView):
    template_name = "operations/community/overview.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = Consultation.objects.aggregate(
            people=Sum("people", default=0), involved=Sum("involved", default=0)
        )
        watch = WatchScheme.objects.filter(ended_on__isnull=True)
        homes = EstateWorks.objects.aggregate(homes=Sum("homes", default=0))["homes"]
        told = AwarenessGiven.objects.aggregate(people=Sum("people", default=0))["people"]
        households = watch.aggregate(members=Sum("members", default=0))["members"]
        return super().get_context_data(**kwargs) | {
            "kinds": [
                (
                    "Consultations",
                    reverse("operations:consultation-list"),
                    f"{asked['people']:,} people consulted, {asked['involved']:,} stayed involved.",
                ),
                (
                    "Neighbourhood Watch schemes",
                    reverse("operations:watch-list"),
                    f"{watch.count():,} schemes with {households:,} households.",
                ),
                (
                    "Estate works",
                    reverse("operations:estate-list"),
                    f"{homes:,} homes better protected, or to be.",
                ),
                (
                    "Awareness given",
                    reverse("operations:awareness-list"),
                    f"{told:,} people reached.",
                ),
                ("Partners", reverse("operations:partner-list"), "Who passes packs on."),
            ]
        }


@requires(Permission.PREVENTION_VIEW)
class ConsultationList(PreventionList):
    queryset = Consultation.objects.select_related("district")
    filterset_class = ConsultationFilter
    table_class = ConsultationTable
    title = "Consultations"
    export_kind = "consultations"
    new = ("operations:consultation-new", "Record a consultation")
    above = (COMMUNITY,)


@requires(Permission.PREVENTION_VIEW)
class ConsultationDetail(PreventionDetail):
    queryset = Consultation.objects.select_related("district")
    above = CONSULTATIONS
    facts = ("held_on", "district", "channel", "people", "involved", "result")

    def buttons(self) -> list[tuple[str, str]]:
        return [("Change", reverse("operations:consultation-edit", args=[self.object.pk]))]


@requires(Permission.PREVENTION_CHANGE)
class ConsultationNew(PreventionForm):
    form_class = forms.ConsultationForm
    title = "Record a consultation"
    done = "Consultation recorded."
    back = "operations:consultation-list"
    above = CONSULTATIONS

    def perform(self, form: Any) -> Consultation:
        return community.record_consultation(by=person(self.request), **form.facts())


@requires(Permission.PREVENTION_CHANGE)
class ConsultationEdit(Edit):
    model = Consultation
    form_class = forms.ConsultationForm
    title = "Change a consultation"
    detail = "operations:consultation-detail"
    above = CONSULTATIONS
    amend = staticmethod(community.amend_consultation)


@requires(Permission.PREVENTION_VIEW)
class WatchList(PreventionList):
    queryset = WatchScheme.objects.select_related("district")
    filterset_class = WatchSchemeFilter
    table_class = WatchSchemeTable
    title = "Neighbourhood Watch schemes"
    export_kind = "watch-schemes"
    new = ("operations:watch-new", "Record a scheme")
    above = (COMMUNITY,)


@requires(Permission.PREVENTION_VIEW)
class WatchDetail(PreventionDetail):
    queryset = WatchScheme.objects.select_related("district")
    above = SCHEMES
    facts = ("area", "district", "coordinator", "members", "started_on", "ended_on")

    def buttons(self) -> list[tuple[str, str]]:
        return [("Change", reverse("operations:watch-edit", args=[self.object.pk]))]


@requires(Permission.PREVENTION_CHANGE)
class WatchNew(PreventionForm):
    form_class = forms.WatchForm
    title = "Record a Neighbourhood Watch scheme"
    done = "Scheme recorded."
    back = "operations:watch-list"
    above = SCHEMES

    def perform(self, form: Any) -> WatchScheme:
        return community.record_scheme(by=person(self.request), **form.facts())


@requires(Permission.PREVENTION_CHANGE)
class WatchEdit(Edit):
    model = WatchScheme
    form_class = forms.WatchForm
    title = "Change a Neighbourhood Watch scheme"
    detail = "operations:watch-detail"
    above = SCHEMES
    amend = staticmethod(community.amend_scheme)


@requires(Permission.PREVENTION_VIEW)
class EstateList(PreventionList):
    queryset = EstateWorks.objects.select_related("district")
    filterset_class = EstateWorksFilter
    table_class = EstateWorksTable
    title = "Estate works"
    export_kind = "estate-works"
    new = ("operations:estate-new", "Record estate works")
    above = (COMMUNITY,)


@requires(Permission.PREVENTION_VIEW)
class EstateDetail(PreventionDetail):
    queryset = EstateWorks.objects.select_related("district")
    above = ESTATES
    facts = ("council", "district", "homes", "started_on", "done_on", "note")

    def buttons(self) -> list[tuple[str, str]]:
        return [("Change", reverse("operations:estate-edit", args=[self.object.pk]))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        measures = {"key": "Measures", "value": self.object.measured}
        return context | {"facts": [measures, *context["facts"]]}


@requires(Permission.PREVENTION_CHANGE)
class EstateNew(PreventionForm):
    form_class = forms.EstateForm
    title = "Record estate works"
    done = "Estate works recorded."
    back = "operations:estate-list"
    above = ESTATES

    def perform(self, form: Any) -> EstateWorks:
        return community.record_estate(by=person(self.request), **form.facts())


@requires(Permission.PREVENTION_CHANGE)
class EstateEdit(Edit):
    model = EstateWorks
    form_class = forms.EstateForm
    title = "Change estate works"
    detail = "operations:estate-detail"
    above = ESTATES
    amend = staticmethod(community.amend_estate)


@requires(Permission.PREVENTION_VIEW)
class AwarenessList(PreventionList):
    queryset = AwarenessGiven.objects.select_related("district")
    filterset_class = AwarenessFilter
    table_class = AwarenessTable
    title = "Awareness given"
    export_kind = "awareness"
    new = ("operations:awareness-new", "Record awareness given")
    above = (COMMUNITY,)


@requires(Permission.PREVENTION_VIEW)
class AwarenessDetail(PreventionDetail):
    queryset = AwarenessGiven.objects.select_related("district")
    above = AWARENESS
    facts = ("given_on", "subject", "audience", "district", "people", "note")

    def buttons(self) -> list[tuple[str, str]]:
        return [("Change", reverse("operations:awareness-edit", args=[self.object.pk]))]


@requires(Permission.PREVENTION_CHANGE)
class AwarenessNew(PreventionForm):
    form_class = forms.AwarenessForm
    title = "Record awareness given"
    done = "Recorded."
    back = "operations:awareness-list"
    above = AWARENESS

    def perform(self, form: Any) -> AwarenessGiven:
        return community.record_awareness(by=person(self.request), **form.facts())


@requires(Permission.PREVENTION_CHANGE)
class AwarenessEdit(Edit):
    model = AwarenessGiven
    form_class = forms.AwarenessForm
    title = "Change awareness given"
    detail = "operations:awareness-detail"
    above = AWARENESS
    amend = staticmethod(community.amend_awareness)
