"""What the ledger of packs says. No balance is read from anywhere else but by its lock's row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from django.conf import settings
from django.db.models import Max, QuerySet, Sum

from core.dates import today
from operations.models import PackMovement, PackTarget
from operations.models.pack import MovementKind
from operations.models.property import PackLevel
from operations.packs.forecast import WEEK, WINDOW, Forecast, Standing, Stock, forecast

QUIET = timedelta(weeks=12)
RECENT = 20


def ledger() -> QuerySet[PackMovement]:
    """Newest first, with what each entry names."""
    return PackMovement.objects.select_related("place", "partner", "home", "district")


def day_of_ledger() -> date:
    """Today; but of a ledger that nobody has kept for twelve weeks, the day it was last kept."""
    last = PackMovement.objects.filter(moved_on__lte=today()).aggregate(last=Max("moved_on"))
    day: date | None = last["last"]
    return today() if day is None or today() - day <= QUIET else day


def balances(day: date) -> list[tuple[str, str, int]]:
    """Place, level and packs in stock at the end of that day, from the entries alone."""
    rows = PackMovement.objects.filter(moved_on__lte=day).order_by("place__name", "level")
    return list(rows.values_list("place__name", "level").annotate(held=Sum("change")))


def in_stock(place: str, level: str, day: date) -> int:
    """How many may leave that place on that day without a later day falling below zero."""
    rows = PackMovement.objects.filter(place=place, level=level).order_by("moved_on")
    held, lowest = 0, None
    for moved_on, change in rows.values_list("moved_on").annotate(change=Sum("change")):
        if moved_on > day:
            lowest = held if lowest is None else lowest
            lowest = min(lowest, held + change)
        held += change
    return held if lowest is None else lowest


def returned(gift: PackMovement) -> int:
    """Packs of the gift that came back."""
    back = PackMovement.objects.filter(gift_ref=gift.pk, withdrawn_at__isnull=True)
    return int(back.aggregate(total=Sum("number"))["total"] or 0)


@dataclass(frozen=True)
class Tile:
    """One level: what is in stock, what was given, and how its target stands."""

    level: PackLevel
    balance: int
    given: int
    target: PackTarget | None
    forecast: Forecast | None
    stock: Stock


def tiles(day: date) -> list[Tile]:
    """Three queries, however long the ledger."""
    held: dict[str, int] = defaultdict(int)
    for _, level, balance in balances(day):
        held[level] += balance
    targets = _targets(day)
    gifts = _gifts(day)
    return [_tile(level, day, held[level], targets.get(level), gifts[level]) for level in PackLevel]


Gifts = Sequence[tuple[date, int]]


def _gifts(day: date) -> dict[str, list[tuple[date, int]]]:
    """By level, how many were given on each day: what came back is taken off on its day."""
    rows = PackMovement.objects.filter(
        kind__in=[MovementKind.GIVEN, MovementKind.RETURNED], moved_on__lte=day
    ).order_by("moved_on")
    found: dict[str, list[tuple[date, int]]] = defaultdict(list)
    for level, moved_on, given in rows.values_list("level", "moved_on").annotate(n=Sum("given")):
        found[level].append((moved_on, given))
    return found


def _targets(day: date) -> dict[str, PackTarget]:
    """By level, the target that is due next, or else the one that was due last."""
    found: dict[str, PackTarget] = {}
    for target in PackTarget.objects.order_by("due_on"):
        known = found.get(target.level)
        if known is None or known.due_on < day:
            found[target.level] = target
    return found


def _tile(
    level: PackLevel, day: date, balance: int, target: PackTarget | None, gifts: Gifts
) -> Tile:
    total = sum(given for _, given in gifts)
    outlook = _outlook(target, gifts, day) if target else None
    return Tile(level, balance, total, target, outlook, _stock(balance, gifts, outlook, day))


def _stock(balance: int, gifts: Gifts, outlook: Forecast | None, day: date) -> Stock:
    """Against the present rate, or what its target needs where that is more."""
    recent = sum(given for on, given in gifts if on > day - WINDOW)
    rate = Fraction(max(recent, 0) * WEEK, WINDOW.days)
    needed = (outlook and outlook.needed) or 0
    return Stock(balance, max(rate, Fraction(needed)), settings.PACKS_LOW_WEEKS)


def _outlook(target: PackTarget, gifts: Gifts, day: date) -> Forecast:
    counted = [(on, given) for on, given in gifts if target.starts_on <= on <= target.due_on]
    recent = sum(given for on, given in counted if on > day - WINDOW)
    return forecast(
        Standing(
            target=target.number,
            given=sum(given for _, given in counted),
            recent=max(recent, 0),
            starts_on=target.starts_on,
            due_on=target.due_on,
            day=day,
        )
    )
