"""What is known of a nominal beside their name: each a row, kept and corrected by itself."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
from django.utils import timezone

from core.concurrency import RaiseVersion
from core.dates import today
from core.revisions import tracked
from offenders.models.nominal import KeptOnce, Nominal
from offenders.models.search import FollowNames


def of_nominal(related_name: str) -> Any:
    """A field, typed as Django types it: `nominal` of every part."""
    return models.ForeignKey(
        Nominal, on_delete=models.PROTECT, related_name=related_name, editable=False
    )


class Part(KeptOnce):
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        abstract = True
        ordering = ["pk"]
        triggers: list[pgtrigger.Trigger] = [RaiseVersion()]


class PeriodQuerySet(models.QuerySet[Any]):
    def current(self) -> PeriodQuerySet:
        return self.filter(Q(until__isnull=True) | Q(until__gte=today()))


class PeriodPart(Part):
    """True from `since` until `until`, both days included; unknown where there is none."""

    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta(Part.Meta):
        abstract = True
        ordering = [F("until").desc(nulls_first=True), "-since", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gte=F("since")),
                name="%(class)s_ends_after_start",
                violation_error_message="The last day cannot be before the first.",
            )
        ]

    @property
    def is_current(self) -> bool:
        return self.until is None or self.until >= today()


@tracked()
class Alias(Part):
    """Another name that the nominal uses or used, a nickname too."""

    nominal = of_nominal("aliases")
    surname = models.CharField(max_length=80, blank=True)
    forenames = models.CharField(max_length=120, blank=True)
    date_of_birth = models.DateField("date of birth given", null=True, blank=True)

    class Meta(Part.Meta):
        verbose_name_plural = "aliases"
        triggers = [*Part.Meta.triggers, *FollowNames.on("nominal_id")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(surname="", forenames=""),
                name="alias_has_a_name",
                violation_error_message="Enter a surname, a forename or a nickname.",
            ),
            models.UniqueConstraint(
                fields=["nominal", "surname", "forenames"],
                name="alias_once",
                violation_error_message="This nominal has this alias already.",
            ),
        ]
        indexes = [models.Index(fields=["date_of_birth"], name="alias_born")]

    def __str__(self) -> str:
        return f"{self.surname.upper()}, {self.forenames}".strip(", ")


class IdentifierKind(models.TextChoices):
    CRO = "cro", "CRO number"
    CUSTODY = "custody", "Custody number"
    PRISON = "prison", "Prison number"
    PROBATION = "probation", "Probation CRN"
    YOUTH = "youth", "Youth justice number"
    LOCAL = "local", "Local number"


@tracked()
class Identifier(Part):
    """A number that another system knows the nominal by. The PNC's stands with the nominal."""

    nominal = of_nominal("identifiers")
    kind = models.CharField(max_length=10, choices=IdentifierKind)
    value = models.CharField("number", max_length=30)

    class Meta(Part.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "value"],
                name="identifier_once",
                violation_error_message="Another nominal has this number.",
            )
        ]
        indexes = [models.Index(fields=["value"], name="identifier_value")]

    def __str__(self) -> str:
        return f"{IdentifierKind(self.kind).label} {self.value}"


class AddressKind(models.TextChoices):
    HOME = "home", "Home"
    BAIL = "bail", "Bail address"
    FAMILY = "family", "Family"
    PARTNER = "partner", "Partner"
    WORK = "work", "Work"
    OTHER = "other", "Other"


@tracked()
class Address(PeriodPart):
    nominal = of_nominal("addresses")
    kind = models.CharField(max_length=10, choices=AddressKind, default=AddressKind.HOME)
    line = models.CharField("address", max_length=200)
    postcode = models.CharField(max_length=8, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    class Meta(PeriodPart.Meta):
        verbose_name_plural = "addresses"
        constraints = [
            *PeriodPart.Meta.constraints,
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False)
                & Q(latitude__range=(49, 61), longitude__range=(-9, 2.5)),
                name="address_in_great_britain",
                violation_error_message="Give latitude and longitude together, in degrees.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.postcode}".rstrip()


@tracked()
class Vehicle(PeriodPart):
    """A vehicle that the nominal uses, whoever owns it. `registration` without blanks."""

    nominal = of_nominal("vehicles")
    registration = models.CharField("registration mark", max_length=10)
    description = models.CharField(
        max_length=100, blank=True, help_text="For example, blue Ford Focus"
    )

    class Meta(PeriodPart.Meta):
        constraints = [
            *PeriodPart.Meta.constraints,
            models.CheckConstraint(
                condition=Q(registration__regex=r"^[A-Z0-9]+$"),
                name="vehicle_mark_is_plain",
                violation_error_message="A registration mark has letters and digits only.",
            ),
        ]
        indexes = [
            GinIndex(fields=["registration"], opclasses=["gin_trgm_ops"], name="vehicle_mark")
        ]

    def __str__(self) -> str:
        return f"{self.registration} {self.description}".rstrip()


class AssociationKind(models.TextChoices):
    CO_OFFENDER = "co-offender", "Co-offender"
    ASSOCIATE = "associate", "Associate"
    RELATIVE = "relative", "Relative"
    PARTNER = "partner", "Partner"
    HOUSEHOLD = "household", "Same household"
    RIVAL = "rival", "Rival"


@tracked()
class Association(PeriodPart):
    """Between two nominals, the same from both sides."""

    nominal = of_nominal("associations")
    other = models.ForeignKey(
        Nominal, on_delete=models.PROTECT, related_name="associated", verbose_name="associate"
    )
    kind = models.CharField(
        max_length=12, choices=AssociationKind, default=AssociationKind.ASSOCIATE
    )
    text = models.CharField("what is known", max_length=200, blank=True)

    class Meta(PeriodPart.Meta):
        constraints = [
            *PeriodPart.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(nominal=F("other")),
                name="association_with_another",
                violation_error_message="A nominal cannot be their own associate.",
            ),
            models.UniqueConstraint(
                Least("nominal", "other"),
                Greatest("nominal", "other"),
                "kind",
                name="association_once",
                violation_error_message="These two are linked in this way already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{AssociationKind(self.kind).label}: {self.other}"


class Marker(models.TextChoices):
    """What an officer must know before meeting the nominal."""

    VIOLENT = "violent", "Violent"
    WEAPONS = "weapons", "Weapons"
    FIREARMS = "firearms", "Firearms"
    EXPLOSIVES = "explosives", "Explosives"
    DRUGS = "drugs", "Drugs"
    CONCEALS = "conceals", "Conceals items"
    ESCAPER = "escaper", "Escaper"
    SELF_HARM = "self-harm", "Self harm"
    SUICIDAL = "suicidal", "Suicidal"
    MENTAL_HEALTH = "mental-health", "Mental health"
    AILMENT = "ailment", "Ailment"
    CONTAGIOUS = "contagious", "Contagious"
    DOG = "dog", "Dangerous dog"
    ALLEGES = "alleges", "Makes allegations"


@tracked()
class WarningMarker(PeriodPart):
    nominal = of_nominal("warnings")
    marker = models.CharField("warning", max_length=15, choices=Marker)
    text = models.CharField("what is known", max_length=200, blank=True)

    class Meta(PeriodPart.Meta):
        verbose_name = "warning"
        constraints = [
            *PeriodPart.Meta.constraints,
            models.UniqueConstraint(
                fields=["nominal", "marker"],
                condition=Q(until__isnull=True),
                name="warning_once",
                violation_error_message="This nominal has this warning already.",
            ),
        ]

    def __str__(self) -> str:
        return Marker(self.marker).label


class TypologyKind(models.TextChoices):
    BURGLAR = "burglar", "Burglar"
    ROBBER = "robber", "Robber"
    VEHICLE_THIEF = "vehicle-thief", "Vehicle thief"
    VEHICLE_CRIME = "vehicle-crime", "Thief from vehicles"
    SHOPLIFTER = "shoplifter", "Shoplifter"
    COUNTY_LINES = "county-lines", "County lines"
    HANDLER = "handler", "Handler of stolen goods"
    ORGANISED = "organised", "Organised crime"
    METAL = "metal", "Metal and catalyst thief"
    CYCLE = "cycle", "Cycle thief"


@tracked()
class Typology(PeriodPart):
    """What kind of offender; one nominal may be several at once."""

    nominal = of_nominal("typologies")
    kind = models.CharField("typology", max_length=15, choices=TypologyKind)
    text = models.CharField("why", max_length=200, blank=True)

    class Meta(PeriodPart.Meta):
        verbose_name_plural = "typologies"
        constraints = [
            *PeriodPart.Meta.constraints,
            models.UniqueConstraint(
                fields=["nominal", "kind"],
                condition=Q(until__isnull=True),
                name="typology_once",
                violation_error_message="This nominal has this typology already.",
            ),
        ]

    def __str__(self) -> str:
        return TypologyKind(self.kind).label
