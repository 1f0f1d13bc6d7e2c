"""After the charge: bail that courts gave, and applications for remand with what came of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.timezone import localdate

from offenders.models import CourtBail, Disclosure, RemandApplication
from offenders.models.detention import Result
from offenders.models.remand import Ground, RemandResult, TagRequest
from performance.demo.people.stays import Stay

DAY = timedelta(days=1)
COURTS = {"north": "Peterborough Magistrates' Court", "south": "Cambridge Magistrates' Court"}
TAGS = (TagRequest.NOT_ASKED, TagRequest.ORDERED, TagRequest.REFUSED)
NOT_REMANDED = (RemandResult.BAILED_TAG, RemandResult.BAILED, RemandResult.RELEASED)
ASKED_FOR = 3  # of those who were bailed, one in so many after an application for remand
SHARED, DISCLOSED = 2, 8
GROUNDS = ([Ground.OFFEND], [Ground.OFFEND, Ground.ABSCOND], [Ground.ON_BAIL, Ground.OFFEND])
TEXT = (
    "Arrested for {offence} while known to the team for the same. Earlier conditions were not kept."
    " The pattern of offences at night is set out by date, place and method."
)
LESSONS = (
    "Maps of the offences by night persuaded the court.",
    "The dates of earlier breaches belong on the first page.",
    "Say what a tag would and would not show before the court asks.",
)


def court_results(stays: Sequence[Stay]) -> int:
    """How many applications were made."""
    charged = [stay for stay in stays if stay.charged_at]
    bailed = [stay for stay in charged if stay.result == Result.CHARGED_BAILED]
    CourtBail.objects.bulk_create(_bail(stay, place) for place, stay in enumerate(bailed))
    held = [stay for stay in charged if stay.result == Result.CHARGED_REMANDED]
    refused = [stay for stay in bailed if not stay.is_recent][::ASKED_FOR]
    made = [_application(stay, place) for place, stay in enumerate([*held, *refused])]
    RemandApplication.objects.bulk_create(made)
    Disclosure.objects.bulk_create(_disclosure(one) for one in made[::DISCLOSED] if one.result)
    return len(made)


def _day(stay: Stay) -> date:
    return localdate(stay.charged_at or stay.at) + DAY


def _bail(stay: Stay, place: int) -> CourtBail:
    day = _day(stay)
    row = CourtBail(
        nominal=stay.nominal,
        arrest=stay.saved,
        court=COURTS[str(stay.nominal.unit_id)],
        granted_on=day,
        conditions="Live at home; curfew from 21:00 to 06:00.",
        next_hearing_on=day + 28 * DAY,
        tag=TAGS[place % len(TAGS)],
        by=stay.officer,
    )
    if stay.is_recent:
        row.tag = TagRequest.ASKED
    else:
        row.ended_on, row.ended_reason = day + 56 * DAY, "The case has ended at court."
    return row


def _application(stay: Stay, place: int) -> RemandApplication:
    day, is_held = _day(stay), stay.result == Result.CHARGED_REMANDED
    row = RemandApplication(
        nominal=stay.nominal,
        arrest=stay.saved,
        court=COURTS[str(stay.nominal.unit_id)],
        applied_on=day,
        offence=stay.title,
        grounds=GROUNDS[place % len(GROUNDS)],
        text=TEXT.format(offence=stay.title.lower()),
        asks_for_tag=place % 2 == 0,
        by=stay.officer,
    )
    if not stay.is_recent:
        other = NOT_REMANDED[place % len(NOT_REMANDED)]
        row.result, row.result_on = RemandResult.REMANDED if is_held else other, day
        row.lessons, row.is_shareable = LESSONS[place % len(LESSONS)], place % SHARED == 0
    return row


def _disclosure(one: RemandApplication) -> Disclosure:
    return Disclosure(
        application=one,
        recipient="CPDU",
        why="An example for the training of other teams",
        by=one.by,
    )
