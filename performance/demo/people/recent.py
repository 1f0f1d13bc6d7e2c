"""Arrests of the weeks before the load, so that bail, court and reviews are due on that day too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from offenders.models import Nominal, OffenceCode
from offenders.models.detention import Result
from performance.demo.people import stays
from performance.demo.people.held import DISTRICTS
from performance.demo.people.stays import Stay

# days before the load, and what became of the arrest: three months of bail end in a few days, in
# two weeks and in two months
RECENT = (
    (86, Result.BAILED),
    (78, Result.BAILED),
    (33, Result.BAILED),
    (40, Result.INVESTIGATED),
    (22, Result.CHARGED_BAILED),
    (2, Result.CHARGED_REMANDED),
)
OFFENCE = "28E"
OPERATION = "Op Aware"
HELD = timedelta(hours=9)


def recent_stays(people: Sequence[Nominal], now: datetime) -> list[Stay]:
    """One of each area for each line, of the last of the list."""
    title = OffenceCode.objects.get(pk=OFFENCE).title
    latest = people[::-1]
    return [
        _stay(latest[2 * place + area], now - timedelta(days=days), result, title)
        for place, (days, result) in enumerate(RECENT)
        for area in range(2)
    ]


def _stay(one: Nominal, at: datetime, result: Result, title: str) -> Stay:
    at = at.replace(minute=10, second=0, microsecond=0)
    district = DISTRICTS[str(one.unit_id)]
    stay = Stay(one, at, district.title(), district, one.lead_officer, OFFENCE, title)
    stay.operation, stay.result, stay.is_recent = OPERATION, result, True
    stay.until = at + HELD
    if result in {Result.CHARGED_BAILED, Result.CHARGED_REMANDED}:
        stay.charged_at = stay.until - stays.LEAVES
    return stay
