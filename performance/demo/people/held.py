"""Five people in custody on the day of the load, each at another stage of the clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from offenders.custody.clock import Kind
from offenders.models import CustodyEvent, Nominal, OffenceCode
from performance.demo.people.stays import Stay

# hours since the arrest: waiting for detention to be authorised, held, near the first review, in
# hospital, past the second review
SINCE = (0.7, 3.2, 6.3, 11.0, 19.5)
WAITING, IN_HOSPITAL = 0, 3
DISTRICTS = {"north": "peterborough", "south": "cambridge"}
OFFENCE = "28E"


def held_stays(people: Sequence[Nominal], now: datetime) -> list[Stay]:
    """The last of the list are held."""
    title = OffenceCode.objects.get(pk=OFFENCE).title
    now = now.replace(second=0, microsecond=0)
    latest = people[-len(SINCE) :][::-1]
    return [_stay(one, place, now, title) for place, one in enumerate(latest)]


def _stay(one: Nominal, place: int, now: datetime, title: str) -> Stay:
    area = str(one.unit_id)
    at = now - timedelta(hours=SINCE[place])
    stay = Stay(
        one, at.replace(second=0), area.title(), DISTRICTS[area], one.lead_officer, OFFENCE, title
    )
    stay.seen_until = now
    if place == IN_HOSPITAL:
        went = now - timedelta(minutes=50)
        stay.further = [
            CustodyEvent(kind=Kind.TO_HOSPITAL, at=went, entered_at=went, by=one.lead_officer)
        ]
    return stay
