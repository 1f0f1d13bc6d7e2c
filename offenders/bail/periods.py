"""How long somebody may be on bail before charge (PACE s.47ZA to 47ZM), by the date of arrest.

Pure: no database, no clock of the computer. A period begins with the bail start date, which is the
day after the arrest, and ends at the end of its last day.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import takewhile
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
REFORM = date(2022, 10, 28)  # Police, Crime, Sentencing and Courts Act 2022 s.45(3)
ALERTS = (14, 7, 2)  # days before the end
COURT_MONTHS = 9  # the longest that one order of a magistrates' court adds


class Regime(StrEnum):
    """The law that holds: the arrest for the offence decides, not the day of bail."""

    BEFORE_REFORM = "before-reform"
    SINCE_REFORM = "since-reform"


class Grade(StrEnum):
    """The least rank that may authorise; the words are the law's."""

    CUSTODY_OFFICER = "a custody officer (sergeant)"
    INSPECTOR = "an inspector"
    SUPERINTENDENT = "a superintendent"
    ASSISTANT_CHIEF_CONSTABLE = "an assistant chief constable"


@dataclass(frozen=True)
class Step:
    """How far bail reaches once it is authorised, in days or in months from the bail start date."""

    grade: Grade
    days: int = 0
    months: int = 0
    is_exceptional: bool = False  # only a case designated exceptionally complex

    def ends(self, start: date) -> date:
        after = start + timedelta(days=self.days) if self.days else _after(start, self.months)
        return after - timedelta(days=1)

    @property
    def words(self) -> str:
        return f"{self.days} days" if self.days else f"{self.months} months"


LADDERS: dict[Regime, tuple[Step, ...]] = {
    Regime.BEFORE_REFORM: (
        Step(Grade.INSPECTOR, days=28),
        Step(Grade.SUPERINTENDENT, months=3),
        Step(Grade.ASSISTANT_CHIEF_CONSTABLE, months=6, is_exceptional=True),
    ),
    Regime.SINCE_REFORM: (
        Step(Grade.CUSTODY_OFFICER, months=3),
        Step(Grade.INSPECTOR, months=6),
        Step(Grade.SUPERINTENDENT, months=9),
        Step(Grade.ASSISTANT_CHIEF_CONSTABLE, months=12, is_exceptional=True),
    ),
}


def regime_of(arrested_at: datetime) -> Regime:
    """`arrested_at` is aware; its day is taken in Europe/London."""
    return Regime.SINCE_REFORM if _day(arrested_at) >= REFORM else Regime.BEFORE_REFORM


def ladder(arrested_at: datetime) -> Sequence[Step]:
    return LADDERS[regime_of(arrested_at)]


def bail_start(arrested_at: datetime) -> date:
    return _day(arrested_at) + timedelta(days=1)


def ends_on(arrested_at: datetime, step: int, *, suspended: int = 0) -> date:
    """The last day of bail at a step of the ladder; `suspended` days with the CPS do not count."""
    end = ladder(arrested_at)[step].ends(bail_start(arrested_at))
    return end + timedelta(days=suspended)


def court_from(arrested_at: datetime, *, suspended: int = 0) -> date:
    """The end that has to be reached before a magistrates' court extends (s.47ZF)."""
    usual = [step for step in ladder(arrested_at) if not step.is_exceptional]
    return ends_on(arrested_at, len(usual) - 1, suspended=suspended)


def court_until(end: date) -> date:
    """The latest day that one order of the court reaches, after a present end."""
    return _after(end + timedelta(days=1), COURT_MONTHS) - timedelta(days=1)


def alert(end: date, today: date) -> int | None:
    """The nearest of 14, 7 and 2 days that has come; None while there is more time.

    0 from the day after the end: bail is over, whatever was recorded.
    """
    left = (end - today).days
    if left < 0:
        return 0
    return min((days for days in ALERTS if left <= days), default=None)


def alerts_of(end: date) -> list[date]:
    return [end - timedelta(days=days) for days in ALERTS]


def steps_open(arrested_at: datetime, *, is_exceptional: bool) -> list[Step]:
    steps = ladder(arrested_at)
    return list(takewhile(lambda step: is_exceptional or not step.is_exceptional, steps))


def _day(at: datetime) -> date:
    return at.astimezone(LONDON).date()


def _after(start: date, months: int) -> date:
    """The first day after so many months that begin with `start`.

    A month that has no such day is over with its last one: 3 months from 30 November end with
    February.
    """
    years, index = divmod(start.year * 12 + start.month - 1 + months, 12)
    length = monthrange(years, index + 1)[1]
    if start.day <= length:
        return date(years, index + 1, start.day)
    return date(years, index + 1, length) + timedelta(days=1)
