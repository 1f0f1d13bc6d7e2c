"""Supervisors say who may see a nominal: restrictions, clearances, exclusions."""

from typing import Any

from django.forms import BaseForm
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import TemplateView

from core.access.permissions import Permission
from core.access.person import person
from core.access.policy import requires
from core.models import Approval
from offenders.forms.nominals import ReasonForm
from offenders.forms.restrictions import PersonForm, RestrictForm, SureForm
from offenders.models import Exclusion, Restriction, RestrictionClearance
from offenders.policies.restrictions import can_lift
from offenders.selectors.restrictions import access_list
from offenders.services import restrictions as services
from offenders.views.nominals import NominalFormView, OneNominal


def access_url(nominal: int) -> str:
    return reverse("offenders:nominal-access", args=[nominal])


@requires(Permission.NOMINAL_SUPERVISE)
class NominalAccess(OneNominal, TemplateView):
    template_name = "offenders/nominal/access.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = access_list(self.nominal)
        row = found.restriction
        asked = Approval.objects.open().filter(kind=services.LIFT, target_id=str(row and row.pk))
        waiting = asked.select_related("asked_by").first() if row else None
        return super().get_context_data(**kwargs) | {
            "trail": self.trail(),
            "nominal": self.nominal,
            "access": found,
            "may_lift": row is not None and bool(can_lift(person(self.request), row)),
            "waiting": waiting,
            "is_stuck": waiting is not None and not found.may_decide(waiting.asked_by_id),
        }


class AccessForm(NominalFormView):
    def address_of(self, record: Any) -> str:
        return access_url(self.nominal.pk)

    def trail(self) -> list[tuple[str, str]]:
        return [*super().trail(), ("Who may see this record", access_url(self.nominal.pk))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"cancel": access_url(self.nominal.pk)}

    def restriction(self) -> Restriction:
        found = access_list(self.nominal).restriction
        if found is None:
            raise Http404("This record is not restricted.")
        return found


@requires(Permission.NOMINAL_SUPERVISE)
class Restrict(AccessForm):
    form_class = RestrictForm
    title = "Restrict this record"
    submit = "Restrict"
    done = "The record is restricted. Now clear those who work with it."

    def perform(self, form: RestrictForm) -> Restriction:
        by = person(self.request)
        return services.restrict(by=by, nominal=self.nominal, **form.cleaned_data)


@requires(Permission.NOMINAL_SUPERVISE)
class Lift(AccessForm):
    form_class = ReasonForm
    title = "Ask to lift the restriction"
    submit = "Ask"
    done = "Another supervisor who is cleared for this record decides."

    def perform(self, form: ReasonForm) -> Approval:
        by, reason = person(self.request), form.cleaned_data["reason"]
        return services.ask_to_lift(by=by, restriction=self.restriction(), reason=reason)


@requires(Permission.NOMINAL_SUPERVISE)
class Clear(AccessForm):
    form_class = PersonForm
    title = "Clear somebody"
    submit = "Clear"
    done = "Cleared."

    def perform(self, form: PersonForm) -> RestrictionClearance:
        by = person(self.request)
        return services.clear(by=by, restriction=self.restriction(), **form.cleaned_data)


@requires(Permission.NOMINAL_SUPERVISE)
class ClearanceEnd(AccessForm):
    form_class = SureForm
    submit = "End the clearance"
    done = "This person no longer sees the record."

    def row(self) -> RestrictionClearance:
        rows = RestrictionClearance.objects.select_related("user")
        found: RestrictionClearance = get_object_or_404(
            rows, restriction__nominal=self.nominal, pk=self.kwargs["row"]
        )
        return found

    def perform(self, form: BaseForm) -> RestrictionClearance:
        return services.end_clearance(by=person(self.request), clearance=self.row())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        title = f"End the clearance of {self.row().user}"
        return super().get_context_data(**kwargs) | {"title": title}


@requires(Permission.NOMINAL_SUPERVISE)
class Exclude(AccessForm):
    form_class = PersonForm
    title = "Keep somebody from this record"
    submit = "Keep out"
    done = "For this person there is no such record now."

    def perform(self, form: PersonForm) -> Exclusion:
        return services.exclude(by=person(self.request), nominal=self.nominal, **form.cleaned_data)


@requires(Permission.NOMINAL_SUPERVISE)
class ExclusionEnd(AccessForm):
    form_class = SureForm
    submit = "Let them back"
    done = "This person may see the record again."

    def row(self) -> Exclusion:
        rows = Exclusion.objects.select_related("user")
        found: Exclusion = get_object_or_404(rows, nominal=self.nominal, pk=self.kwargs["row"])
        return found

    def perform(self, form: BaseForm) -> Exclusion:
        return services.end_exclusion(by=person(self.request), exclusion=self.row())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        title = f"Let {self.row().user} back to this record"
        return super().get_context_data(**kwargs) | {"title": title}
