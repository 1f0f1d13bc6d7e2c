"""Who they are, and what is known of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import numpy as np

from core.dates import add_months, today
from core.models import User
from offenders.models import (
    Address,
    Alias,
    Association,
    Nominal,
    Priority,
    RiskScore,
    Typology,
    Vehicle,
    WarningMarker,
)
from offenders.models.assessment import Band, Instrument
from offenders.models.identity import AssociationKind, Marker, TypologyKind
from offenders.models.nominal import Ethnicity, Sex
from performance.demo.draws import SEED
from performance.demo.people import names
from performance.demo.recorded import scatter
from performance.demo.shares import DISTRICTS

AREAS = ("north", "south")
SIZE = 60
REF = "DEMO{:04d}"
YOUNGEST = 5  # one in so many was under 18 when arrested
KNOWN_SINCE = date(2019, 1, 7)
KINDS = (TypologyKind.BURGLAR, TypologyKind.VEHICLE_CRIME, TypologyKind.VEHICLE_THIEF)
MARKERS = (Marker.ESCAPER, Marker.VIOLENT, Marker.SELF_HARM, Marker.CONCEALS, Marker.WEAPONS)
BANDS = ((75, Band.VERY_HIGH), (50, Band.HIGH), (25, Band.MEDIUM), (0, Band.LOW))
PNC_YEAR = 20


def nominals(
    officers: dict[str, list[User]], made_at: datetime, rng: np.random.Generator
) -> list[Nominal]:
    people = [_nominal(place, officers, made_at, rng) for place in range(SIZE)]
    # the last is a child on the day of the load, and in custody with an appropriate adult
    people[-1].date_of_birth = add_months(today().replace(day=1), -12 * 16)
    return Nominal.objects.bulk_create(people)


def _nominal(
    place: int, officers: dict[str, list[User]], made_at: datetime, rng: np.random.Generator
) -> Nominal:
    area = AREAS[place % 2]
    lead, other, sergeant = officers[area]
    if place // 2 % 2:
        lead, other = other, lead
    years = 2004 - int(rng.integers(0, 2)) if place % YOUNGEST == 0 else 2001 - int(rng.gamma(3, 5))
    return Nominal(
        ref=REF.format(place + 1),
        surname=names.surname(place),
        forenames=names.forenames(place),
        date_of_birth=date(max(years, 1950), int(rng.integers(1, 13)), int(rng.integers(1, 29))),
        sex=Sex.MALE if place % 9 else Sex.FEMALE,
        ethnicity=Ethnicity.W1 if place % 4 else Ethnicity.NS,
        pnc_id=f"{PNC_YEAR}/{9_000_000 + place}Z",
        unit_id=area,
        lead_officer=lead,
        second_officer=other if place % 3 else sergeant,
        note="Invented for the demonstration.",
        created_at=made_at,
    )


def parts(people: Sequence[Nominal], decided_at: datetime, rng: np.random.Generator) -> None:
    every = list(enumerate(people))
    homes = np.random.default_rng([SEED, 4])
    Address.objects.bulk_create(_address(place, one, homes) for place, one in every)
    Alias.objects.bulk_create(
        Alias(nominal=one, forenames=names.NICKNAMES[place % 8]) for place, one in every[::3]
    )
    Vehicle.objects.bulk_create(_vehicle(place, one) for place, one in every[::2])
    WarningMarker.objects.bulk_create(
        WarningMarker(nominal=one, marker=MARKERS[place % 5], since=KNOWN_SINCE)
        for place, one in every
        if place % 7 in {0, 1, 2}
    )
    Typology.objects.bulk_create(
        Typology(nominal=one, kind=KINDS[place % 3], since=KNOWN_SINCE) for place, one in every
    )
    Association.objects.bulk_create(_associations(people))
    RiskScore.objects.bulk_create(_score(one, int(rng.integers(12, 97))) for one in people)
    Priority.objects.bulk_create(_priority(one, decided_at, rng) for one in people)


def _address(place: int, one: Nominal, rng: np.random.Generator) -> Address:
    town = names.TOWNS[AREAS[place % 2]][place // 2 % 2]
    latitude, longitude = scatter(np.array([DISTRICTS.index(names.DISTRICT_OF[town])]), rng)
    street = names.STREETS[place % len(names.STREETS)]
    return Address(
        nominal=one,
        line=f"{place + 1} {street}, {town}",
        since=KNOWN_SINCE,
        latitude=float(latitude[0]),
        longitude=float(longitude[0]),
    )


def _vehicle(place: int, one: Nominal) -> Vehicle:
    return Vehicle(
        nominal=one,
        registration=names.registration(place),
        description=names.VEHICLES[place % len(names.VEHICLES)],
        since=KNOWN_SINCE,
    )


def _associations(people: Sequence[Nominal]) -> list[Association]:
    """Two and two of an area: those who steal together."""
    pairs = [(people[place], people[place + 2]) for place in range(0, SIZE - 2, 4)]
    return [
        Association(nominal=one, other=other, kind=AssociationKind.CO_OFFENDER, since=KNOWN_SINCE)
        for one, other in pairs
    ]


def _score(one: Nominal, score: int) -> RiskScore:
    return RiskScore(
        nominal=one,
        instrument=Instrument.OGRS3,
        instrument_version="3",
        value=score,
        band=next(band for least, band in BANDS if score >= least),
        scored_on=KNOWN_SINCE + timedelta(days=score),
        scored_by="Probation",
    )


def _priority(one: Nominal, decided_at: datetime, rng: np.random.Generator) -> Priority:
    threat, risk, harm, vulnerability = (int(level) for level in rng.integers(0, 4, 4))
    return Priority(
        nominal=one,
        threat=threat,
        risk=risk,
        harm=harm,
        vulnerability=vulnerability,
        reason="From the offences of the last two years and the score of Probation.",
        decided_by=one.lead_officer,
        decided_at=decided_at,
    )
