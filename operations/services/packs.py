"""Every pack that moves. Two people at one stock wait for each other, then the second is told."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from core.access.decision import Decision
from core.concurrency import lock_for_edit
from core.models import User
from operations.models import PackMovement, PackTarget, Partner, Property, StockPlace
from operations.models.pack import MovementKind
from operations.models.property import PackLevel
from operations.policies.prevention import (
    Refusal,
    can_give,
    can_keep_prevention,
    can_return,
    can_withdraw,
)
from operations.selectors.packs import in_stock, returned
from operations.services.prevention import amend, keep, not_ahead, required, save


@transaction.atomic
def receive_packs(
    *, by: User, place: StockPlace, level: str, number: int, moved_on: date, **facts: Any
) -> PackMovement:
    """A delivery in."""
    _hold(by, place)
    not_ahead(moved_on, "moved_on")
    return _enter(
        by, kind=MovementKind.DELIVERY, place=place, level=level, number=number,
        moved_on=moved_on, **facts,
    )  # fmt: skip


@transaction.atomic
def give_packs(
    *,
    by: User,
    place: StockPlace,
    level: str,
    number: int,
    moved_on: date,
    partner: Partner | None = None,
    address: str = "",
    **facts: Any,
) -> PackMovement:
    """To a partner or to an address; one that is known as a property is linked to it.

    Sent twice under one `movement_ref`, it is given once. Raises RefusedError, ValidationError.
    """
    if known := _sent_before(facts.get("movement_ref", "")):
        return known
    _hold(by, place)
    required(can_give(place, partner), "partner" if partner and not partner.is_open else "place")
    not_ahead(moved_on, "moved_on")
    home = facts.pop("home", None) or _known_property(address)
    district = facts.pop("district", None) or getattr(home or partner, "district", None)
    gift = PackMovement(
        kind=MovementKind.GIVEN, place=place, level=level, number=number, moved_on=moved_on,
        partner=partner, home=home, address="" if home and not partner else address.strip(),
        district=district, **facts,
    )  # fmt: skip
    gift.full_clean()
    _in_stock(place, level, number, moved_on)
    return keep(by, gift)


@transaction.atomic
def return_packs(
    *, by: User, gift: PackMovement, number: int, moved_on: date, **facts: Any
) -> PackMovement:
    """Some or all of a gift came back, to the place that gave it unless another is named."""
    can_keep_prevention(by).require()
    current = PackMovement.objects.select_for_update(of=("self",)).get(pk=gift.pk)
    required(can_return(current))
    not_ahead(moved_on, "moved_on")
    if moved_on < current.moved_on:
        raise ValidationError({"moved_on": "They cannot come back before they were given."})
    left = current.number - returned(current)
    if number > left:
        raise ValidationError({"number": f"Only {left:,} of this gift can still come back."})
    place = facts.pop("place", None) or current.place
    return _enter(
        by, kind=MovementKind.RETURNED, place=place, level=current.level, number=number,
        moved_on=moved_on, gift_ref=current.pk, district=current.district, **facts,
    )  # fmt: skip


@transaction.atomic
def count_packs(
    *, by: User, place: StockPlace, level: str, found: int, moved_on: date, note: str
) -> PackMovement:
    """So many were found: the ledger is set right by an entry of the difference, with a reason."""
    _hold(by, place)
    not_ahead(moved_on, "moved_on")
    if found < 0:
        raise ValidationError({"found": "A count is 0 or more."})
    rows = PackMovement.objects.filter(place=place, level=level, moved_on__lte=moved_on)
    difference = found - sum(rows.values_list("change", flat=True))
    if not difference:
        required(Decision(Refusal.AGREES), "found")
    if difference < 0:
        _in_stock(place, level, -difference, moved_on, field="found")
    return _enter(
        by, kind=MovementKind.COUNT, place=place, level=level, number=difference,
        moved_on=moved_on, note=note,
    )  # fmt: skip


@transaction.atomic
def withdraw_movement(
    *, by: User, movement: PackMovement, why: str, at: datetime | None = None
) -> PackMovement:
    """A wrong entry counts no longer; it stays in the ledger with the reason."""
    can_keep_prevention(by).require()
    StockPlace.objects.select_for_update(no_key=True).get(pk=movement.place_id)
    current = lock_for_edit(PackMovement, movement.pk, version=None)
    required(can_withdraw(current, why), "why")
    changes = {"withdrawn_at": at or timezone.now(), "withdrawn_why": why.strip()}
    return save(by, current, changes, {"reason": why})


@transaction.atomic
def set_target(*, by: User, **facts: Any) -> PackTarget:
    return keep(by, PackTarget(**facts))


@transaction.atomic
def amend_target(
    *, by: User, target: PackTarget, version: int | None, **changes: Any
) -> PackTarget:
    return amend(by, target, version, changes)


@transaction.atomic
def add_place(*, by: User, **facts: Any) -> StockPlace:
    return keep(by, StockPlace(**facts))


@transaction.atomic
def add_partner(*, by: User, **facts: Any) -> Partner:
    return keep(by, Partner(**facts))


@transaction.atomic
def amend_partner(*, by: User, partner: Partner, version: int | None, **changes: Any) -> Partner:
    return amend(by, partner, version, changes)


def _hold(by: User, place: StockPlace) -> None:
    """Nobody else moves packs of this place by hand until this is done; files meet the ledger's
    own lock."""
    can_keep_prevention(by).require()
    StockPlace.objects.select_for_update(no_key=True).get(pk=place.pk)


def _enter(by: User, **facts: Any) -> PackMovement:
    return keep(by, PackMovement(**facts))


def _in_stock(place: StockPlace, level: str, number: int, day: date, field: str = "number") -> None:
    held = in_stock(place.pk, level, day)
    if number > held:
        name = str(PackLevel(level).label).lower()
        raise ValidationError(
            {field: f"Only {held:,} {name} packs can leave {place} on {day:%-d %B %Y}."}
        )


def _sent_before(ref: str) -> PackMovement | None:
    return PackMovement.objects.filter(pk=ref).first() if ref else None


def _known_property(address: str) -> Property | None:
    """Typed as it stands there, with its postcode, or by its reference."""
    typed = " ".join(address.split())
    line, _, postcode = typed.rpartition(", ")
    named = Q(address__iexact=line, postcode__iexact=postcode) | Q(pk=typed)
    return Property.objects.filter(named).first() if typed else None
