"""Boards as they would have been shown on a day, from the records as they stood at its end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from core.dates import last_day, months_between, today
from core.models import Unit
from performance.bases import SNAPSHOTS
from performance.models import Figure
from performance.selectors.as_at import (
    Marks,
    as_at,
    counts_otherwise,
    known_since,
    marks_at,
    touched_months,
)
from performance.selectors.boards import Board, Period, board_for
from performance.selectors.months import latest_month
from performance.services.figures import COLUMNS, count_anew

FIGURE = Figure._meta.db_table


@contextmanager
def figures_as_at(*, month: date, on: date | None) -> Iterator[datetime | None]:
    """Inside, figures read as they did at the end of the day, and what is written is rolled back;
    without a day they are those that stand. Raises ValidationError where a day cannot be answered
    for."""
    if on is None:
        yield None
        return
    moment = _end_of(month, on)
    marks = marks_at(moment)
    with as_at(marks):
        _own_figures()
        _count_what_was_otherwise(marks)
        yield moment


def board_as_at(
    *, slug: str, month: date, unit: Unit, on: date | None, period: Period = Period.MONTH
) -> Board:
    with figures_as_at(month=month, on=on) as moment:
        return standing(board_for(slug=slug, month=month, unit=unit, period=period), on, moment)


def standing(board: Board, on: date | None, moment: datetime | None) -> Board:
    """The board that says of itself when it stood so."""
    return replace(board, as_at=on, as_of=moment, pending=0) if on else board


def parse_day(text: str) -> date:
    """`2021-03-16`. Raises ValidationError."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValidationError(f"“{text}” is not a day. Write it like 2021-03-16.") from None


def _end_of(month: date, on: date) -> datetime:
    since = known_since()
    if on > today():
        raise ValidationError(f"{_words(on)} has not been yet.")
    if on <= last_day(month):
        raise ValidationError(f"{month:%B %Y} was not over on {_words(on)}.")
    if since is None:
        raise ValidationError(
            "What is added to the records is noted from the first release of a board paper on, and"
            " none has been released: no board can be shown as it stood."
        )
    if on < timezone.localdate(since):
        raise ValidationError(
            f"What is added to the records is noted since {_words(timezone.localdate(since))}:"
            " choose that day or a later one."
        )
    end = timezone.make_aware(datetime.combine(on + timedelta(days=1), time.min))
    return min(end - timedelta(microseconds=1), timezone.now())


def _words(day: date) -> str:
    return f"{day:%-d %B %Y}"


def _own_figures() -> None:
    """Of this transaction: those that stand, to be counted anew where records were otherwise."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {FIGURE} (LIKE public.{FIGURE} INCLUDING ALL)")
        cursor.execute(f"INSERT INTO {FIGURE} ({COLUMNS}) SELECT {COLUMNS} FROM public.{FIGURE}")  # noqa: S608 - constants
        cursor.execute(f"ANALYZE {FIGURE}")


def _count_what_was_otherwise(marks: Marks) -> None:
    if counts_otherwise(marks):
        count_anew()
        return
    touched = touched_months(marks)
    months = {month for found in touched.values() for month in found}
    for snapshot in SNAPSHOTS.values():  # open rows count in every later month
        if found := touched.get(snapshot.feed.name):
            months.update(months_between(found[0], latest_month()))
    if months:
        count_anew(sorted(months))
