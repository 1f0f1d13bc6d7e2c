"""What happened before at the same place, and near it: two queries for all rows of a scan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.urls import reverse

from core.places import box_around, metres_between
from offenders.models import OffenceGroupCode
from offenders.tables import crime_url
from operations.selectors.scans import GROUP, categories

MOST = 40  # records about one row; a place with more is shown as having so many
# %(…)s: arrays with one value a row. The box of the longer look back is the smaller one.
SQL = """
    SELECT asked.place, {columns}, found.latitude, found.longitude, found.is_victim
    FROM unnest(%(places)s::int[], %(latitudes)s::float8[], %(longitudes)s::float8[],
        %(times)s::timestamptz[], %(crimes)s::text[], %(incidents)s::text[], %(victims)s::text[])
        AS asked (place, latitude, longitude, at, crime, incident, victim)
    CROSS JOIN LATERAL (
        SELECT * FROM (
            SELECT {read} FROM {table} AS row WHERE {within}
                AND row.{at} BETWEEN asked.at - %(same_days)s AND asked.at AND {box_same}
            UNION
            SELECT {read} FROM {table} AS row WHERE {within}
                AND row.{at} BETWEEN asked.at - %(near_days)s AND asked.at AND {box_near}
            {of_victim}
        ) AS each_way ORDER BY is_victim DESC, {at} DESC LIMIT %(most)s
    ) AS found {joined}
    ORDER BY asked.place, found.{at} DESC
"""
IS_VICTIM = "row.victim_ref <> '' AND row.victim_ref = asked.victim"
BOX = (
    "row.latitude IS NOT NULL AND point(row.longitude, row.latitude) <@ box("
    "point(asked.longitude - %({0}_width)s, asked.latitude - %({0}_height)s),"
    " point(asked.longitude + %({0}_width)s, asked.latitude + %({0}_height)s))"
)
CRIME = (
    "row.crime_ref, row.recorded_at, row.offence_code, row.latitude, row.longitude,"
    f" {IS_VICTIM} AS is_victim"
)
OTHER_CRIME = (
    "row.crime_ref <> asked.crime AND row.cancelled_at IS NULL"
    " AND row.offence_code = ANY(%(wanted)s)"
)
OF_VICTIM = (
    "UNION SELECT {0} FROM offenders_crime AS row WHERE {1} AND {2}"
    " AND row.recorded_at BETWEEN asked.at - %(same_days)s AND asked.at"
)
CRIMES = SQL.format(
    read=CRIME,
    columns="found.crime_ref, found.recorded_at, offence.title",
    table="offenders_crime",
    at="recorded_at",
    within=OTHER_CRIME,
    joined="JOIN offenders_offencecode AS offence ON offence.code = found.offence_code",
    box_same=BOX.format("same"),
    box_near=BOX.format("near"),
    of_victim=OF_VICTIM.format(CRIME, OTHER_CRIME, IS_VICTIM),
)
# An incident with a crime is counted as the crime.
INCIDENTS = SQL.format(
    read=(
        "row.incident_ref, row.opened_at, row.category, row.latitude, row.longitude,"
        " false AS is_victim"
    ),
    columns="found.incident_ref, found.opened_at, found.category",
    table="operations_incident",
    at="opened_at",
    within=(
        "row.incident_ref <> asked.incident AND row.crime_ref = ''"
        " AND row.category = ANY(%(wanted)s)"
    ),
    joined="",
    box_same=BOX.format("same"),
    box_near=BOX.format("near"),
    of_victim="",
)


@dataclass(frozen=True)
class Spot:
    """A row of a scan on the map and in time."""

    place: int  # the row's position
    latitude: float | None
    longitude: float | None
    at: datetime
    crime: str = ""
    incident: str = ""
    victim: str = ""  # the key of the victim, where it is known


@dataclass(frozen=True)
class Earlier:
    """Something that happened before, so many metres away where both places are known."""

    ref: str
    title: str
    at: datetime
    metres: int | None
    days: int
    is_incident: bool = False

    @property
    def url(self) -> str:
        """Asked of the few that a page shows."""
        if self.is_incident:
            return reverse("operations:incident-detail", args=[self.ref])
        return crime_url(self.ref)


@dataclass
class Before:
    victim: list[Earlier] = field(default_factory=list)
    same: list[Earlier] = field(default_factory=list)
    near: list[Earlier] = field(default_factory=list)


def earlier_than(spots: Sequence[Spot]) -> dict[int, Before]:
    """By the position of the row."""
    found = {spot.place: Before() for spot in spots}
    if not spots:
        return found
    wanted = OffenceGroupCode.objects.filter(group=GROUP).values_list("offence", flat=True)
    known = {spot.place: spot for spot in spots}
    for row in _rows(CRIMES, spots, list(wanted)):
        _sort(found, known, row)
    for row in _rows(INCIDENTS, spots, categories()):
        title = row[3].replace("-", " ").capitalize()
        _sort(found, known, (*row[:3], f"Incident: {title}", *row[4:]), is_incident=True)
    for before in found.values():
        for told in (before.victim, before.same, before.near):
            told.sort(key=lambda one: one.at, reverse=True)
    return found


def _rows(sql: str, spots: Sequence[Spot], wanted: list[str]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, _asked(spots) | {"wanted": wanted, "most": MOST})
        return list(cursor.fetchall())


def _asked(spots: Sequence[Spot]) -> dict[str, Any]:
    north = max(abs(spot.latitude or 0) for spot in spots)  # the widest box of them all
    same, near = (
        box_around(north, metres)
        for metres in (settings.SCAN_SAME_METRES, settings.SCAN_NEAR_METRES)
    )
    return {
        "places": [spot.place for spot in spots],
        "latitudes": [spot.latitude for spot in spots],
        "longitudes": [spot.longitude for spot in spots],
        "times": [spot.at for spot in spots],
        "crimes": [spot.crime for spot in spots],
        "incidents": [spot.incident for spot in spots],
        "victims": [spot.victim for spot in spots],
        "same_days": timedelta(days=settings.SCAN_SAME_DAYS),
        "near_days": timedelta(days=settings.SCAN_NEAR_DAYS),
        "same_width": same.longitude,
        "same_height": same.latitude,
        "near_width": near.longitude,
        "near_height": near.latitude,
    }


def _sort(
    found: dict[int, Before],
    known: dict[int, Spot],
    row: tuple[Any, ...],
    *,
    is_incident: bool = False,
) -> None:
    """Of the same victim, at the same place, near it, or in a corner of the box and nothing."""
    place, ref, at, title, latitude, longitude, is_victim = row
    spot = known[place]
    metres = _metres(spot, latitude, longitude)
    away = None if metres is None else round(metres)
    one = Earlier(ref, title, at, away, (spot.at - at).days, is_incident)
    if is_victim:
        found[place].victim.append(one)
    if metres is None:
        return
    if metres <= settings.SCAN_SAME_METRES:
        found[place].same.append(one)
    elif metres <= settings.SCAN_NEAR_METRES and one.days <= settings.SCAN_NEAR_DAYS:
        found[place].near.append(one)


def _metres(spot: Spot, latitude: float | None, longitude: float | None) -> float | None:
    here = (spot.latitude, spot.longitude)
    if None in (*here, latitude, longitude):
        return None
    return metres_between(*here, latitude, longitude)  # type: ignore[arg-type]  # none is None
