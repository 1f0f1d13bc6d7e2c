"""The suspects of Op Chartwell: tagged by consent in the autumn of 2020, two of them again now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from offenders.models import GroupMember, Nominal, NominalGroup, TagDeployment, TagUnit
from offenders.models.tag import Basis, EndReason
from offenders.services import tags

AUTUMN = datetime(2020, 9, 7, 10, tzinfo=UTC)
WORN = timedelta(days=98)
SUSPECTS = 5
AGAIN = 2
HOUR = timedelta(hours=1)


def chartwell(people: Sequence[Nominal], now: datetime) -> int:
    """How many tags were fitted."""
    suspects = people[1 : 2 * SUSPECTS : 2]
    group = NominalGroup.objects.create(name="Op Chartwell", made_by=people[1].lead_officer)
    GroupMember.objects.bulk_create(GroupMember(group=group, nominal=one) for one in suspects)
    units = TagUnit.objects.bulk_create(
        TagUnit(serial=f"DEMO-{place + 1:03d}", area_id=str(people[1].unit_id), since=AUTUMN.date())
        for place in range(8)
    )
    for one, unit in zip(suspects, units, strict=False):
        worn = _fit(one, unit, AUTUMN)
        tags.remove(by=one.lead_officer, tag=worn, at=AUTUMN + WORN, reason=EndReason.END_DATE)
    for one, unit in zip(suspects[:AGAIN], units, strict=False):
        _fit(one, unit, now - timedelta(days=9))
    return len(suspects) + AGAIN


def _fit(one: Nominal, unit: TagUnit, at: datetime) -> TagDeployment:
    by = one.lead_officer
    tag = tags.request_tag(
        by=by, nominal=one, basis=Basis.VOLUNTARY, why="Burglaries of homes at night.", at=at
    )
    tags.record_consent(by=by, tag=tag, at=at + HOUR, note="Signed before the lead officer.")
    return tags.fit(by=by, tag=tag, device=unit, at=at + 2 * HOUR)
