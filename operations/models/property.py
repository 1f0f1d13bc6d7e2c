"""Homes and other places that are made harder to break into: what was found, what was done."""

from __future__ import annotations

import secrets

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from core.changes import change_triggers
from core.columns import ReferenceField, month_of_day
from core.concurrency import RaiseVersion
from core.dates import today
from core.models import Unit
from core.revisions import tracked
from core.states import Machine
from operations.models.prevention_feeds import ASSESSED


class PropertyKind(models.TextChoices):
    HOUSE = "house", "House"
    FLAT = "flat", "Flat"
    SHEDS = "sheds", "Shed block"
    OTHER = "other", "Other place"


def new_property_ref() -> str:
    return f"PR-{secrets.token_hex(4).upper()}"


@tracked()
class Property(models.Model):
    """A place, by its address. Who lives there is not written down anywhere here."""

    property_ref = ReferenceField(
        "reference", primary_key=True, max_length=40, default=new_property_ref
    )
    address = models.CharField(max_length=200, help_text="The place alone, never a name.")
    postcode = models.CharField(max_length=8)
    kind = models.CharField(max_length=5, choices=PropertyKind, default=PropertyKind.HOUSE)
    district = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        verbose_name_plural = "properties"
        ordering = ["address", "postcode"]
        triggers = [RaiseVersion()]
        constraints = [
            models.UniqueConstraint(
                Lower("address"),
                Lower("postcode"),
                name="property_once",
                violation_error_message="This address is recorded already.",
            ),
            models.CheckConstraint(
                condition=~Q(property_ref="") & ~Q(address="") & ~Q(postcode=""),
                name="property_has_an_address",
                violation_error_message="Enter the address and its postcode.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=PropertyKind.values),
                name="property_kind_known",
                violation_error_message="It is a house, a flat, a shed block or another place.",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False)
                & Q(latitude__range=(49, 61), longitude__range=(-9, 2.5)),
                name="property_in_great_britain",
                violation_error_message="Give latitude and longitude together, in degrees.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.address}, {self.postcode}"


class PackLevel(models.TextChoices):
    """Of a pack, and of the protection that a property has or needs."""

    BRONZE = "bronze", "Bronze"
    SILVER = "silver", "Silver"
    GOLD = "gold", "Gold"


class Weakness(models.TextChoices):
    """What is looked at; those that are found weak are kept."""

    DOORS = "doors", "Doors"
    WINDOWS = "windows", "Windows"
    LOCKS = "locks", "Locks"
    ACCESS = "access", "Access control, trade buttons"
    BOUNDARY = "boundary", "Fences, gates, sight lines"
    LIGHTING = "lighting", "Lighting"
    OUTBUILDING = "outbuilding", "Sheds and outbuildings"
    ALARM = "alarm", "No alarm"
    REPEAT = "repeat", "Burgled before"


class FixedOnceOrdered(pgtrigger.Trigger):
    """What works were ordered on stays as it was found; a new assessment may follow."""

    name = "fixed_once_ordered"
    when = pgtrigger.Before
    operation = pgtrigger.Update | pgtrigger.Delete
    func = """
        IF EXISTS (
            SELECT FROM operations_worksorder AS works
            WHERE works.assessment_id = OLD.id AND works.ordered_on IS NOT NULL
        ) AND (TG_OP = 'DELETE' OR (NEW.assessed_on, NEW.asked_for, NEW.result, NEW.weak, NEW.why)
            IS DISTINCT FROM (OLD.assessed_on, OLD.asked_for, OLD.result, OLD.weak, OLD.why))
        THEN
            RAISE EXCEPTION USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME,
                CONSTRAINT = 'assessment_fixed_once_ordered',
                MESSAGE = 'Works were ordered on this assessment. Assess the property anew.';
        END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    """


class FirstGold(pgtrigger.Trigger):
    """A property is found to need gold once: by the earliest assessment that says so."""

    name = "first_gold"
    when = pgtrigger.After
    operation = pgtrigger.Insert | pgtrigger.UpdateOf("assessed_on", "result") | pgtrigger.Delete
    func = """
        UPDATE operations_assessment AS one SET is_first_gold = NOT one.is_first_gold
        WHERE one.home_id IN (NEW.home_id, OLD.home_id)
        AND one.is_first_gold <> coalesce(one.id = (
            SELECT gold.id FROM operations_assessment AS gold
            WHERE gold.home_id = one.home_id AND gold.result = 'gold'
            ORDER BY gold.assessed_on, gold.id LIMIT 1
        ), false);
        RETURN NULL;
    """


@tracked(derived=("is_first_gold",))
class Assessment(models.Model):
    """One look at a property: what is weak there, and which level it needs."""

    home = models.ForeignKey(Property, on_delete=models.PROTECT, related_name="assessments")
    assessed_on = models.DateField("assessed", default=today)
    assessed_month = month_of_day("assessed_on")
    asked_for = models.CharField(
        "assessed for", max_length=6, choices=PackLevel, default=PackLevel.SILVER
    )
    weak = ArrayField(
        models.CharField(max_length=11, choices=Weakness), verbose_name="found weak", default=list,
        blank=True,
    )  # fmt: skip
    result = models.CharField(max_length=6, choices=PackLevel)
    is_first_gold = models.BooleanField(
        "first found to need gold", default=False, db_default=False, editable=False
    )
    why = models.TextField("why another level", max_length=500, blank=True)
    district = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", editable=False
    )  # of the property
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        ordering = ["-assessed_on", "-pk"]
        triggers = [FixedOnceOrdered(), FirstGold(), *change_triggers(ASSESSED), RaiseVersion()]
        indexes = [
            models.Index(fields=["assessed_month", "result", "district"], name="assessed_month"),
            # rows behind the figure of gold properties
            models.Index(
                fields=["assessed_month", "district"],
                name="assessed_first_gold",
                condition=Q(is_first_gold=True),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(result__in=PackLevel.values, asked_for__in=PackLevel.values),
                name="assessment_level_known",
                violation_error_message="The level is bronze, silver or gold.",
            ),
            models.CheckConstraint(
                condition=Q(weak__contained_by=Weakness.values),
                name="assessment_weakness_known",
                violation_error_message="Tick what is weak from the list.",
            ),
            models.CheckConstraint(
                condition=Q(asked_for=F("result")) | ~Q(why=""),
                name="assessment_says_why_another_level",
                violation_error_message="Say why it became another level than it was assessed for.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_result_display()}, {self.assessed_on:%-d %b %Y}"

    @property
    def found_weak(self) -> str:
        return ", ".join(str(Weakness(one).label).lower() for one in self.weak)


class WorksState(models.TextChoices):
    QUOTED = "quoted", "Quoted"
    ORDERED = "ordered", "Ordered"
    DONE = "done", "Done"
    CANCELLED = "cancelled", "Cancelled"


W = WorksState
WORKS = Machine(
    "The works order",
    WorksState,
    {
        "ordered": (frozenset({W.QUOTED}), W.ORDERED),
        "done": (frozenset({W.ORDERED}), W.DONE),
        "cancelled": (frozenset({W.QUOTED, W.ORDERED}), W.CANCELLED),
    },
)


class WorksKind(models.TextChoices):
    DOORS = "doors", "Doors"
    WINDOWS = "windows", "Windows"
    SHEDS = "sheds", "Shed block"
    ACCESS = "access", "Access control"
    OTHER = "other", "Other works"


@tracked()
class WorksOrder(models.Model):
    """Works on a property of gold level: a price, an order, the day it was done, what it cost."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="works")
    kind = models.CharField("works", max_length=7, choices=WorksKind)
    what = models.CharField("what is to be done", max_length=200, blank=True)
    state = models.CharField(
        max_length=9, choices=WorksState, default=W.QUOTED, db_default="quoted", editable=False
    )
    quoted_on = models.DateField("quoted", default=today)
    quoted = models.DecimalField("price quoted, £", max_digits=9, decimal_places=2)
    ordered_on = models.DateField("ordered", null=True, blank=True, editable=False)
    done_on = models.DateField("done", null=True, blank=True, editable=False)
    cost = models.DecimalField(
        "cost, £", max_digits=9, decimal_places=2, null=True, blank=True, editable=False
    )
    why_cancelled = models.CharField(max_length=300, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        verbose_name = "works order"
        ordering = ["-quoted_on", "-pk"]
        triggers = [RaiseVersion()]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=WorksKind.values),
                name="works_kind_known",
                violation_error_message="Choose what kind of works it is.",
            ),
            models.CheckConstraint(
                condition=Q(quoted__gte=0) & (Q(cost__isnull=True) | Q(cost__gte=0)),
                name="works_cost_not_below_zero",
                violation_error_message="A price is 0 or more.",
            ),
            models.CheckConstraint(
                condition=Q(ordered_on__isnull=True) | Q(ordered_on__gte=F("quoted_on")),
                name="works_ordered_after_quote",
                violation_error_message="Works cannot be ordered before they were quoted.",
            ),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True)
                | Q(ordered_on__isnull=False, done_on__gte=F("ordered_on")),
                name="works_done_after_order",
                violation_error_message="Works cannot be done before they were ordered.",
            ),
            models.CheckConstraint(
                condition=Q(state=W.QUOTED, ordered_on__isnull=True, done_on__isnull=True)
                | Q(state=W.ORDERED, ordered_on__isnull=False, done_on__isnull=True)
                | Q(state=W.DONE, done_on__isnull=False, cost__isnull=False)
                | Q(state=W.CANCELLED, done_on__isnull=True) & ~Q(why_cancelled=""),
                name="works_state_has_its_facts",
                violation_error_message="Done works have a day and a cost, cancelled ones a reason.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.get_state_display().lower()})"
