"""An arrest and the time in custody after it, as rows that are not saved yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core.changes import announce
from core.models import User
from core.ranks import Rank
from offenders.custody.clock import Case, Kind, clock
from offenders.models import (
    Arrest,
    ArrestOffence,
    Crime,
    CustodyEvent,
    Detention,
    Nominal,
    TrialMode,
)
from offenders.models.detention import Result
from offenders.models.nominal import ADULT
from performance.demo.people import names
from performance.demo.people.officers import INSPECTOR, SUPERINTENDENT

ARRIVES = timedelta(minutes=35)
AUTHORISED = timedelta(minutes=50)
REVIEWS = tuple(AUTHORISED + timedelta(hours=hours) for hours in (5.6, 14.2, 22.8))
EXTENDED = timedelta(hours=21)
EXTENDED_TO = 36.0  # hours
BASIC = timedelta(hours=24)
LEAVES = timedelta(minutes=40)  # after the charge


@dataclass
class Stay:
    """`until` is None while the person is held; `charged_at` where they were charged."""

    nominal: Nominal
    at: datetime
    place: str
    district: str
    officer: User
    offence: str
    title: str
    crime: Crime | None = None
    charged_at: datetime | None = None
    until: datetime | None = None
    result: str = ""
    operation: str = ""
    is_extended: bool = False
    seen_until: datetime | None = None  # of a person who is held: now
    further: Sequence[CustodyEvent] = field(default_factory=list)
    is_recent: bool = False  # of the weeks before the load: what follows it is not over
    arrest: Arrest | None = None  # once it is saved

    @property
    def saved(self) -> Arrest:
        if self.arrest is None:
            raise ValueError("This stay is not saved yet.")
        return self.arrest


def save(stays: Sequence[Stay]) -> None:
    arrests = Arrest.objects.bulk_create(_arrest(stay) for stay in stays)
    for stay, arrest in zip(stays, arrests, strict=True):
        stay.arrest = arrest
    ArrestOffence.objects.bulk_create(
        _offence(stay, arrest) for stay, arrest in zip(stays, arrests, strict=True)
    )
    logs = [list(_log(stay)) for stay in stays]
    detentions = Detention.objects.bulk_create(
        _detention(stay, arrest, log)
        for stay, arrest, log in zip(stays, arrests, logs, strict=True)
    )
    for detention, log in zip(detentions, logs, strict=True):
        for event in log:
            event.detention = detention
    CustodyEvent.objects.bulk_create(event for log in logs for event in log)
    announce()


def _arrest(stay: Stay) -> Arrest:
    return Arrest(
        nominal=stay.nominal,
        arrested_at=stay.at,
        place=stay.place,
        district_id=stay.district,
        arresting_officer=stay.officer,
        operation=stay.operation,
    )


def _offence(stay: Stay, arrest: Arrest) -> ArrestOffence:
    return ArrestOffence(
        arrest=arrest,
        crime=stay.crime,
        offence_id=stay.offence,
        title=stay.title,
        mode=TrialMode.EITHER,
    )


def _detention(stay: Stay, arrest: Arrest, log: Iterable[CustodyEvent]) -> Detention:
    held = clock(Case.ORDINARY, [event.as_event() for event in log])
    used = held.elapsed(stay.until) if stay.until else None
    age = stay.nominal.age_on(stay.at.date())
    return Detention(
        arrest=arrest,
        station=names.STATIONS[str(stay.nominal.unit_id)],
        officer=stay.officer,
        appropriate_adult="Appropriate adult service" if age is not None and age < ADULT else "",
        district_id=stay.district,
        result=stay.result,
        ended_at=stay.until,
        hours_used=None if used is None else round(used / timedelta(hours=1)),
    )


def _log(stay: Stay) -> Iterable[CustodyEvent]:
    last = stay.until or stay.seen_until or stay.at
    yield _event(stay, Kind.ARRESTED, stay.at)
    yield _event(stay, Kind.ARRIVED, stay.at + ARRIVES)
    if stay.at + AUTHORISED < last:
        yield _event(stay, Kind.AUTHORISED, stay.at + AUTHORISED)
    for after in REVIEWS:
        if stay.at + after < last:
            yield _authorised(stay, Kind.REVIEWED, stay.at + after, Rank.INSPECTOR)
    if stay.is_extended:
        yield _authorised(stay, Kind.EXTENDED, stay.at + EXTENDED, Rank.SUPERINTENDENT)
    if stay.charged_at:
        yield _event(stay, Kind.CHARGED, stay.charged_at)
    yield from stay.further
    if stay.until:
        kind = Kind.BAILED if stay.result == Result.BAILED else Kind.RELEASED
        yield _event(stay, kind, stay.until)


def _event(stay: Stay, kind: Kind, at: datetime) -> CustodyEvent:
    return CustodyEvent(kind=kind, at=at, by=stay.officer, entered_at=at)


def _authorised(stay: Stay, kind: Kind, at: datetime, rank: Rank) -> CustodyEvent:
    event = _event(stay, kind, at)
    event.authorised_rank = rank
    event.authorised_by = SUPERINTENDENT if rank == Rank.SUPERINTENDENT else INSPECTOR
    if kind is Kind.EXTENDED:
        event.hours = EXTENDED_TO
        event.reason = "To secure evidence: a search is under way."
    return event
