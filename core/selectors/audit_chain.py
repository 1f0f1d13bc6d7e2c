"""Whether the log is whole: every row that was altered, removed or put in, and where."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from core import chain
from core.models import AuditEvent, AuditSeal

LATE = timedelta(days=2)  # no transaction that writes to the log stays open as long
SLOW = timedelta(minutes=15)  # then the rows should be sealed
CHUNK = 5000
ALTERED = "was altered or put in."


@dataclass(frozen=True)
class Fault:
    where: str
    text: str

    def __str__(self) -> str:
        return f"{self.where}: {self.text}"


# Numbers that no batch holds: those after the last batch, and those that were missing when their
# neighbours were sealed, for a transaction that was still open then.
_OPEN = """
    WITH start AS (
        SELECT COALESCE(
            (SELECT min(first_id) FROM core_auditseal WHERE sealed_at > %(late)s),
            (SELECT max(last_id) + 1 FROM core_auditseal), 0) AS id
    ), covered AS (
        SELECT COALESCE(range_agg(part), '{}') AS ids
        FROM core_auditseal, unnest(ids) AS part, start WHERE last_id >= start.id
    )
    SELECT lower(gap), upper(gap) FROM start, covered,
        unnest(int8multirange(int8range(start.id, NULL)) - covered.ids) AS gap
"""


def unsealed() -> QuerySet[AuditEvent]:
    """Rows that no batch holds yet, by their numbers."""
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, {"late": timezone.now() - LATE})
        gaps = cursor.fetchall()
    found = AuditEvent.objects.none()
    for first, end in gaps:
        part = AuditEvent.objects.filter(pk__gte=first)
        found = found | (part if end is None else part.filter(pk__lt=end))
    return found.order_by("pk")


def link_parts(seal: AuditSeal, before: str) -> list[Any]:
    """All that a batch says of itself, after the hash of the batch before it."""
    ids = ",".join(f"{part.lower}-{part.upper}" for part in seal.ids)
    at = seal.sealed_at.astimezone(UTC).isoformat(timespec="microseconds")
    return [before, seal.number, ids, seal.rows, seal.total, seal.digest, at]


def faults(anchors: Iterable[dict[str, Any]] = ()) -> Iterator[Fault]:
    """Reads the whole log, a batch at a time."""
    known = {seal.number: seal for seal in AuditSeal.objects.all()}
    yield from _broken_links(known)
    yield from _away_from(anchors, known)
    for seal in known.values():
        yield from _wrong_rows(seal)
    yield from _outside()
    for copies in _copies():
        yield Fault(f"row {copies[-1]}", f"is a copy of row {copies[0]}.")


def read_anchors(file: Path) -> list[dict[str, Any]]:
    """One JSON object a line."""
    return [json.loads(line) for line in file.read_text().splitlines() if line.strip()]


def _broken_links(known: dict[int, AuditSeal]) -> Iterator[Fault]:
    before, total, expected = "", 0, 1
    for number, seal in known.items():
        total += seal.rows
        right = chain.is_link(seal.hash, *link_parts(seal, before)) and seal.total == total
        if number != expected:
            yield Fault(f"batch {expected}", "was removed.")
        elif not right:
            yield Fault(f"batch {number}", "does not follow from the batch before it.")
        before, total, expected = seal.hash, seal.total, number + 1


def _away_from(anchors: Iterable[dict[str, Any]], known: dict[int, AuditSeal]) -> Iterator[Fault]:
    for anchor in anchors:
        seal = known.get(anchor["number"])
        if seal is None and anchor["number"]:
            yield Fault(f"batch {anchor['number']}", "is named by an anchor and is not there.")
        elif seal and seal.hash != anchor["hash"]:
            yield Fault(f"batch {seal.number}", "is another than the one that the anchor names.")


def _wrong_rows(seal: AuditSeal) -> Iterator[Fault]:
    """Row by row; where no row is wrong by itself, the batch may still not be what was sealed."""
    rows = list(_rows_of(seal))
    there = {row.pk for row in rows}
    wanted = (pk for part in seal.ids for pk in range(part.lower, part.upper))
    found = [Fault(f"row {row.pk}", ALTERED) for row in rows if not _is_genuine(row, seal)]
    found += [Fault(f"row {pk}", "was removed.") for pk in wanted if pk not in there]
    if not found and chain.digest_rows(rows) != seal.digest:
        found = [Fault(f"batch {seal.number}", "holds other rows than those that were sealed.")]
    yield from found


def _rows_of(seal: AuditSeal) -> Iterator[AuditEvent]:
    rows = AuditEvent.objects.filter(pk__gte=seal.first_id, pk__lte=seal.last_id).order_by("pk")
    parts = iter(seal.ids)
    part = next(parts)
    for row in rows.iterator(chunk_size=CHUNK):
        while part is not None and row.pk >= part.upper:
            part = next(parts, None)
        if part is not None and row.pk >= part.lower:
            yield row


def _is_genuine(row: AuditEvent, seal: AuditSeal) -> bool:
    """Rows from before there were seals are held by the first batch alone."""
    return chain.is_genuine(row) if row.seal else seal.number == 1


def _outside() -> Iterator[Fault]:
    """Rows that no batch holds: they may wait for the next one, for a while."""
    waiting = set()
    for row in unsealed().iterator(chunk_size=CHUNK):
        waiting.add(row.pk)
        if not row.seal or not chain.is_genuine(row):
            yield Fault(f"row {row.pk}", ALTERED)
        elif row.at < timezone.now() - SLOW:
            yield Fault(f"row {row.pk}", "is not sealed although it is old: sealing has stopped.")
    for pk in _strangers():
        if pk not in waiting:
            yield Fault(f"row {pk}", "was put in where no row was.")


def _strangers() -> list[int]:
    """Rows below the last batch that no batch holds."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH covered AS ("
            " SELECT COALESCE(range_agg(part), '{}') AS ids, max(last_id) AS last"
            " FROM core_auditseal, unnest(ids) AS part"
            "), gaps AS ("
            " SELECT unnest(int8multirange(int8range(NULL, covered.last + 1)) - covered.ids) AS gap"
            " FROM covered WHERE covered.last IS NOT NULL"
            ") SELECT event.id FROM gaps JOIN core_auditevent AS event ON event.id < upper(gap)"
            " AND (lower_inf(gap) OR event.id >= lower(gap))"
        )
        return [pk for (pk,) in cursor.fetchall()]


def _copies() -> list[list[int]]:
    """The numbers of rows that have one seal: a sealed row, and what was copied from it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array_agg(id ORDER BY id) FROM core_auditevent WHERE seal <> ''"
            " GROUP BY seal HAVING count(*) > 1"
        )
        return [numbers for (numbers,) in cursor.fetchall()]
