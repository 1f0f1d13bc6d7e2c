"""Packs: where they are kept, who passes them on, and the ledger of every pack that moved."""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import Case, F, Q, When

from core.changes import change_triggers
from core.columns import ReferenceField, month_of_day
from core.concurrency import RaiseVersion
from core.dates import today
from core.models import Unit
from core.revisions import tracked
from operations.models.pack_triggers import ledger_triggers
from operations.models.prevention_feeds import PACK_STOCK, PACKS_GIVEN
from operations.models.property import PackLevel, Property


def known_level(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(level__in=PackLevel.values),
        name=name,
        violation_error_message="The level is bronze, silver or gold.",
    )


def coded(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=~Q(code="") & ~Q(name=""),
        name=name,
        violation_error_message="Give a code and a name.",
    )


@tracked()
class StockPlace(models.Model):
    """A room, a station, a van: wherever packs are kept and counted."""

    code = models.SlugField(primary_key=True, max_length=40)
    name = models.CharField(max_length=80, unique=True)
    is_open = models.BooleanField("in use", default=True, db_default=True)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        verbose_name = "stock place"
        ordering = ["name"]
        triggers = [RaiseVersion()]
        constraints = [coded("stock_place_has_a_name")]

    def __str__(self) -> str:
        return self.name


class PartnerKind(models.TextChoices):
    RELIGIOUS = "religious", "Religious establishment"
    COMMUNITY = "community", "Community group"
    FOOD_BANK = "food-bank", "Food bank"
    OTHER = "other", "Other partner"


@tracked()
class Partner(models.Model):
    """An organisation that passes packs on. No contact of a person is kept here."""

    code = models.SlugField(primary_key=True, max_length=40)
    name = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=10, choices=PartnerKind)
    district = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_open = models.BooleanField("still helping", default=True, db_default=True)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        ordering = ["name"]
        triggers = [RaiseVersion()]
        constraints = [
            coded("partner_has_a_name"),
            models.CheckConstraint(
                condition=Q(kind__in=PartnerKind.values),
                name="partner_kind_known",
                violation_error_message="Say what kind of partner it is.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MovementKind(models.TextChoices):
    DELIVERY = "delivery", "Delivery in"
    GIVEN = "given", "Given"
    RETURNED = "returned", "Returned"
    COUNT = "count", "Count"


M = MovementKind


def new_movement_ref() -> str:
    return f"PM-{today():%y%m%d}-{secrets.token_hex(4).upper()}"


@tracked()
class PackMovement(models.Model):
    """One entry of the ledger. A wrong one is withdrawn with a reason and counts no longer.

    `number` is what moved; of a count, by how many more (or, below zero, fewer) were found than
    the entries said.
    """

    movement_ref = ReferenceField(
        "reference", primary_key=True, max_length=40, default=new_movement_ref
    )
    kind = models.CharField(max_length=8, choices=MovementKind)
    level = models.CharField(max_length=6, choices=PackLevel)
    place = models.ForeignKey(StockPlace, on_delete=models.PROTECT, related_name="movements")
    number = models.IntegerField()
    moved_on = models.DateField("day", default=today)
    moved_month = month_of_day("moved_on")
    partner = models.ForeignKey(
        Partner, on_delete=models.PROTECT, null=True, blank=True, related_name="movements"
    )
    address = models.CharField(max_length=200, blank=True)
    home = models.ForeignKey(
        Property, on_delete=models.PROTECT, null=True, blank=True, related_name="packs"
    )
    district = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    gift_ref = ReferenceField("came back from", max_length=40, blank=True)
    note = models.CharField(max_length=300, blank=True)
    withdrawn_at = models.DateTimeField("withdrawn", null=True, blank=True, editable=False)
    withdrawn_why = models.CharField(
        "why withdrawn", max_length=300, blank=True, db_default="", editable=False
    )
    change = models.GeneratedField(
        expression=Case(
            When(withdrawn_at__isnull=False, then=0),
            When(kind="given", then=-F("number")),
            default=F("number"),
        ),
        output_field=models.IntegerField(),
        db_persist=True,
    )
    given = models.GeneratedField(
        expression=Case(
            When(withdrawn_at__isnull=False, then=0),
            When(kind="given", then=F("number")),
            When(kind="returned", then=-F("number")),
            default=0,
        ),
        output_field=models.IntegerField(),
        db_persist=True,
    )
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        verbose_name = "pack movement"
        ordering = ["-moved_on", "-movement_ref"]
        triggers = [
            *ledger_triggers(),
            *change_triggers(PACKS_GIVEN, PACK_STOCK),
            RaiseVersion(),
        ]
        indexes = [
            models.Index(fields=["place", "level", "moved_on"], name="pack_ledger"),
            models.Index(fields=["moved_month", "level", "district"], name="pack_moved_month"),
            models.Index(fields=["gift_ref"], name="pack_gift", condition=~Q(gift_ref="")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(movement_ref=""),
                name="pack_movement_has_a_reference",
                violation_error_message="Enter the reference.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=MovementKind.values),
                name="pack_movement_kind_known",
                violation_error_message="It is a delivery, given, returned or a count.",
            ),
            known_level("pack_movement_level_known"),
            models.CheckConstraint(
                condition=Q(kind="count") | Q(number__gt=0),
                name="pack_movement_of_one_or_more",
                violation_error_message="At least one pack moves.",
            ),
            models.CheckConstraint(
                condition=Q(number__range=(-100_000, 100_000)),
                name="pack_movement_within_reason",
                violation_error_message="No more than 100,000 packs move at once.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="count") | ~Q(note=""),
                name="pack_count_has_a_reason",
                violation_error_message="Say why the count differs from the entries.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="given")
                | Q(partner__isnull=False, home__isnull=True, address="")
                | Q(partner__isnull=True) & (~Q(address="") | Q(home__isnull=False)),
                name="pack_given_to_one",
                violation_error_message="Packs are given to a partner or to an address: name one.",
            ),
            models.CheckConstraint(
                condition=Q(kind="given") | Q(partner__isnull=True, home__isnull=True, address=""),
                name="pack_only_gifts_go_somewhere",
                violation_error_message="Only packs that are given go to a partner or an address.",
            ),
            models.CheckConstraint(
                condition=Q(kind="returned") & ~Q(gift_ref="")
                | ~Q(kind="returned") & Q(gift_ref=""),
                name="pack_return_names_its_gift",
                violation_error_message="A return names the gift that came back, nothing else does.",
            ),
        ]

    def __str__(self) -> str:
        return self.movement_ref

    @property
    def to(self) -> str:
        """Where the packs went, in words."""
        return str(self.partner or self.home or self.address)


class PackBalance(models.Model):
    """What is in stock now. Kept by the triggers of the ledger alone; its row is their lock."""

    place = models.ForeignKey(StockPlace, on_delete=models.CASCADE, related_name="balances")
    level = models.CharField(max_length=6, choices=PackLevel)
    balance = models.IntegerField(default=0)

    class Meta:
        verbose_name = "pack balance"
        ordering = ["place", "level"]
        constraints = [
            models.UniqueConstraint(fields=["place", "level"], name="pack_balance_once"),
            models.CheckConstraint(
                condition=Q(balance__gte=0),
                name="pack_balance_not_below_zero",
                violation_error_message="There are not so many packs in stock.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.balance} {self.level} at {self.place_id}"


@tracked()
class PackTarget(models.Model):
    """So many packs of a level are to be given from one day to another."""

    level = models.CharField(max_length=6, choices=PackLevel)
    title = models.CharField(max_length=80, help_text="Such as: before the end of lockdown.")
    number = models.PositiveIntegerField("packs to be given")
    starts_on = models.DateField("counted from")
    due_on = models.DateField("due by")
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        verbose_name = "pack target"
        ordering = ["level", "due_on"]
        triggers = [RaiseVersion()]
        constraints = [
            known_level("pack_target_level_known"),
            models.UniqueConstraint(
                fields=["level", "due_on"],
                name="pack_target_one_a_day",
                violation_error_message="This level has a target of that day already.",
            ),
            models.CheckConstraint(
                condition=Q(number__gt=0, number__lte=1_000_000),
                name="pack_target_is_a_number",
                violation_error_message="A target is at least one pack.",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("starts_on")),
                name="pack_target_ends_after_it_begins",
                violation_error_message="A target cannot be due before it begins.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number:,} {self.get_level_display().lower()} {self.title}"
