"""What is due for whom, from every noun that has something to say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain

from django.utils.timezone import localdate

from core.models import User
from core.workdays import working_days_between
from offenders import people
from offenders.people import Due


@dataclass(frozen=True)
class Task:
    """Something due, seen on a day. Of a moment (a review in custody) the time counts too."""

    due: Due
    now: datetime

    @property
    def day(self) -> date:
        at = self.due.at
        return localdate(at) if isinstance(at, datetime) else at

    @property
    def time(self) -> datetime | None:
        return self.due.at if isinstance(self.due.at, datetime) else None

    @property
    def is_overdue(self) -> bool:
        return self.time < self.now if self.time else self.day < localdate(self.now)

    @property
    def words(self) -> str:
        """How soon or how late, in working days."""
        days = working_days_between(localdate(self.now), self.day)
        if self.day == localdate(self.now):
            return "Overdue today" if self.is_overdue else "Today"
        if days == 0 and self.is_overdue:
            return f"Late since {self.day:%A}"
        many = f"{abs(days)} working day{'' if abs(days) == 1 else 's'}"
        return f"{many} late" if self.is_overdue else f"In {many}"


def work_of(owners: Iterable[User], now: datetime) -> list[Task]:
    """Overdue first, as the earliest is."""
    people_ = list(owners)
    found = chain.from_iterable(tell(people_) for tell in people.dues)
    return sorted((Task(due, now) for due in found if _is_shown(due)), key=_when)


def _is_shown(due: Due) -> bool:
    """What is to be done says more of somebody than a mask leaves."""
    return due.nominal is None or not due.nominal.covered


def _when(task: Task) -> tuple[date, float]:
    """On one day, what has a time comes before what has the whole day."""
    return task.day, task.time.timestamp() if task.time else float("inf")


def team_of(user: User) -> list[User]:
    """Those who work in the same unit, and the user; only the user where no unit is known."""
    if user.unit_id is None:
        return [user]
    return list(User.objects.filter(is_active=True, unit_id=user.unit_id))


def overdue(tasks: Iterable[Task]) -> list[Task]:
    return [task for task in tasks if task.is_overdue]
