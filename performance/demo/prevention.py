"""Packs, properties, planning answers and the community of the demonstration: monthly totals, shares
and seeds. Addresses are invented streets; the ledger runs to the day of the paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
from django.db import transaction

from core.dates import last_day
from core.workdays import add_working_days, is_working_day, working_days_between
from offenders.models import Crime
from operations.models import (
    Assessment,
    AwarenessGiven,
    Consultation,
    EstateWorks,
    PackMovement,
    PackTarget,
    Partner,
    PlanningApplication,
    Property,
    StockPlace,
    WatchScheme,
    WorksOrder,
)
from performance.demo.draws import generator, split
from performance.demo.shares import DISTRICTS
from performance.demo.totals import prevention as totals

MADE = ("packs given", "properties", "planning applications", "consultations")
STORE = "hq-store"
STREETS = (
    "Plantain Row",
    "Teasel Close",
    "Burdock Road",
    "Sedge Way",
    "Yarrow Lane",
    "Fescue Court",
)
CENTRES = {
    "cambridge": (52.205, 0.122),
    "east-cambridgeshire": (52.399, 0.262),
    "fenland": (52.551, 0.088),
    "huntingdonshire": (52.331, -0.183),
    "peterborough": (52.573, -0.248),
    "south-cambridgeshire": (52.135, 0.075),
}


@transaction.atomic
def load_prevention() -> Mapping[str, int]:
    """How many of each were made: none when they are there already."""
    if StockPlace.objects.filter(pk=STORE).exists():
        return dict.fromkeys(MADE, 0)
    homes = _properties()
    assessments = _assessments(homes)
    _works(assessments)
    _community()
    given = _packs([one.home for one in assessments if one.result == "silver"])
    return dict(zip(MADE, (given, len(homes), _planning(), len(totals.CONSULTATIONS)), strict=True))


def _days(month: date, count: int, kind: str) -> list[date]:
    """So many working days of the month, in order, none after the paper's own."""
    last = min(last_day(month), totals.UNTIL)
    days = [month + timedelta(days=step) for step in range(last.day)]
    working = [day for day in days if is_working_day(day)]
    return sorted(
        working[place] for place in generator(kind, month).integers(0, len(working), count)
    )


def _properties() -> list[Property]:
    """As many as are assessed, and the shed block."""
    rng = np.random.default_rng([20201101, 1])
    number = sum(sum(levels.values()) for levels in totals.ASSESSED.values())
    places = np.repeat(DISTRICTS, split(number, totals.HOMES_BY_DISTRICT))
    rng.shuffle(places)
    homes = [_home(index, str(place), rng) for index, place in enumerate(places)]
    _where_burgled(homes)
    homes[0].kind, homes[0].address = "sheds", "Sheds behind 1 to 40 Plantain Row"
    return Property.objects.bulk_create(homes)


def _where_burgled(homes: list[Property]) -> None:
    """They are assessed because they were burgled: at the places of last summer's burglaries."""
    rows = Crime.objects.filter(
        is_dwelling=True, offence__code__startswith="28", latitude__isnull=False,
        recorded_month__range=totals.BURGLED,
    ).order_by("crime_ref")  # fmt: skip
    waiting: dict[str | None, list[tuple[float | None, float | None]]] = {}
    for district, *position in rows.values_list("district_id", "latitude", "longitude"):
        waiting.setdefault(district, []).append((position[0], position[1]))
    for home in homes:
        if places := waiting.get(home.district_id):
            home.latitude, home.longitude = places.pop(0)


def _home(index: int, district: str, rng: np.random.Generator) -> Property:
    north, east = CENTRES[district]
    return Property(
        property_ref=f"PR-DEMO-{index + 1:04d}",
        address=f"{index // len(STREETS) + 1} {STREETS[index % len(STREETS)]}",
        postcode=f"ZZ{DISTRICTS.index(district) + 1} {index % 9 + 1}ZZ",
        kind="flat" if index % 3 == 0 else "house",
        district_id=district,
        latitude=round(north + float(rng.normal(0, 0.02)), 5),
        longitude=round(east + float(rng.normal(0, 0.03)), 5),
    )


def _assessments(homes: list[Property]) -> list[Assessment]:
    made = []
    waiting = iter(homes)
    for month, levels in totals.ASSESSED.items():
        results = [level for level, count in levels.items() for _ in range(count)]
        for day, result in zip(_days(month, len(results), "assessed"), results, strict=True):
            made.append(_assessment(next(waiting), day, result))
    return Assessment.objects.bulk_create(made)


def _assessment(home: Property, day: date, result: str) -> Assessment:
    gold = result == "gold"
    return Assessment(
        home=home, district_id=home.district_id, assessed_on=day, asked_for="silver",
        weak=["doors", "windows", "locks"] if gold else ["locks"], result=result,
        why="Doors and windows are past mending: a pack alone would not help." if gold
        else "" if result == "silver" else "Locks and frames are sound.",
    )  # fmt: skip


def _works(assessments: list[Assessment]) -> None:
    """Doors and windows on order, some done; the shed block is costed."""
    gold = [one for one in assessments if one.result == "gold"]
    orders = [_order(one, place) for place, one in enumerate(gold[1 : totals.WORKS["quoted"]])]
    sheds = WorksOrder(
        assessment=gold[0], kind="sheds", what="Refurbish the old shed block",
        quoted=totals.SHEDS, quoted_on=totals.SHEDS_QUOTED,
    )  # fmt: skip
    WorksOrder.objects.bulk_create([sheds, *orders])


def _order(assessment: Assessment, place: int) -> WorksOrder:
    quoted_on = add_working_days(assessment.assessed_on, 3)
    order = WorksOrder(
        assessment=assessment,
        kind="doors" if place % 2 else "windows",
        quoted=Decimal(480 + 35 * (place % 7)),
        quoted_on=quoted_on,
    )
    if place < totals.WORKS["ordered"]:
        order.state, order.ordered_on = "ordered", add_working_days(quoted_on, 5)
    if place < totals.WORKS["done"]:
        order.state, order.done_on = "done", add_working_days(quoted_on, 20)
        order.cost = order.quoted + Decimal(place % 3) * 20
    return order


def _packs(homes: list[Property]) -> int:
    StockPlace.objects.create(code=STORE, name="Headquarters store")
    partners = Partner.objects.bulk_create(Partner(**facts) for facts in totals.PARTNERS)
    PackTarget.objects.bulk_create(PackTarget(**facts) for facts in totals.TARGETS)
    entries = [
        PackMovement(
            movement_ref=f"PM-DEMO-IN-{place:02d}", kind="delivery", place_id=STORE, **facts
        )
        for place, facts in enumerate(totals.DELIVERIES)
    ]
    gifts = [*_bronze(partners), *_silver(homes)]
    for place, gift in enumerate(gifts):
        gift.movement_ref = f"PM-DEMO-{place + 1:04d}"
    PackMovement.objects.bulk_create([*entries, *gifts])
    return sum(gift.number for gift in gifts)


def _bronze(partners: list[Partner]) -> Iterator[PackMovement]:
    """Passed on by partners, each its share of the month."""
    for month, total in totals.BRONZE_GIVEN.items():
        shares = generator("bronze-packs", month).dirichlet([4.0] * len(partners))
        numbers = split(total, shares)
        days = _days(month, len(partners), "bronze-days")
        for partner, number, day in zip(partners, numbers, days, strict=True):
            if number:
                yield PackMovement(
                    kind="given", level="bronze", place_id=STORE, number=int(number), moved_on=day,
                    partner=partner, district_id=partner.district_id,
                )  # fmt: skip


def _silver(homes: list[Property]) -> Iterator[PackMovement]:
    """One a home, in the order in which they were assessed."""
    waiting = iter(homes)
    for month, total in totals.SILVER_GIVEN.items():
        for day in _days(month, total, "silver-packs"):
            home = next(waiting)
            yield PackMovement(
                kind="given", level="silver", place_id=STORE, number=1, moved_on=day, home=home,
                district_id=home.district_id,
            )  # fmt: skip


def _planning() -> int:
    made = [
        application
        for month, total in totals.PLANNING_ANSWERED.items()
        for application in _answered(month, total)
    ]
    made += [
        _application(totals.WAITING_SINCE, place, 900 + place) for place in range(totals.WAITING)
    ]
    PlanningApplication.objects.bulk_create(made)
    return len(made)


def _answered(month: date, total: int) -> Iterator[PlanningApplication]:
    rng = generator("planning", month)
    late = rng.random(total) < totals.ANSWERED_LATE
    advice = rng.choice(list(totals.ADVICE), total, p=list(totals.ADVICE.values()))
    for place, day in enumerate(_days(month, total, "planning-days")):
        took = int(rng.integers(22, 31) if late[place] else rng.integers(6, 21))
        one = _application(day - timedelta(days=took), place, month.month * 100 + place)
        one.answered_on, one.advice = day, str(advice[place])
        one.days_taken = working_days_between(one.received_on, day)
        one.taken_up = ("yes", "partly", "no")[place % 3] if one.advice == "conditions" else ""
        yield one


def _application(received: date, place: int, number: int) -> PlanningApplication:
    district = DISTRICTS[place % len(DISTRICTS)]
    return PlanningApplication(
        application_ref=f"{received:%y}/D{number:04d}/{received:%m%d}",
        authority=totals.AUTHORITIES[district],
        district_id=district,
        about=("New homes", "Shops with flats above", "A car park", "A school extension")[
            place % 4
        ],
        received_on=received,
        due_on=received + timedelta(days=21),
    )


def _community() -> None:
    Consultation.objects.bulk_create(Consultation(**facts) for facts in totals.CONSULTATIONS)
    WatchScheme.objects.bulk_create(WatchScheme(**facts) for facts in totals.SCHEMES)
    EstateWorks.objects.bulk_create(EstateWorks(**facts) for facts in totals.ESTATES)
    AwarenessGiven.objects.bulk_create(AwarenessGiven(**facts) for facts in totals.AWARENESS)
