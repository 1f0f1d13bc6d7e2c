"""The scans and actions of the last two weeks of records, and what stays to be scanned."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from django.db.models import Max
from django.utils import timezone

from core.models import Unit, User
from core.ranks import Rank
from offenders.models import Bail, BailCondition, BailExtension, Crime, Detention, Nominal
from offenders.models.bail import BailState, ConditionKind
from offenders.models.detention import Result
from operations.models import ActionKind, Aim, Mark, Scan, ScanRow
from operations.selectors.scans import records_of
from operations.services.actions import accept_action, complete_action, raise_action
from performance.demo.people.officers import INSPECTOR, SUPERINTENDENT

ON_BAIL, EXTENDED = timedelta(days=28), timedelta(days=90)
DAYS, LEFT = 15, 1  # days before the last one: the first scan begins, the last ends
GAP = {"north": 5, "south": 9}  # so many days before the last scan there was none
MORNING = time(7, 15)
TOOK = timedelta(minutes=40)
HOUR = timedelta(hours=1)
NO_ACTION = 7  # one row in so many
TASKS = (
    (ActionKind.FAST_TRACK, Aim.PURSUE, "Arrest for the burglary of last night", 3, 6),
    (ActionKind.FAST_TRACK, Aim.PURSUE, "Ask where they were between 22:00 and 02:00", 6, 60),
    (ActionKind.ORDINARY, Aim.PREVENT, "Offer the drug service and a mentor", 5, None),
    (ActionKind.ORDINARY, Aim.PREVENT, "Visit with the housing officer", 9, 60),
)


def scans(sergeants: dict[str, User]) -> int:
    """How many are finished. The last hours of the records are left to be scanned."""
    newest = Crime.objects.aggregate(newest=Max("recorded_at"))["newest"]
    if newest is None:
        return 0
    last = timezone.localdate(newest)
    made = 0
    for area in Unit.objects.filter(pk__in=sergeants):
        mornings = [
            _morning(last, back) for back in range(DAYS, LEFT - 1, -1) if back != GAP[area.pk]
        ]
        for start, end in pairwise(mornings):
            _finished(area, sergeants[area.pk], start, end)
            made += 1
    return made


def _morning(last: date, back: int) -> datetime:
    day = last - timedelta(days=back)
    return timezone.make_aware(datetime.combine(day, MORNING))


def _finished(area: Unit, by: User, start: datetime, end: datetime) -> None:
    scan = Scan.objects.create(
        area=area, started_by=by, started_at=end, starts_at=start, ends_at=end
    )
    found = records_of(area, start, end)
    ScanRow.objects.bulk_create(
        _row(scan, place, one.crime, one.incident, by) for place, one in enumerate(found, start=1)
    )
    scan.finished_at, scan.finished_by = end + TOOK, by
    scan.covers = timezone.localdate(end)
    scan.save()


def _row(scan: Scan, place: int, crime: str | None, incident: str | None, by: User) -> ScanRow:
    quiet = place % NO_ACTION == 0
    return ScanRow(
        scan=scan,
        position=place,
        crime_id=crime,
        incident_id=incident,
        mark=Mark.NO_ACTION if quiet else Mark.SEEN,
        note="No line of enquiry." if quiet else "",
        marked_by=by,
        marked_at=scan.started_at + timedelta(seconds=30 * place),
    )


def actions(people: Sequence[Nominal]) -> int:
    """Of both kinds and aims, on nominals of both areas: done in time, done late, and waiting."""
    newest = Crime.objects.aggregate(newest=Max("recorded_at"))["newest"]
    if newest is None:
        return 0
    for one, (kind, aim, task, back, took) in zip(people, TASKS * 2, strict=False):
        at = newest - timedelta(days=back)
        by, owner = one.second_officer or one.lead_officer, one.lead_officer
        made = raise_action(by=by, owner=owner, nominal=one, task=task, kind=kind, aim=aim, at=at)
        if took is not None:
            accept_action(by=owner, action=made, at=at + HOUR)
            done = at + timedelta(hours=took)
            complete_action(by=owner, action=made, result="Done, and noted.", at=done)
    return len(TASKS) * 2


def bails() -> int:
    """Who was bailed in the weeks before the last night kept a curfew until the bail ended."""
    newest = Crime.objects.aggregate(newest=Max("recorded_at"))["newest"]
    if newest is None:
        return 0
    held = Detention.objects.filter(result=Result.BAILED, ended_at__gt=newest - EXTENDED)
    held = held.filter(ended_at__lt=newest).exclude(arrest__bails__isnull=False)
    made = Bail.objects.bulk_create(
        _bail(one) for one in held.select_related("arrest__arresting_officer").order_by("pk")
    )
    BailExtension.objects.bulk_create(_extension(bail) for bail in made)
    BailCondition.objects.bulk_create(
        BailCondition(
            bail=bail,
            kind=ConditionKind.CURFEW,
            text="Indoors at the home address from 20:00 to 07:00",
            from_at=bail.granted_at,
        )
        for bail in made
    )
    return len(made)


def _bail(one: Detention) -> Bail:
    """Ended since: the demonstration may be opened years later."""
    granted = one.ended_at or one.arrest.arrested_at
    return Bail(
        arrest=one.arrest,
        state=BailState.NO_ACTION,
        granted_at=granted,
        authorised_by=INSPECTOR,
        authorised_rank=Rank.INSPECTOR,
        step=1,
        ends_on=timezone.localdate(granted + EXTENDED),
        ended_at=granted + EXTENDED,
        end_note="No further action.",
        basis_note="Enquiries at the scene are still to be made.",
        by=one.arrest.arresting_officer,
    )


def _extension(bail: Bail) -> BailExtension:
    """To three months from the first day, as the law then had it."""
    return BailExtension(
        bail=bail,
        at=bail.granted_at + ON_BAIL - timedelta(days=1),
        authorised_by=SUPERINTENDENT,
        authorised_rank=Rank.SUPERINTENDENT,
        reason="The examination of a telephone is not finished.",
        ended_on=timezone.localdate(bail.granted_at + ON_BAIL),
        ends_on=bail.ends_on,
        by=bail.by,
    )
