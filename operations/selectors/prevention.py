"""What the papers of the board say about prevention, out of its records."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, Sum

from operations.models import Consultation, PackMovement, WatchScheme, WorksOrder
from operations.models.pack import MovementKind
from operations.models.property import PackLevel
from operations.selectors.packs import Tile, tiles
from operations.selectors.planning import answered
from operations.selectors.properties import gold_properties


@dataclass(frozen=True)
class PackSummary:
    """`received`: delivered in. `target`: of the target due next, None where there is none."""

    level: PackLevel
    received: int
    given: int
    balance: int
    target: int | None
    outlook: str


@dataclass(frozen=True)
class PreventionSummary:
    until: date
    packs: dict[str, PackSummary]
    gold_properties: int
    consulted: int
    involved: int
    watch_schemes: int
    works: dict[str, int]


@dataclass(frozen=True)
class PlanningSummary:
    since: date
    until: date
    answered: int
    in_time: int


def prevention_summary(until: date) -> PreventionSummary:
    """As the records stood at the end of that day."""
    came = PackMovement.objects.filter(
        kind=MovementKind.DELIVERY, withdrawn_at__isnull=True, moved_on__lte=until
    )
    received = dict(came.order_by("level").values_list("level").annotate(n=Sum("number")))
    asked = Consultation.objects.filter(held_on__lte=until).aggregate(
        people=Sum("people", default=0), involved=Sum("involved", default=0)
    )
    return PreventionSummary(
        until=until,
        packs={tile.level: _pack(tile, received.get(tile.level, 0)) for tile in tiles(until)},
        gold_properties=gold_properties(until),
        consulted=asked["people"],
        involved=asked["involved"],
        watch_schemes=_schemes(until),
        works=_works(until),
    )


def planning_summary(since: date, until: date) -> PlanningSummary:
    found = answered(since, until).aggregate(
        all=Count("pk"), in_time=Count("pk", filter=Q(in_time=True))
    )
    return PlanningSummary(since, until, found["all"], found["in_time"])


def _pack(tile: Tile, received: int) -> PackSummary:
    return PackSummary(
        level=tile.level,
        received=received,
        given=tile.given,
        balance=tile.balance,
        target=tile.target.number if tile.target else None,
        outlook=tile.forecast.words if tile.forecast else "",
    )


def _schemes(until: date) -> int:
    begun = WatchScheme.objects.filter(started_on__lte=until)
    return begun.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=until)).count()


def _works(until: date) -> dict[str, int]:
    """How many works were quoted, ordered and done by then."""
    rows = WorksOrder.objects.aggregate(
        quoted=Count("pk", filter=Q(quoted_on__lte=until)),
        ordered=Count("pk", filter=Q(ordered_on__lte=until)),
        done=Count("pk", filter=Q(done_on__lte=until)),
    )
    return {str(name): int(count) for name, count in rows.items()}
