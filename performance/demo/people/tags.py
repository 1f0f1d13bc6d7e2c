"""The suspects of Op Chartwell: tagged by consent in the autumn of 2020, two of them again now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

from offenders.models import (
    GroupMember,
    Nominal,
    NominalGroup,
    TagAlert,
    TagAlertEntry,
    TagCheck,
    TagCondition,
    TagDeployment,
    TagUnit,
)
from offenders.models.tag import Basis, DeviceStatus, EndReason
from offenders.models.tag_log import ANSWER_WITHIN, AlertKind, AlertResult, CheckResult
from offenders.models.tag_log import ConditionKind as Kind
from offenders.services import tags

AUTUMN = datetime(2020, 9, 7, 10, tzinfo=UTC)
WORN = timedelta(days=98)
SUSPECTS = 5
AGAIN = 2
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
UNITS = 8
OTHER_UNITS = (DeviceStatus.STOCK, DeviceStatus.STOCK, DeviceStatus.REPAIR)
WEEK = list(range(7))
FOUND = ((CheckResult.GOOD, 90, ""), (CheckResult.GOOD, 55, ""), (CheckResult.NOT_SEEN, None, "Out at work."))  # fmt: skip
FALSE = ((AlertKind.BATTERY, "Charger was unplugged."), (AlertKind.SIGNAL, "Cellar flat."))


def suspects_of(people: Sequence[Nominal]) -> Sequence[Nominal]:
    return people[1 : 2 * SUSPECTS : 2]


def chartwell(people: Sequence[Nominal], now: datetime) -> int:
    """How many tags were fitted."""
    suspects = suspects_of(people)
    group = NominalGroup.objects.create(name="Op Chartwell", made_by=people[1].lead_officer)
    GroupMember.objects.bulk_create(GroupMember(group=group, nominal=one) for one in suspects)
    units = _units(people)
    for one, unit in zip(suspects, units, strict=False):
        worn = _fit(one, unit, AUTUMN)
        _watch(worn, [AUTUMN + days * DAY for days in (14, 45, 76)])
        tags.remove(by=one.lead_officer, tag=worn, at=AUTUMN + WORN, reason=EndReason.END_DATE)
    again = [
        _fit(one, unit, now - 9 * DAY) for one, unit in zip(suspects[:AGAIN], units, strict=False)
    ]
    for worn in again:
        _watch(worn, [now - 7 * DAY, now - 4 * DAY])
    _open_alert(again[0], now)
    _waiting(people, now)
    return len(suspects) + AGAIN


def _units(people: Sequence[Nominal]) -> list[TagUnit]:
    """Those of the area of the suspects; the other area has fewer, and one of them is in repair."""
    here, there = str(people[1].unit_id), str(people[0].unit_id)
    statuses = [(here, DeviceStatus.STOCK)] * UNITS + [(there, status) for status in OTHER_UNITS]
    return TagUnit.objects.bulk_create(
        TagUnit(
            serial=f"DEMO-{place + 1:03d}", area_id=area, since=AUTUMN.date(), status=str(status)
        )
        for place, (area, status) in enumerate(statuses)
    )


def _fit(one: Nominal, unit: TagUnit, at: datetime) -> TagDeployment:
    by = one.lead_officer
    tag = _asked(one, at)
    tags.record_consent(by=by, tag=tag, at=at + HOUR, note="Signed before the lead officer.")
    return tags.fit(by=by, tag=tag, device=unit, at=at + 2 * HOUR)


def _asked(one: Nominal, at: datetime) -> TagDeployment:
    why = "Burglaries of homes at night."
    return tags.request_tag(by=one.lead_officer, nominal=one, basis=Basis.VOLUNTARY, why=why, at=at)


def _watch(tag: TagDeployment, days: Sequence[datetime]) -> None:
    """A curfew, a check on each of the days, and an alarm after the first that was none."""
    by = tag.nominal.lead_officer
    TagCondition.objects.create(
        deployment=tag,
        kind=Kind.CURFEW,
        place="At home",
        weekdays=WEEK,
        starts=time(21),
        ends=time(6),
        since=days[0].date(),
    )
    TagCheck.objects.bulk_create(
        TagCheck(deployment=tag, at=at, result=result, battery=battery, note=note, by=by)
        for at, (result, battery, note) in zip(days, FOUND, strict=False)
    )
    kind, reason = FALSE[tag.pk % len(FALSE)]
    alert = _alert(tag, kind, days[0] + 8 * HOUR)
    alert.result, alert.reason, alert.closed_at = AlertResult.FALSE, reason, alert.at + HOUR
    alert.save()
    TagAlertEntry.objects.create(
        alert=alert, at=alert.at + HOUR / 2, text="Rang the wearer, who answered.", by=by
    )


def _alert(tag: TagDeployment, kind: AlertKind, at: datetime) -> TagAlert:
    return TagAlert.objects.create(
        deployment=tag, kind=kind, at=at, due_at=at + ANSWER_WITHIN[kind]
    )


def _open_alert(tag: TagDeployment, now: datetime) -> None:
    """Raised just before the load: somebody has to answer it."""
    alert = _alert(tag, AlertKind.CURFEW, now - HOUR / 2)
    TagAlertEntry.objects.create(
        alert=alert,
        at=now - HOUR / 4,
        text="Rang the wearer: no answer.",
        by=tag.nominal.lead_officer,
    )


def _waiting(people: Sequence[Nominal], now: datetime) -> None:
    """Of the other area: one has agreed, one was asked for, and one has an appointment."""
    _, agreed, booked = (_asked(people[place], now - place * DAY) for place in (2, 6, 10))
    for tag in (agreed, booked):
        by = tag.nominal.lead_officer
        tags.record_consent(
            by=by, tag=tag, at=now - 2 * DAY, note="Signed before the lead officer."
        )
    tags.book_fit(by=booked.officer, tag=booked, at=now + DAY)
