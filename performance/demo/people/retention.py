"""Old records that nobody came back to: some are due for review, one of them is held, one has asked for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from core.models import User
from offenders.models import (
    Conviction,
    Nominal,
    RetentionHold,
    RetentionReview,
    SubjectAccess,
    VoluntaryAttendance,
)
from offenders.models.nominal import Sex
from offenders.models.retention import HoldKind
from offenders.services.retention import open_due_reviews
from offenders.subject_access.rules import answer_due
from performance.demo.people import names
from performance.demo.people.nominals import SIZE

REF = "DEMOX{:03d}"
RECORDED = datetime(2012, 5, 1, 9, tzinfo=UTC)
OFFENCES = ("45", "34B", "")  # the class of each one's conviction; the last only attended


def old_records(by_area: dict[str, list[User]], now: datetime) -> int:
    """How many reviews are due."""
    people = Nominal.objects.bulk_create(
        _nominal(place, by_area["north"][0]) for place in range(len(OFFENCES))
    )
    Conviction.objects.bulk_create(_convictions(people))
    VoluntaryAttendance.objects.bulk_create(
        VoluntaryAttendance(
            nominal=one, officer=one.lead_officer, station=names.STATIONS["north"],
            attended_at=RECORDED, reason="Asked about thefts from gardens.", result="No action",
        )
        for one in people
    )  # fmt: skip
    RetentionHold.objects.create(
        nominal=people[0], kind=HoldKind.LITIGATION, case_ref="CL/2020/17",
        reason="A claim against the force names this attendance.", placed_by=by_area["north"][-1],
    )  # fmt: skip
    SubjectAccess.objects.create(
        nominal=people[1], received_on=now.date(), due_on=answer_due(now.date()), state="in-hand",
        requester="person", case_ref="SAR/7", identity="Driving licence seen at the front desk.",
        handled_by=by_area["north"][-1],
    )  # fmt: skip
    open_due_reviews()
    return RetentionReview.objects.open().count()


def _nominal(place: int, lead: User) -> Nominal:
    return Nominal(
        ref=REF.format(place + 1),
        surname=names.surname(SIZE + place),
        forenames=names.forenames(SIZE + place),
        date_of_birth=date(1971 + place, 3, 9),
        sex=Sex.MALE,
        unit_id="north",
        lead_officer=lead,
        note="Invented for the demonstration.",
        created_at=RECORDED,
    )


def _convictions(people: Sequence[Nominal]) -> list[Conviction]:
    titles = {"45": "Theft from vehicle", "34B": "Robbery of personal property"}
    return [
        Conviction(
            nominal=one, offence_id=code, title=titles[code], court="Peterborough Crown Court",
            convicted_on=date(2013, 2, 4),
        )
        for one, code in zip(people, OFFENCES, strict=True)
        if code
    ]  # fmt: skip
