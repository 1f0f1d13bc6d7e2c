from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from core.access.permissions import Permission
from core.access.person import person
from core.access.policy import requires
from operations.forms import prevention as forms
from operations.models import Assessment, Property, WorksOrder
from operations.models.property import WORKS, PackLevel
from operations.prevention_filters import AssessmentFilter, PropertyFilter, WorksOrderFilter
from operations.prevention_tables import (
    AssessmentTable,
    PackMovementTable,
    PropertyTable,
    WorksOrderTable,
)
from operations.selectors.packs import ledger
from operations.selectors.properties import has_works_ordered, properties, works_orders
from operations.services import properties as services
from operations.views.prevention import (
    AboutOne,
    Edit,
    PreventionDetail,
    PreventionForm,
    PreventionList,
)

LIST, DETAIL = "operations:property-list", "operations:property-detail"
ABOVE = (("Properties", LIST),)


@requires(Permission.PREVENTION_VIEW)
class PropertyList(PreventionList):
    filterset_class = PropertyFilter
    table_class = PropertyTable
    title = "Properties"
    export_kind = "properties"
    new = ("operations:property-new", "Record a property")

    def all_rows(self) -> QuerySet[Any]:
        return properties()


@requires(Permission.PREVENTION_VIEW)
class PropertyDetail(PreventionDetail):
    template_name = "operations/property/detail.html"
    queryset = properties()
    above = ABOVE
    facts = ("address", "postcode", "kind", "district", "latitude", "longitude")

    def buttons(self) -> list[tuple[str, str]]:
        ref = self.object.pk
        give = f"{reverse('operations:pack-give')}?address={ref}"
        return [
            ("Assess it", reverse("operations:assessment-new", args=[ref])),
            ("Give packs to it", give),
            ("Change", reverse("operations:property-edit", args=[ref])),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        assessments = list(self.object.assessments.prefetch_related("works"))
        gifts = list(ledger().filter(home=self.object))
        return super().get_context_data(**kwargs) | {
            "assessments": [_shown(one, place == 0) for place, one in enumerate(assessments)],
            "gifts": PackMovementTable(gifts, orderable=False) if gifts else None,
        }


def _shown(assessment: Assessment, is_latest: bool) -> dict[str, Any]:
    """With what may still be done: changed until works are ordered, quoted for while it is gold."""
    works = list(assessment.works.all())
    return {
        "assessment": assessment,
        "works": works,
        "is_fixed": any(one.ordered_on for one in works),
        "takes_works": is_latest and assessment.result == PackLevel.GOLD,
    }


@requires(Permission.PREVENTION_CHANGE)
class PropertyNew(PreventionForm):
    form_class = forms.PropertyForm
    title = "Record a property"
    done = "Property recorded."
    back = LIST
    above = ABOVE

    def perform(self, form: Any) -> Property:
        return services.add_property(by=person(self.request), **form.facts())

    def address_of(self, record: Any) -> str:
        return reverse(DETAIL, args=[record.pk])


@requires(Permission.PREVENTION_CHANGE)
class PropertyEdit(Edit):
    model = Property
    form_class = forms.PropertyForm
    title = "Change a property"
    detail = DETAIL
    above = ABOVE
    amend = staticmethod(services.amend_property)
    named = "home"


@requires(Permission.PREVENTION_VIEW)
class AssessmentList(PreventionList):
    queryset = Assessment.objects.select_related("home")
    filterset_class = AssessmentFilter
    table_class = AssessmentTable
    title = "Assessments"
    export_kind = "assessments"
    above = ABOVE


@requires(Permission.PREVENTION_CHANGE)
class AssessmentNew(AboutOne):
    model = Property
    form_class = forms.AssessmentForm
    title = "Assess a property"
    submit = "Save the assessment"
    done = "Assessment recorded."
    detail = DETAIL
    above = ABOVE

    def perform(self, form: Any) -> Assessment:
        return services.assess(by=person(self.request), home=self.record, **form.facts())


class OfAssessment(AboutOne):
    """Back to the property that was assessed."""

    model = Assessment
    above = ABOVE

    def cancel(self) -> str:
        return reverse(DETAIL, args=[self.record.home_id])


@requires(Permission.PREVENTION_CHANGE)
class AssessmentEdit(OfAssessment, Edit):
    form_class = forms.AssessmentForm
    title = "Change an assessment"
    amend = staticmethod(services.amend_assessment)
    named = "assessment"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        fixed = has_works_ordered(self.record)
        said = (
            "Works were ordered on this assessment: it can no longer be changed." if fixed else ""
        )
        return super().get_context_data(**kwargs) | {"caption": said}


@requires(Permission.PREVENTION_CHANGE)
class QuoteNew(OfAssessment):
    form_class = forms.QuoteForm
    title = "Record a quote for works"
    submit = "Save the quote"
    done = "Quote recorded."

    def perform(self, form: Any) -> WorksOrder:
        return services.quote_works(by=person(self.request), assessment=self.record, **form.facts())


@requires(Permission.PREVENTION_VIEW)
class WorksList(PreventionList):
    filterset_class = WorksOrderFilter
    table_class = WorksOrderTable
    title = "Works orders"
    export_kind = "works-orders"

    def all_rows(self) -> QuerySet[Any]:
        return works_orders()


STEPS = {
    "ordered": ("Order the works", "operations:works-order"),
    "done": ("Works are done", "operations:works-done"),
    "cancelled": ("Cancel the works", "operations:works-cancel"),
}


@requires(Permission.PREVENTION_VIEW)
class WorksDetail(PreventionDetail):
    queryset = works_orders()
    above = (("Works orders", "operations:works-list"),)
    facts = (
        "state", "kind", "what", "quoted_on", "quoted", "ordered_on", "done_on", "cost",
        "why_cancelled",
    )  # fmt: skip

    def buttons(self) -> list[tuple[str, str]]:
        steps = [STEPS[step] for step in WORKS.open_from(self.object.state)]
        return [(title, reverse(name, args=[self.object.pk])) for title, name in steps]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        home = self.object.assessment.home
        where = {"key": "Property", "value": str(home), "url": reverse(DETAIL, args=[home.pk]),
                 "action": "Open"}  # fmt: skip
        return context | {"facts": [where, *context["facts"]]}


class WorksStep(AboutOne):
    model = WorksOrder
    detail = "operations:works-detail"
    above = (("Works orders", "operations:works-list"),)


@requires(Permission.PREVENTION_CHANGE)
class WorksOrdered(WorksStep):
    form_class = forms.OrderForm
    title = "Order the works"
    submit = "They are ordered"
    done = "Works ordered. The assessment stays as it is from now on."

    def perform(self, form: Any) -> WorksOrder:
        return services.order_works(by=person(self.request), works=self.record, **form.cleaned_data)


@requires(Permission.PREVENTION_CHANGE)
class WorksDone(WorksStep):
    form_class = forms.FinishForm
    title = "Works are done"
    done = "Works done."

    def perform(self, form: Any) -> WorksOrder:
        return services.finish_works(
            by=person(self.request), works=self.record, **form.cleaned_data
        )


@requires(Permission.PREVENTION_CHANGE)
class WorksCancelled(WorksStep):
    form_class = forms.CancelForm
    title = "Cancel the works"
    submit = "Cancel the works"
    done = "Works cancelled."

    def perform(self, form: Any) -> WorksOrder:
        return services.cancel_works(
            by=person(self.request), works=self.record, **form.cleaned_data
        )
