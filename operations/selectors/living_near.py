"""Which members of cohorts live near the rows of a scan, and what is on record of them for then.

Recorded facts, each under the rule by which it is shown. Nothing is added up to a score.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

from core.places import METRES_A_DEGREE, metres_between
from offenders.models import (
    Address,
    Bail,
    CourtBail,
    Detention,
    Membership,
    Nominal,
    TagCondition,
    TagDeployment,
    Typology,
)
from offenders.models.bail import ConditionKind
from offenders.models.identity import TypologyKind
from offenders.models.scope import open_rows
from offenders.models.tag_log import ConditionKind as TagConditionKind
from offenders.nominal_tables import nominal_url

SHOWN = 8  # nominals about one row, the nearest
RULES = {
    "near": "An address of a member of a cohort, in use then, lies within the distance set.",
    "large": "No detention in custody covers the whole time in which it happened.",
    "custody": "A detention in custody covers the whole time in which it happened.",
    "tag": "A tag was on this person then.",
    "curfew": "A curfew of the tag ran then.",
    "bail": "Bail ran then, with a condition that says where the person may be, or a tag.",
    "court": "Bail given by a court ran then.",
    "typology": "The typology on record is of this kind of offence.",
}
PLACED = (ConditionKind.RESIDENCE, ConditionKind.CURFEW, ConditionKind.PLACE, ConditionKind.TAG)
BURGLARIES = ("28", "29", "30", "31")
KINDS = {  # beginnings of offence codes, by typology
    TypologyKind.BURGLAR: BURGLARIES,
    TypologyKind.ROBBER: ("34",),
    TypologyKind.VEHICLE_THIEF: ("48", "37.2"),
    TypologyKind.VEHICLE_CRIME: ("45", "126"),
    TypologyKind.CYCLE: ("44",),
}


@dataclass(frozen=True)
class Event:
    """A row of a scan: where it was, and from when to when it may have happened."""

    place: int
    latitude: float
    longitude: float
    since: datetime
    until: datetime
    offence: str = ""


@dataclass(frozen=True)
class Fact:
    text: str
    rule: str
    tag: str = ""  # the same in a word or two


@dataclass
class Neighbour:
    nominal: Nominal
    metres: int
    facts: list[Fact] = field(default_factory=list)

    @property
    def url(self) -> str:
        return nominal_url(self.nominal.pk)


@dataclass(frozen=True)
class Known:
    """All that is on record of the nominals found, by nominal."""

    detentions: dict[int, list[Detention]]
    tags: dict[int, list[TagDeployment]]
    bails: dict[int, list[Bail]]
    court_bails: dict[int, list[CourtBail]]
    typologies: dict[int, list[Typology]]


def neighbours_of(events: Sequence[Event]) -> dict[int, list[Neighbour]]:
    """By the position of the row, the nearest first."""
    homes = _homes(events)
    near = {event.place: _near(event, homes) for event in events}
    keys = sorted({home.nominal_id for found in near.values() for _, home in found})
    # Only now are people read: whoever is read is named in the log.
    nominals, known = open_rows(Nominal.objects.all()).in_bulk(keys), _known(keys)
    return {
        event.place: [
            _neighbour(nominals[home.nominal_id], metres, home, event, known)
            for metres, home in near[event.place]
        ]
        for event in events
    }


def _neighbour(
    nominal: Nominal, metres: float, home: Address, event: Event, known: Known
) -> Neighbour:
    text = f"{home.get_kind_display()} address {round(metres):,} m away: {home}."
    facts = [Fact(text, RULES["near"]), *_facts(nominal.pk, event, known)]
    return Neighbour(nominal, round(metres), facts)


def _homes(events: Sequence[Event]) -> list[Address]:
    """Of members of cohorts, within a box about all rows."""
    if not events:
        return []
    height = settings.SCAN_HOME_METRES / METRES_A_DEGREE
    north, south = (pick(event.latitude for event in events) for pick in (max, min))
    members = Membership.objects.running().values("nominal")
    rows = open_rows(Address.objects.all()).filter(
        nominal__in=members, latitude__range=(south - height, north + height)
    )
    return list(rows)


def _near(event: Event, homes: Iterable[Address]) -> list[tuple[float, Address]]:
    """Each nominal once, by their nearest address of the day; the nearest first."""
    found: dict[int, tuple[float, Address]] = {}
    height, day = settings.SCAN_HOME_METRES / METRES_A_DEGREE, timezone.localdate(event.until)
    for home in homes:
        if home.latitude is None or home.longitude is None:
            continue
        if abs(home.latitude - event.latitude) > height or not _used(home, day):
            continue
        away = metres_between(event.latitude, event.longitude, home.latitude, home.longitude)
        best = found.get(home.nominal_id)
        if away <= settings.SCAN_HOME_METRES and (best is None or away < best[0]):
            found[home.nominal_id] = away, home
    return sorted(found.values(), key=lambda one: (one[0], one[1].nominal_id))[:SHOWN]


def _used(home: Address, day: date) -> bool:
    return (home.since is None or home.since <= day) and (home.until is None or home.until >= day)


def _known(nominals: list[int]) -> Known:
    held: dict[int, list[Detention]] = defaultdict(list)
    rows = Detention.objects.filter(arrest__nominal__in=nominals).select_related("arrest")
    for detention in rows:
        held[detention.arrest.nominal_id].append(detention)
    tags: dict[int, list[TagDeployment]] = defaultdict(list)
    worn = TagDeployment.objects.filter(nominal__in=nominals, fitted_at__isnull=False)
    for tag in worn.prefetch_related("conditions"):
        tags[tag.nominal_id].append(tag)
    bails: dict[int, list[Bail]] = defaultdict(list)
    granted = Bail.objects.filter(arrest__nominal__in=nominals).select_related("arrest")
    for bail in granted.prefetch_related("conditions"):
        bails[bail.arrest.nominal_id].append(bail)
    courts: dict[int, list[CourtBail]] = defaultdict(list)
    for court in CourtBail.objects.filter(nominal__in=nominals):
        courts[court.nominal_id].append(court)
    kinds: dict[int, list[Typology]] = defaultdict(list)
    for typology in Typology.objects.filter(nominal__in=nominals):
        kinds[typology.nominal_id].append(typology)
    return Known(held, tags, bails, courts, kinds)


def _facts(pk: int, event: Event, known: Known) -> Iterable[Fact]:
    yield _at_large(known.detentions[pk], event)
    for tag in known.tags[pk]:
        if _ran(tag.fitted_at, tag.ended_at, event):
            yield Fact(f"{tag.get_basis_display()} tag worn.", RULES["tag"], "Tag")
            yield from _curfews(tag, event)
    for bail in known.bails[pk]:
        yield from _bail(bail, event)
    for court in known.court_bails[pk]:
        yield from _court_bail(court, event)
    for typology in known.typologies[pk]:
        if event.offence and event.offence.startswith(
            KINDS.get(TypologyKind(typology.kind), ("-",))
        ):
            yield Fact(f"Typology on record: {typology}.", RULES["typology"])


def _at_large(detentions: Iterable[Detention], event: Event) -> Fact:
    for held in detentions:
        since = held.arrest.arrested_at
        if since <= event.since and (held.ended_at is None or held.ended_at >= event.until):
            text = f"In custody at {held.station} from {timezone.localtime(since):%-d %b %H:%M}."
            return Fact(text, RULES["custody"], "In custody then")
    return Fact("At large: not in custody then, by the records.", RULES["large"], "At large")


def _ran(since: datetime | None, until: datetime | None, event: Event) -> bool:
    return since is not None and since <= event.until and (until is None or until >= event.since)


def _curfews(tag: TagDeployment, event: Event) -> Iterable[Fact]:
    for condition in tag.conditions.all():
        at = timezone.localtime(event.until)
        runs = condition.since <= at.date() and (
            condition.until is None or condition.until >= at.date()
        )
        if condition.kind == TagConditionKind.CURFEW and runs and _within(condition, at):
            text = f"Curfew then: {condition.place}, {condition.timetable}."
            yield Fact(text, RULES["curfew"], "Curfew")


def _within(condition: TagCondition, at: datetime) -> bool:
    """Of its days and hours; one that ends the next day is asked for the day before too."""
    starts, ends, days = condition.starts, condition.ends, condition.weekdays
    clock, day = at.time(), at.weekday()
    if starts < ends:
        return day in days and starts <= clock < ends
    yesterday = (at - timedelta(days=1)).weekday()
    return (day in days and clock >= starts) or (yesterday in days and clock < ends)


def _bail(bail: Bail, event: Event) -> Iterable[Fact]:
    if not _ran(bail.granted_at, bail.ended_at, event):
        return
    said = [
        str(condition)
        for condition in bail.conditions.all()
        if condition.kind in PLACED and _ran(condition.from_at, condition.removed_at, event)
    ]
    if said:
        yield Fact(f"On police bail then. {'; '.join(said)}.", RULES["bail"], "Bail")


def _court_bail(bail: CourtBail, event: Event) -> Iterable[Fact]:
    day = timezone.localdate(event.until)
    over = bail.ended_on is not None and bail.ended_on < day
    if bail.granted_on <= day and not over:
        said = bail.conditions or "no conditions recorded"
        yield Fact(f"On bail from {bail.court} then: {said}.", RULES["court"], "Court bail")
