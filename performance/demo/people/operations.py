"""Operations of the demonstration and what belongs to them. Their results come out of the rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

import numpy as np

from core.dates import start_of
from core.models import User
from offenders.models import Arrest, Conviction, Crime, Nominal
from offenders.models.detention import Result
from operations.models import (
    Operation,
    OperationArea,
    OperationArrest,
    OperationConviction,
    OperationCrime,
    OperationForce,
    OperationNominal,
    OperationOfficer,
    OperationPremises,
    OperationProperty,
    OperationStep,
    OperationVehicle,
)
from performance.demo.draws import SEED
from performance.demo.people import names, stays
from performance.demo.people.stays import Stay

# slug: name, inside, aim, first day, areas, offence
TOLD: dict[str, tuple[str, str | None, str, date, tuple[str, ...], str | None]] = {
    "aware": (
        "Op Aware", None, ("To pursue those who do the most burglary and vehicle crime, and to"
        " keep others from it."), date(2019, 2, 4), ("north", "south"), "dwelling-burglary",
    ),
    "chartwell": (
        "Op Chartwell", "aware", "To stop a series of burglaries and robberies in North.",
        date(2020, 8, 24), ("north",), "dwelling-burglary",
    ),
    "camacho": (
        "Op Camacho", None, ("To tackle the theft of vehicles without their keys across"
        " Cambridgeshire."), date(2019, 5, 6), ("north", "south"), "theft-of-motor-vehicle",
    ),
    "bethesda": (
        "Op Bethesda", "camacho", ("A conspiracy to steal vehicles without their keys, across"
        " counties; they are taken apart in Peterborough."), date(2019, 10, 14), ("north",),
        "theft-of-motor-vehicle",
    ),
    "spotlight": (
        "Op Spotlight", None, ("To find homes taken over by drug dealers from outside, with"
        " partner agencies."), date(2020, 9, 21), ("peterborough",), None,
    ),
}  # fmt: skip
FORCES = {
    "Cambridgeshire": "Cambridgeshire Constabulary",
    "Norfolk": "Norfolk Constabulary",
    "Suffolk": "Suffolk Constabulary",
    "Essex": "Essex Police",
    "Hertfordshire": "Hertfordshire Constabulary",
    "Bedfordshire": "Bedfordshire Police",
    "Northamptonshire": "Northamptonshire Police",
    "Lincolnshire": "Lincolnshire Police",
    "Leicestershire": "Leicestershire Police",
    "Nottinghamshire": "Nottinghamshire Police",
}
VEHICLES, FOUND = 26, date(2020, 2, 11)  # stolen; the day that the premises were found
WORTH = (28, 62)  # thousand pounds: from, to
MODELS = ("off-roader", "estate", "saloon", "hatchback")
FIRST_MARK = 200  # the marks before it belong to nominals
ARRESTED = datetime(2020, 2, 11, 6, tzinfo=UTC)
SOUTH_FOLLOWS = date(2021, 1, 11)
STOLEN_VEHICLE = "48"
LINKED = 30  # crimes of Camacho


def operations(people: Sequence[Nominal], officers: Mapping[str, list[User]]) -> int:
    """How many. After arrests, convictions and crimes, which are linked."""
    rng = np.random.default_rng([SEED, 5])
    made = Operation.objects.bulk_create(
        Operation(
            slug=slug, name=name, parent_id=parent, aim=aim, state="live", starts_on=first,
            offence_group_id=group,
        )
        for slug, (name, parent, aim, first, _, group) in TOLD.items()
    )  # fmt: skip
    by = officers["north"][-1]
    OperationArea.objects.bulk_create(
        OperationArea(operation_id=slug, unit_id=unit)
        for slug, told in TOLD.items()
        for unit in told[4]
    )
    OperationStep.objects.bulk_create(
        OperationStep(operation=one, step="started", state="live", on=one.starts_on, by=by)
        for one in made
    )
    _officers(officers)
    _bethesda(rng)
    suspects = _suspects()
    _held(suspects)
    _people(people, suspects)
    _links(suspects)
    return len(made)


def _officers(officers: Mapping[str, list[User]]) -> None:
    since = {"north": TOLD["camacho"][3], "south": SOUTH_FOLLOWS}
    rows = [
        OperationOfficer(
            operation_id="camacho", officer=one, area_id=area, since=first,
            role="lead" if one == officers[area][-1] else "dedicated",
        )
        for area, first in since.items()
        for one in officers[area]
    ]  # fmt: skip
    rows += [
        OperationOfficer(
            operation_id=slug, officer=officers["north"][-1], area_id="north",
            since=TOLD[slug][3], role="lead",
        )
        for slug in ("aware", "bethesda", "chartwell", "spotlight")
    ]  # fmt: skip
    rows.append(
        OperationOfficer(
            operation_id="aware", officer=officers["south"][-1], area_id="south",
            since=TOLD["aware"][3], role="lead",
        )
    )  # fmt: skip
    OperationOfficer.objects.bulk_create(rows)


def _bethesda(rng: np.random.Generator) -> None:
    OperationForce.objects.bulk_create(
        OperationForce(operation_id="bethesda", county=county, force=force)
        for county, force in FORCES.items()
    )
    OperationVehicle.objects.bulk_create(_vehicle(place, rng) for place in range(VEHICLES))
    OperationPremises.objects.create(
        operation_id="bethesda", kind="chop-shop", line="Unit 9, Teasel Way", town="Peterborough",
        found_on=FOUND, note="Bodies, engines and marks of several vehicles.",
    )  # fmt: skip
    OperationProperty.objects.bulk_create(
        OperationProperty(
            operation_id="bethesda", recovered_on=FOUND, description=what, value=worth,
            area_id="north",
        )
        for what, worth in (("Relay devices", 3_000), ("Engines and gearboxes", 41_000))
    )  # fmt: skip


def _vehicle(place: int, rng: np.random.Generator) -> OperationVehicle:
    county = list(FORCES)[place % len(FORCES)]
    stolen = FOUND - timedelta(days=int(rng.integers(6, 140)))
    is_back = place % 3 == 0
    return OperationVehicle(
        operation_id="bethesda",
        registration=names.registration(FIRST_MARK + place),
        description=f"Invented {MODELS[place % len(MODELS)]}",
        value=int(rng.integers(*WORTH)) * 1000,
        stolen_on=stolen,
        county=county,
        force=FORCES[county],
        recovered_on=FOUND if is_back else None,
        area_id="north" if is_back else None,
    )


def _suspects() -> list[Conviction]:
    """The convictions that the court gave for vehicles: the last two are Bethesda's."""
    rows = Conviction.objects.filter(offence=STOLEN_VEHICLE).select_related("nominal__lead_officer")
    return list(rows.order_by("convicted_on", "pk"))


def _held(convictions: Sequence[Conviction]) -> None:
    """Each was arrested when the premises were found, and charged."""
    done = []
    for place, one in enumerate(convictions[-2:]):
        at = ARRESTED + timedelta(hours=place)
        stay = Stay(
            one.nominal, at, "Teasel Way, Peterborough", "peterborough",
            one.nominal.lead_officer, STOLEN_VEHICLE, one.title,
        )  # fmt: skip
        stay.operation = "Op Bethesda"
        stay.charged_at = at + timedelta(hours=20)
        stay.until = stay.charged_at + stays.LEAVES
        stay.result = Result.CHARGED_BAILED
        done.append(stay)
    stays.save(done)


def _people(people: Sequence[Nominal], convictions: Sequence[Conviction]) -> None:
    parts = ("organiser", "thief")
    rows = [
        OperationNominal(
            operation_id="bethesda", nominal=one.nominal, part=part, since=FOUND,
        )
        for one, part in zip(convictions[-2:], parts, strict=True)
    ]  # fmt: skip
    rows += [
        OperationNominal(operation_id="camacho", nominal=one.nominal, part="thief", since=FOUND)
        for one in convictions[:-2]
    ]
    rows += [
        OperationNominal(
            operation_id="chartwell", nominal=one, part="suspect", since=TOLD["chartwell"][3]
        )
        for one in people[1:10:2]
    ]
    OperationNominal.objects.bulk_create(rows)


def _links(convictions: Sequence[Conviction]) -> None:
    OperationConviction.objects.bulk_create(
        OperationConviction(
            operation_id="bethesda" if one in convictions[-2:] else "camacho", conviction=one
        )
        for one in convictions
    )
    others = Conviction.objects.filter(operation="Op Aware", operation_link=None)
    OperationConviction.objects.bulk_create(
        OperationConviction(operation_id="aware", conviction=one) for one in others
    )
    arrests = Arrest.objects.exclude(operation="").prefetch_related("offences")
    OperationArrest.objects.bulk_create(
        OperationArrest(operation_id=slug, arrest=one) for one in arrests if (slug := _of(one))
    )
    crimes = Crime.objects.filter(
        offence=STOLEN_VEHICLE, recorded_at__gte=start_of(TOLD["camacho"][3]), outcome="1",
        cancelled_at=None,
    )  # fmt: skip
    OperationCrime.objects.bulk_create(
        OperationCrime(operation_id="camacho", crime=one)
        for one in crimes.order_by("recorded_at", "pk")[:LINKED]
    )


def _of(arrest: Arrest) -> str:
    if arrest.operation == "Op Bethesda":
        return "bethesda"
    codes = {offence.offence_id for offence in arrest.offences.all()}
    day = arrest.arrested_at.date()
    return "camacho" if STOLEN_VEHICLE in codes and day >= TOLD["camacho"][3] else "aware"
