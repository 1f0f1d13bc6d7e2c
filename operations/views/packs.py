"""Packs: how they stand, and every way in which one moves."""

from datetime import date
from typing import Any

from django.db.models import IntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.http import urlencode
from django.views.generic import TemplateView

from core.access.permissions import Permission
from core.access.person import person
from core.access.policy import requires
from operations.forms import packs as forms
from operations.models import PackMovement, PackTarget, Partner, StockPlace
from operations.models.pack import MovementKind
from operations.packs.outlook import outlooks
from operations.prevention_filters import PackMovementFilter, PartnerFilter
from operations.prevention_tables import PackMovementTable, PartnerTable
from operations.selectors.packs import RECENT, balances, day_of_ledger, in_stock, ledger, tiles
from operations.services import packs
from operations.views.prevention import (
    AboutOne,
    Edit,
    InPrevention,
    PreventionDetail,
    PreventionForm,
    PreventionList,
)

PACKS, LEDGER = "operations:packs", "operations:pack-movement-list"


@requires(Permission.PREVENTION_VIEW)
class Packs(InPrevention, TemplateView):
    """Three levels at a glance, then where they lie, then the ledger."""

    template_name = "operations/pack/board.html"

    def trail(self) -> list[tuple[str, str]]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = forms.AsAtForm(self.request.GET or None)
        asked = form.cleaned_data["on"] if form.is_valid() else None
        day: date = asked or day_of_ledger()
        entries = ledger().filter(moved_on__lte=day)[:RECENT]
        shown = tiles(day)
        return super().get_context_data(**kwargs) | {
            "as_at": form,
            "day": day,
            "tiles": shown,
            "balances": balances(day),
            "outlooks": outlooks(day, shown),
            "targets": PackTarget.objects.order_by("due_on", "level"),
            "table": PackMovementTable(list(entries), orderable=False),
        }


@requires(Permission.PREVENTION_VIEW)
class MovementList(PreventionList):
    filterset_class = PackMovementFilter
    table_class = PackMovementTable
    title = "Ledger of packs"
    export_kind = "pack-movements"
    new = ("operations:pack-give", "Give packs out")

    def all_rows(self) -> QuerySet[Any]:
        return ledger()


@requires(Permission.PREVENTION_VIEW)
class MovementDetail(PreventionDetail):
    queryset = ledger()
    above = (("Ledger of packs", LEDGER),)
    facts = (
        "kind",
        "level",
        "number",
        "place",
        "moved_on",
        "partner",
        "home",
        "address",
        "district",
        "gift_ref",
        "note",
        "withdrawn_at",
        "withdrawn_why",
    )

    def buttons(self) -> list[tuple[str, str]]:
        if self.object.withdrawn_at:
            return []
        wrong = ("It was wrong", reverse("operations:pack-withdraw", args=[self.object.pk]))
        back = ("Packs came back", reverse("operations:pack-return", args=[self.object.pk]))
        return [back, wrong] if self.object.kind == MovementKind.GIVEN else [wrong]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        returns = PackMovement.objects.filter(gift_ref=self.object.pk)
        return super().get_context_data(**kwargs) | {"returns": returns}


def _packs(entry: PackMovement) -> str:
    return f"{entry.number:,} {entry.level} pack{'' if entry.number == 1 else 's'}"


class MoveForm(PreventionForm):
    back = PACKS


@requires(Permission.PREVENTION_CHANGE)
class Receive(MoveForm):
    form_class = forms.ReceiveForm
    title = "Receive a delivery"
    submit = "Record the delivery"

    def perform(self, form: Any) -> PackMovement:
        entry = packs.receive_packs(by=person(self.request), **form.cleaned_data)
        self.done = f"{_packs(entry)} came in at {entry.place}."
        return entry


@requires(Permission.PREVENTION_CHANGE)
class Give(MoveForm):
    """Enter saves, and the next one is ready with the same stock, day and level."""

    form_class = forms.GiveForm
    template_name = "operations/pack/give.html"
    title = "Give packs out"
    submit = "Record it"

    def get_initial(self) -> dict[str, Any]:
        kept = {"place", "level", "address"} & set(self.request.GET)
        initial: dict[str, Any] = {name: self.request.GET[name] for name in kept}
        try:
            return initial | {"moved_on": date.fromisoformat(self.request.GET["moved_on"])}
        except (KeyError, ValueError):
            return initial

    def perform(self, form: Any) -> PackMovement:
        entry = packs.give_packs(by=person(self.request), **form.cleaned_data)
        left = in_stock(entry.place_id, entry.level, entry.moved_on)
        self.done = (
            f"{_packs(entry)} given to {entry.to}."
            f" {left:,} {'is' if left == 1 else 'are'} left at {entry.place}."
        )
        return entry

    def address_of(self, record: PackMovement) -> str:
        kept = {
            "place": record.place_id,
            "level": record.level,
            "moved_on": record.moved_on.isoformat(),
        }
        return f"{reverse('operations:pack-give')}?{urlencode(kept)}"


@requires(Permission.PREVENTION_CHANGE)
class Count(MoveForm):
    form_class = forms.CountForm
    title = "Count a stock"
    submit = "Reconcile"

    def perform(self, form: Any) -> PackMovement:
        entry = packs.count_packs(by=person(self.request), **form.cleaned_data)
        self.done = f"The stock at {entry.place} was set right by {entry.number:+,} packs."
        return entry


class OneMovement(AboutOne):
    model = PackMovement
    detail = "operations:pack-movement-detail"
    above = (("Ledger of packs", LEDGER),)


@requires(Permission.PREVENTION_CHANGE)
class Return(OneMovement):
    form_class = forms.ReturnForm
    title = "Packs came back"
    submit = "Record the return"
    done = "Return recorded."

    def perform(self, form: Any) -> PackMovement:
        return packs.return_packs(by=person(self.request), gift=self.record, **form.cleaned_data)


@requires(Permission.PREVENTION_CHANGE)
class Withdraw(OneMovement):
    form_class = forms.WithdrawForm
    title = "Withdraw an entry"
    submit = "Withdraw it"
    done = "Withdrawn: it counts no longer."

    def perform(self, form: Any) -> PackMovement:
        return packs.withdraw_movement(
            by=person(self.request), movement=self.record, **form.cleaned_data
        )


@requires(Permission.PREVENTION_CHANGE)
class TargetNew(MoveForm):
    form_class = forms.TargetForm
    title = "Set a target"
    done = "Target set."

    def perform(self, form: Any) -> PackTarget:
        return packs.set_target(by=person(self.request), **form.facts())


@requires(Permission.PREVENTION_CHANGE)
class TargetEdit(Edit):
    model = PackTarget
    form_class = forms.TargetForm
    title = "Change a target"
    amend = staticmethod(packs.amend_target)
    named = "target"

    def cancel(self) -> str:
        return reverse(PACKS)


@requires(Permission.PREVENTION_CHANGE)
class PlaceNew(MoveForm):
    form_class = forms.PlaceForm
    title = "Add a stock place"
    done = "Place added."

    def perform(self, form: Any) -> StockPlace:
        return packs.add_place(by=person(self.request), **form.cleaned_data)


def with_received() -> QuerySet[Partner]:
    """Each with the packs that it was given, less those that came back from it."""
    gifts = PackMovement.objects.filter(partner=OuterRef("pk")).order_by().values("partner")
    total = gifts.annotate(n=Sum("given")).values("n")
    received = Coalesce(Subquery(total, output_field=IntegerField()), 0)
    return Partner.objects.select_related("district").annotate(received=received)


@requires(Permission.PREVENTION_VIEW)
class PartnerList(PreventionList):
    filterset_class = PartnerFilter
    table_class = PartnerTable
    title = "Partners"
    new = ("operations:partner-new", "Add a partner")

    def all_rows(self) -> QuerySet[Any]:
        return with_received()


@requires(Permission.PREVENTION_VIEW)
class PartnerDetail(PreventionDetail):
    queryset = Partner.objects.select_related("district")
    above = (("Partners", "operations:partner-list"),)
    facts = ("kind", "district", "is_open")

    def buttons(self) -> list[tuple[str, str]]:
        return [("Change", reverse("operations:partner-edit", args=[self.object.pk]))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = list(ledger().filter(partner=self.object)[:RECENT])
        return super().get_context_data(**kwargs) | {
            "part_title": "Packs given",
            "part": PackMovementTable(rows, orderable=False),
        }


@requires(Permission.PREVENTION_CHANGE)
class PartnerNew(PreventionForm):
    form_class = forms.NewPartnerForm
    title = "Add a partner"
    done = "Partner added."
    back = "operations:partner-list"

    def perform(self, form: Any) -> Partner:
        return packs.add_partner(by=person(self.request), **form.facts())


@requires(Permission.PREVENTION_CHANGE)
class PartnerEdit(Edit):
    model = Partner
    form_class = forms.PartnerForm
    title = "Change a partner"
    detail = "operations:partner-detail"
    above = (("Partners", "operations:partner-list"),)
    amend = staticmethod(packs.amend_partner)
    named = "partner"
