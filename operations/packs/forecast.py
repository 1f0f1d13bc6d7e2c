"""Will a target be met? Arithmetic on what is known, in figures and in one line of words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor

WEEK = 7
WINDOW = timedelta(weeks=4)  # the present rate is that of the last four weeks


@dataclass(frozen=True)
class Standing:
    """`given`: from the start of the target to `day`; `recent`: of these, in the window."""

    target: int
    given: int
    recent: int
    starts_on: date
    due_on: date
    day: date


@dataclass(frozen=True)
class Forecast:
    """`needed` and `rate` a week; `by_then` at the present rate. None where nothing lies ahead."""

    standing: Standing
    needed: int | None
    rate: Fraction | None
    by_then: int | None

    @property
    def is_met(self) -> bool:
        return self.standing.given >= self.standing.target

    @property
    def is_missed(self) -> bool:
        return not self.is_met and self.standing.day > self.standing.due_on

    @property
    def is_on_course(self) -> bool:
        return self.is_met or (self.by_then is not None and self.by_then >= self.standing.target)

    @property
    def words(self) -> str:
        now = self.standing
        due = f"{now.due_on:%-d %B %Y}"
        if self.is_met:
            return f"Reached: {now.given:,} of {now.target:,} given."
        if self.is_missed:
            return f"Missed: {now.given:,} of {now.target:,} were given by {due}."
        if now.day < now.starts_on:
            return f"Begins on {now.starts_on:%-d %B %Y}: {self.needed:,} a week until {due}."
        if now.day == now.due_on:
            return f"Due today: {now.target - now.given:,} are still to be given."
        if not self.rate:
            return f"Needs {self.needed:,} a week; none were given in the last 4 weeks."
        return f"Needs {self.needed:,} a week; at the present rate {self.by_then:,} by then."


def forecast(standing: Standing) -> Forecast:
    first = max(standing.day, standing.starts_on)
    left = (standing.due_on - first).days
    missing = standing.target - standing.given
    if missing <= 0 or standing.day > standing.due_on:
        return Forecast(standing, None, None, None)
    needed = ceil(Fraction(missing * WEEK, max(left, 1)))
    if standing.day < standing.starts_on:
        return Forecast(standing, needed, None, None)
    rate = Fraction(standing.recent * WEEK, _days_of_rate(standing))
    by_then = standing.given + floor(rate * left / WEEK)
    return Forecast(standing, needed, rate, by_then)


def _days_of_rate(standing: Standing) -> int:
    """Of a young target since its start, yet a week at least: one busy day makes no rate."""
    since = (standing.day - standing.starts_on).days + 1
    return max(WEEK, min(since, WINDOW.days))


@dataclass(frozen=True)
class Stock:
    """What is left of a level beside what goes out, or has to, in a week."""

    balance: int
    weekly: Fraction
    enough_for: int  # weeks; below that it is low

    @property
    def days(self) -> int:
        return floor(self.balance * WEEK / self.weekly) if self.weekly else 0

    @property
    def is_low(self) -> bool:
        return self.balance < self.weekly * self.enough_for

    @property
    def words(self) -> str:
        """Of a stock that is low."""
        weekly = f"{ceil(self.weekly):,} a week"
        if self.balance <= 0:
            return f"None are left in stock, and {weekly} are wanted."
        days = f"{self.days:,} day{'' if self.days == 1 else 's'}"
        verb = "is" if self.balance == 1 else "are"
        return f"{self.balance:,} {verb} left in stock: enough for {days} at {weekly}."
