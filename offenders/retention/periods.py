"""When the record of a person has to be reviewed, and why (MoPI groups; College APP on review,
retention and disposal under the Police information and records management Code of 2023).

Pure: no database, no clock of the computer. The group is that of the worst offence. A clear period
runs from the last contact as a suspect or an offender, so each new contact begins it anew. A
period has passed on the same day of its last year, and 1 March stands for a 29 February that the
year has not: never a day too early.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

LEAST_YEARS = 6  # for everything
FIRST_GROUP, NO_OFFENCE, NOT_CLASSED = 1, 4, 3
CHILD_UNDER = 10  # the age of criminal responsibility


@dataclass(frozen=True)
class Period:
    """Of one group: the clear years, or with `until_age` the years from review to review."""

    group: int
    years: int
    until_age: int | None = None


@dataclass(frozen=True)
class Contact:
    """A day on which the person came to notice as a suspect or an offender."""

    day: date
    what: str  # "the arrest", "the conviction"


@dataclass(frozen=True)
class Known:
    """What decides about one person. `retained_until`: the day that the last review set."""

    recorded_on: date
    born: date | None = None
    contacts: Sequence[Contact] = ()
    retained_until: date | None = None


@dataclass(frozen=True)
class Due:
    """`may_dispose_on`: before that day no review can end in a disposal."""

    on: date
    group: int
    why: str
    may_dispose_on: date
    under_ten: bool


def group_of(classes: Iterable[int | None]) -> int:
    """Of the worst offence; one that nobody classed is among all other offences."""
    found = [NOT_CLASSED if each is None else each for each in classes]
    return min(found, default=NO_OFFENCE)


def review_due(known: Known, period: Period) -> Due:
    last = last_contact(known)
    first = years_after(last.day, max(period.years, LEAST_YEARS))
    earliest = years_after(known.recorded_on, LEAST_YEARS)
    on = max(first, earliest, known.retained_until or date.min)
    return Due(
        on=on,
        group=period.group,
        why=_why(known, period, last, on, first),
        may_dispose_on=_may_dispose_on(known, period, last),
        under_ten=was_under_ten(known),
    )


def last_contact(known: Known) -> Contact:
    recorded = Contact(known.recorded_on, "the record was made")
    return max(known.contacts, key=lambda contact: contact.day, default=recorded)


def years_after(day: date, years: int) -> date:
    """The day on which so many whole years have passed. What lies beyond the calendar is its end."""
    if day.year + years > date.max.year:
        return date.max
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def was_under_ten(known: Known) -> bool:
    """At any contact: such a record needs special care, whatever its group."""
    if known.born is None:
        return False
    tenth = years_after(known.born, CHILD_UNDER)
    return any(contact.day < tenth for contact in known.contacts)


def _may_dispose_on(known: Known, period: Period, last: Contact) -> date:
    """The age counts from the day of the record where the birthday is not known."""
    least = years_after(max(last.day, known.recorded_on), LEAST_YEARS)
    if period.until_age is None:
        return max(least, years_after(last.day, period.years))
    return max(least, years_after(known.born or known.recorded_on, period.until_age))


def _why(known: Known, period: Period, last: Contact, on: date, first: date) -> str:
    if on == known.retained_until:
        return f"Group {period.group}: retained until this day by the last review."
    if on > first:
        return f"Group {period.group}: nothing is disposed of within {LEAST_YEARS} years."
    since = f"{last.what} on {last.day:%-d %B %Y}"
    if period.until_age is not None:
        return (
            f"Group {period.group}: reviewed every {period.years} years until the age of "
            f"{period.until_age}, {period.years} years after {since}."
        )
    return f"Group {period.group}: {period.years} clear years since {since}."
