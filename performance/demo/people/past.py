"""Two years of arrests, most of them for crimes of the demonstration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

import numpy as np

from core.models import Unit
from offenders.models import Crime, Nominal, OffenceCode
from offenders.models.detention import Result
from performance.demo.people import stays
from performance.demo.people.stays import Stay

FIRST = datetime(2019, 2, 1, tzinfo=UTC)
END = datetime(2021, 1, 31, 23, tzinfo=UTC)
CHARGED, UNSOLVED = ("1",), ("14", "15", "16", "18")  # outcomes
OFFENCES = ("28E", "28F", "45", "48")
OF_AN_AREA = {CHARGED: 60, UNSOLVED: 45}
WITHOUT_CRIME = 12  # of an area: what they were arrested for was not recorded as a crime here
REST = timedelta(days=4)  # between two arrests of one person
OPERATION = "Op Aware"
REMANDED = 0.35  # share of those charged
LONGEST = timedelta(hours=40)  # from the crime to the release
RESULTS = (Result.INVESTIGATED, Result.BAILED, Result.NO_ACTION)


def past_stays(
    people: Sequence[Nominal], quiet: Mapping[int, datetime], rng: np.random.Generator
) -> list[Stay]:
    """`quiet`: since when these people are arrested no more."""
    free = {one.pk: FIRST for one in people}
    done = []
    for wanted in sorted(_wanted(people, rng), key=lambda stay: (stay.at, stay.district)):
        area = wanted.nominal.unit_id
        idle = [
            one
            for one in people
            if one.unit_id == area and free[one.pk] <= wanted.at < quiet.get(one.pk, END)
        ]
        if not idle:
            continue
        # a few do much: the first of the idle are the likeliest
        wanted.nominal = idle[min(int(rng.exponential(len(idle) / 3)), len(idle) - 1)]
        wanted.officer = wanted.nominal.lead_officer
        free[wanted.nominal.pk] = (wanted.until or wanted.at) + REST
        done.append(wanted)
    return done


def _wanted(people: Sequence[Nominal], rng: np.random.Generator) -> Iterator[Stay]:
    titles = dict(OffenceCode.objects.filter(pk__in=OFFENCES).values_list("pk", "title"))
    for area, one in {one.unit_id: one for one in people}.items():
        districts = list(
            Unit.objects.filter(parent=area, kind="district").values_list("pk", flat=True)
        )
        for outcomes, size in OF_AN_AREA.items():
            for crime in some(_crimes(districts, outcomes), size):
                yield _for_crime(crime, one, rng)
        for _ in range(WITHOUT_CRIME):
            code, district = str(rng.choice(OFFENCES)), str(rng.choice(districts))
            at = FIRST + (END - FIRST) * float(rng.random() * 0.99)
            yield _ended(_stay(one, at, district, code, titles[code]), rng)


def _crimes(districts: Sequence[str], outcomes: tuple[str, ...]) -> list[Crime]:
    """With time for the arrest and for custody between the recording and the outcome."""
    found = Crime.objects.filter(
        recorded_at__range=(FIRST, END), outcome_at__lt=END, outcome__in=outcomes,
        offence__in=OFFENCES, district__in=districts, cancelled_at=None,
    )  # fmt: skip
    rows = found.select_related("offence").order_by("recorded_at", "pk")
    return [row for row in rows if (row.outcome_at or END) - row.recorded_at > LONGEST]


def some(crimes: Sequence[Crime], size: int) -> Sequence[Crime]:
    return crimes[:: max(1, len(crimes) // size)][:size]


def _for_crime(crime: Crime, one: Nominal, rng: np.random.Generator) -> Stay:
    outcome_at = crime.outcome_at or END
    hours = timedelta(hours=float(rng.uniform(6, 22)))
    stay = _stay(
        one, outcome_at - hours, str(crime.district_id), crime.offence_id, crime.offence.title
    )
    stay.crime = crime
    if crime.outcome_id not in CHARGED:
        stay.at = crime.recorded_at + timedelta(hours=float(rng.uniform(1, 5)))
        return _ended(stay, rng)
    stay.charged_at = outcome_at
    stay.until = outcome_at + stays.LEAVES
    stay.result = Result.CHARGED_REMANDED if rng.random() < REMANDED else Result.CHARGED_BAILED
    return stay


def _stay(one: Nominal, at: datetime, district: str, offence: str, title: str) -> Stay:
    at = at.replace(second=0, microsecond=0)
    return Stay(
        one,
        at,
        district.replace("-", " ").title(),
        district,
        one.lead_officer,
        offence,
        title,
        operation=OPERATION,
    )


def _ended(stay: Stay, rng: np.random.Generator) -> Stay:
    """Not charged; one in eight is held past 24 hours, with leave."""
    stay.is_extended = bool(rng.random() < 1 / 8)
    hours = rng.uniform(25, 34) if stay.is_extended else rng.uniform(4, 22)
    stay.until = stay.at + timedelta(hours=round(float(hours), 1))
    stay.result = str(rng.choice([str(result) for result in RESULTS]))
    return stay
