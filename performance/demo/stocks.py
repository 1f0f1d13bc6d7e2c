"""Things that stand open at a month's end, some of them overdue: a stock kept month by month."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

from core.dates import add_months, last_day
from performance.demo import shares
from performance.demo.draws import Ints, Texts, Times, days_in, generator, references
from performance.demo.recorded import VICTIM, Recorded, recorded_months

NEVER = np.datetime64("NaT", "D")
INTERVAL = 28  # days until the next contact or review is due
KEPT = 0.35  # share of the overdue that are still overdue a month later
TURNOVER = 0.42  # share of the live that are new each month


@dataclass(frozen=True)
class Ledger:
    """Live and overdue at each month's end, by department, from a first month on."""

    kind: str
    prefix: str
    first: date
    live: Mapping[str, tuple[int, ...]]
    overdue: Mapping[str, tuple[int, ...]]
    ends_when_met: bool  # a review is over when it is done; a contract goes on after a contact

    def at(self, department: str, month: date) -> tuple[int, int]:
        step = (month.year - self.first.year) * 12 + month.month - self.first.month
        return self.live[department][step], self.overdue[department][step]


@dataclass
class Stock:
    """What one department opened: one entry an item. Dates are NaT until they come."""

    reference: Texts
    crime: Texts
    opened_on: Times
    due_on: Times
    met_on: Times  # the contact, or the review itself
    closed_on: Times


def kept(ledger: Ledger, until: date) -> Iterator[tuple[str, Stock]]:
    """Each department with its items, as they stand at the end of `until`."""
    stocks = {department: _empty() for department in ledger.live}
    before: Recorded | None = None
    for crimes in recorded_months(until):
        if crimes.month >= ledger.first:
            assert before is not None  # noqa: S101  # ledgers begin after the first month
            for department, stock in stocks.items():
                _pass_month(ledger, department, stock, crimes, before)
        before = crimes
    return iter(stocks.items())


def _empty() -> Stock:
    text, days = np.array([], dtype="U16"), np.array([], dtype="datetime64[D]")
    return Stock(text, text, days, days, days, days)


def _pass_month(
    ledger: Ledger, department: str, stock: Stock, crimes: Recorded, before: Recorded
) -> None:
    """Meet, close and open what leaves the ledger's numbers at the end of the month."""
    month = crimes.month
    rng = generator(f"{ledger.kind} {department}", month)
    live, overdue = ledger.at(department, month)
    if month == ledger.first:
        _open(ledger, department, stock, before, overdue, rng)
    standing = np.flatnonzero(np.isnat(stock.closed_on))
    unmet = standing[np.isnat(stock.met_on[standing])]
    is_late = stock.due_on[unmet] < np.datetime64(month, "D")
    still = rng.permutation(unmet[is_late])[: min(overdue, round(is_late.sum() * KEPT))]
    missed = rng.permutation(unmet[~is_late])[: overdue - len(still)]
    meeting = np.setdiff1d(unmet, np.concatenate([still, missed]))
    stock.met_on[meeting] = _days(meeting, month, rng)
    if ledger.ends_when_met:
        stock.closed_on[meeting] = stock.met_on[meeting]
        _open(ledger, department, stock, crimes, live - overdue, rng)
        return
    opening = max(round(live * TURNOVER), live - len(standing))
    met = standing[~np.isnat(stock.met_on[standing])]
    closing = rng.permutation(met)[: len(standing) + opening - live]
    stock.closed_on[closing] = np.maximum(_days(closing, month, rng), stock.met_on[closing])
    _open(ledger, department, stock, crimes, opening, rng)


def _days(chosen: Ints, month: date, rng: np.random.Generator) -> Times:
    return np.datetime64(month, "D") + rng.integers(0, last_day(month).day, len(chosen))


def _open(
    ledger: Ledger, department: str, stock: Stock, crimes: Recorded, size: int,
    rng: np.random.Generator,
) -> None:  # fmt: skip
    """New items for the department's crimes of the month, due in the month after."""
    month = crimes.month
    crime, opened = _openings(department, crimes, size, rng)
    after = add_months(month, 1)
    last = last_day(after) - timedelta(days=2)
    due = np.clip(opened + INTERVAL, np.datetime64(after, "D"), np.datetime64(last, "D"))
    numbers = np.arange(1, size + 1)
    prefix = f"{ledger.prefix}-{department}"
    never = np.full(size, NEVER)
    stock.reference = np.concatenate(
        [stock.reference, references(prefix, month, numbers).to_numpy()]
    )
    stock.crime = np.concatenate([stock.crime, crime])
    stock.opened_on = np.concatenate([stock.opened_on, opened])
    stock.due_on = np.concatenate([stock.due_on, due])
    stock.met_on = np.concatenate([stock.met_on, never])
    stock.closed_on = np.concatenate([stock.closed_on, never])


def _openings(
    department: str, crimes: Recorded, size: int, rng: np.random.Generator
) -> tuple[Texts, Times]:
    """Crime and day of each new item. A few more than the month's crimes belong to none of them."""
    own = crimes.department == shares.DEPARTMENTS.index(department)
    able = np.flatnonzero(own & crimes.standing & VICTIM[crimes.offence])
    chosen = np.sort(rng.permutation(able)[:size])
    more = size - len(chosen)
    crime = np.concatenate([crimes.references()[chosen].to_numpy(), np.full(more, "")])
    recorded_on = crimes.recorded_at[chosen].astype("datetime64[D]")
    return crime, np.concatenate([recorded_on, days_in(crimes.month, more, rng)])


def frame(stock: Stock, department: str) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "reference": stock.reference,
            "crime_ref": pl.Series(stock.crime).replace("", None),
            "department": np.full(len(stock.crime), department),
            "opened_on": stock.opened_on,
            "due_on": stock.due_on,
            "met_on": stock.met_on,
            "closed_on": stock.closed_on,
        }
    )
