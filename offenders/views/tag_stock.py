from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import FormView, TemplateView

from core import audit
from core.access.permissions import Permission
from core.access.person import person
from core.access.policy import requires
from core.editing import ServiceFormMixin
from offenders.forms.tags import GroupForm, MemberForm, UnitChangeForm, UnitForm
from offenders.models import GroupMember, NominalGroup, TagUnit
from offenders.models.scope import visible
from offenders.models.tag import DeviceStatus
from offenders.selectors.nominals import nominal_for
from offenders.selectors.tags import open_alerts, stock
from offenders.services.tag_stock import (
    add_to_group,
    add_unit,
    change_unit,
    make_group,
    remove_from_group,
)

STOCK = "offenders:tag-stock"


@requires(Permission.NOMINAL_VIEW)
class TagStock(TemplateView):
    """What the force has, who waits, which alerts are open. The names seen are logged."""

    template_name = "offenders/tag/stock.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "stock": stock(),
            "statuses": DeviceStatus.labels,
            "alerts": open_alerts(),
            "units": TagUnit.objects.select_related("area"),
            "groups": NominalGroup.objects.all(),
            "may_change": person(self.request).has(Permission.NOMINAL_CHANGE),
        }

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        seen = {row.tag.nominal_id for row in context["stock"].waiting}
        seen |= {alert.deployment.nominal_id for alert in context["alerts"]}
        detail = {"tag stock": sorted(seen)}
        audit.record(by=person(self.request), action=audit.Action.NOMINAL_VIEWED, detail=detail)
        return super().render_to_response(context, **kwargs)


class StockForm(ServiceFormMixin, FormView[Any]):
    def address_of(self, record: Any) -> str:
        return reverse(STOCK)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "trail": [("Tags", reverse(STOCK))],
            "cancel": reverse(STOCK),
        }


@requires(Permission.NOMINAL_CHANGE)
class UnitNew(StockForm):
    form_class = UnitForm
    title = "Add a unit"
    done = "Unit added to the stock."

    def perform(self, form: UnitForm) -> TagUnit:
        return add_unit(by=person(self.request), **form.cleaned_data)


@requires(Permission.NOMINAL_CHANGE)
class UnitChange(StockForm):
    form_class = UnitChangeForm
    title = "Move a unit, or change its status"
    done = "Unit changed."

    def get_form_kwargs(self) -> dict[str, Any]:
        unit = get_object_or_404(TagUnit, pk=self.kwargs["pk"])
        return super().get_form_kwargs() | {"instance": unit}

    def perform(self, form: UnitChangeForm) -> TagUnit:
        version = form.cleaned_data["version"]
        return change_unit(
            by=person(self.request), unit=form.instance, version=version, **form.facts()
        )


@requires(Permission.NOMINAL_CHANGE)
class GroupNew(StockForm):
    form_class = GroupForm
    title = "Save a group"
    submit = "Save the group"
    done = "Group saved. Add its nominals."

    def perform(self, form: GroupForm) -> NominalGroup:
        return make_group(by=person(self.request), **form.cleaned_data)

    def address_of(self, record: Any) -> str:
        return reverse("offenders:tag-group-add", args=[record.pk])


@requires(Permission.NOMINAL_CHANGE)
class GroupAdd(StockForm):
    form_class = MemberForm
    title = "Add a nominal to the group"
    submit = "Add"
    done = "Added."

    @property
    def group(self) -> NominalGroup:
        return get_object_or_404(NominalGroup, pk=self.kwargs["pk"])

    def perform(self, form: MemberForm) -> GroupMember:
        by, wanted = person(self.request), form.cleaned_data["nominal"]
        nominal = nominal_for(by, wanted.pk, why="group")
        return add_to_group(by=by, group=self.group, nominal=nominal)

    def address_of(self, record: Any) -> str:
        return reverse("offenders:tag-group-add", args=[self.kwargs["pk"]])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        group = self.group
        return super().get_context_data(**kwargs) | {
            "caption": f"{group}, {visible(group.members.all()).count()} nominals"
        }


@requires(Permission.NOMINAL_CHANGE)
class GroupRemove(StockForm):
    form_class = forms.Form
    title = "Take a nominal out of the group"
    submit = "Take out"
    done = "Taken out of the group."

    @property
    def member(self) -> GroupMember:
        rows = GroupMember.objects.select_related("group", "nominal")
        found = {"pk": self.kwargs["member"], "group": self.kwargs["pk"]}
        return get_object_or_404(rows, **found)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        nominal_for(person(request), self.member.nominal_id, why="group")
        return super().dispatch(request, *args, **kwargs)

    def perform(self, form: forms.Form) -> NominalGroup:
        member = self.member
        remove_from_group(by=person(self.request), group=member.group, nominal=member.nominal)
        return member.group

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"caption": str(self.member)}
