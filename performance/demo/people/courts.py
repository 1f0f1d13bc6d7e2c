"""What the courts gave: 12 convictions for burglary and 3 for vehicle crime, as the paper tells."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from offenders.models import Conviction, Nominal, OffenceCode, Sentence
from offenders.models.conviction import SentenceKind

FIRST = date(2020, 10, 5)
OFFENCES = ("28E",) * 12 + ("48",) * 3
# Of the three for vehicles the last two are of one conspiracy.
VEHICLE_TERMS = (48, 54, 54)  # months
CONSPIRACY = "Conspiracy to steal motor vehicles"
COURTS = {"north": "Peterborough Crown Court", "south": "Cambridge Crown Court"}
APART = timedelta(days=7)


def convictions(people: Sequence[Nominal]) -> int:
    titles = dict(OffenceCode.objects.filter(pk__in=OFFENCES).values_list("pk", "title"))
    made = Conviction.objects.bulk_create(
        Conviction(
            nominal=people[place % len(people)],
            court=COURTS[str(people[place % len(people)].unit_id)],
            convicted_on=FIRST + place * APART,
            offence_id=code,
            title=titles[code] if place < len(OFFENCES) - 2 else CONSPIRACY,
            operation=_operation(place),
        )
        for place, code in enumerate(OFFENCES)
    )
    Sentence.objects.bulk_create(
        Sentence(
            conviction=one,
            kind=SentenceKind.CUSTODY,
            sentenced_on=one.convicted_on,
            months=_months(place),
        )
        for place, one in enumerate(made)
    )
    return len(made)


def _months(place: int) -> int:
    of_vehicles = place - len(OFFENCES) + len(VEHICLE_TERMS)
    return VEHICLE_TERMS[of_vehicles] if of_vehicles >= 0 else 18 + place * 7 % 25


def _operation(place: int) -> str:
    of_vehicles = place - len(OFFENCES) + len(VEHICLE_TERMS)
    return (
        "Op Aware" if of_vehicles < 0 else ("Op Camacho", "Op Bethesda", "Op Bethesda")[of_vehicles]
    )
