"""Batches of the log are sealed behind those who write: no writer waits for another."""

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from psycopg.types.range import Range

from core import chain
from core.models import AuditEvent, AuditSeal
from core.selectors.audit_chain import link_parts, unsealed

log = structlog.get_logger(__name__)

BATCH = 20_000  # rows
LOCK = 0x5E_A1_ED


def seal_all() -> int:
    """Seals what waits; the number of rows."""
    sealed = 0
    while (made := seal_batch()) is not None:
        sealed += made.rows
    return sealed


def seal_batch() -> AuditSeal | None:
    """None where nothing waits, or where another process is at it."""
    with transaction.atomic():
        if not _alone():
            return None
        rows = list(unsealed()[:BATCH])
        if not rows:
            return None
        made = _seal(rows, AuditSeal.objects.last())
    anchor = anchor_of(made)
    log.info("audit_sealed", **anchor)
    _keep(anchor)
    return made


def anchor_of(seal: AuditSeal) -> dict[str, Any]:
    """What pins this batch and all before it, kept where the database's owner cannot reach."""
    return {
        "number": seal.number,
        "hash": seal.hash,
        "rows": seal.total,
        "sealed_at": seal.sealed_at.isoformat(),
    }


def anchor_file() -> Path:
    return Path(settings.MEDIA_ROOT) / "audit-anchor.json"


def _alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])


def _seal(rows: list[AuditEvent], last: AuditSeal | None) -> AuditSeal:
    seal = AuditSeal(
        number=last.number + 1 if last else 1,
        ids=_ranges(row.pk for row in rows),
        first_id=rows[0].pk,
        last_id=rows[-1].pk,
        rows=len(rows),
        total=len(rows) + (last.total if last else 0),
        digest=chain.digest_rows(rows),
        sealed_at=timezone.now(),
    )
    seal.hash = chain.link(*link_parts(seal, last.hash if last else ""))
    seal.save(force_insert=True)
    return seal


def _ranges(numbers: Iterable[int]) -> list[Range[int]]:
    """1, 2, 3, 7 as [1, 4) and [7, 8)."""
    found: list[list[int]] = []
    for number in numbers:
        if found and found[-1][1] == number:
            found[-1][1] = number + 1
        else:
            found.append([number, number + 1])
    return [Range(first, end) for first, end in found]


def _keep(anchor: dict[str, Any]) -> None:
    """The newest alone: it stands for every batch before it. Replaced at once, never half."""
    file = anchor_file()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        half = file.with_suffix(f".{os.getpid()}")
        half.write_text(json.dumps(anchor) + "\n")
        half.replace(file)
    except OSError as error:
        log.error("audit_anchor_not_kept", reason=str(error))
