"""Monthly series counted from the frames, by the definitions of the indicators."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import polars as pl

from core.dates import add_months, months_between

FIRST, LAST = date(2017, 4, 1), date(2021, 1, 1)
MONTHS = months_between(FIRST, LAST)
POSSIBLE = ["1", "1A", "2", "2A", "3", "3A", "4", "6", "7", "8"]
DWELLING_CODES = ["28E", "28F", "28G", "28H", "29A"]
DWELLING = pl.col("offence_code").is_in(DWELLING_CODES) & pl.col("dwelling")
TAKEN = pl.col("offence_code") == "48"
VEHICLE = pl.col("offence_code").is_in(["45", "48"])
STALKING = pl.col("offence_code").is_in(["8L", "8M", "8Q", "8R", "8U"])
NORTH = pl.col("district").is_in(["peterborough", "fenland"])
EVERY = pl.lit(value=True)
Records = dict[str, pl.DataFrame]
Monthly = dict[date, int]


@dataclass(frozen=True)
class Rate:
    """Two monthly counts; a count has no denominator. Months without a denominator are unknown."""

    numerator: Monthly
    denominator: Monthly | None = None
    since: date = FIRST

    def known(self, first: date) -> bool:
        return first >= self.since

    def over(self, first: date, last: date) -> Fraction | None:
        if not self.known(first):
            return None
        span = months_between(first, last)
        top = sum(self.numerator.get(month, 0) for month in span)
        if self.denominator is None:
            return Fraction(top)
        return Fraction(top, sum(self.denominator[month] for month in span))

    def mean(self, months: int) -> Fraction | None:
        """Of the monthly values before the last month."""
        first = add_months(LAST, -months)
        values = [self.over(month, month) for month in months_between(first, add_months(LAST, -1))]
        known = [value for value in values if value is not None]
        return sum(known, Fraction(0)) / months if len(known) == months else None


@dataclass(frozen=True)
class Median:
    """Monthly medians in minutes."""

    minutes: dict[date, Fraction]

    def over(self, first: date, last: date) -> Fraction | None:
        return self.minutes[first] if first == last else None

    def mean(self, months: int) -> Fraction:
        before = months_between(add_months(LAST, -months), add_months(LAST, -1))
        return sum((self.minutes[month] for month in before), Fraction(0)) / months


def shown(value: Fraction | None, unit: str) -> str:
    if value is None:
        return "-"
    scaled = value * 100 if unit == "percent" else value
    exponent = Decimal("0.1") if unit == "percent" else Decimal(1)
    exact = Decimal(scaled.numerator) / Decimal(scaled.denominator)
    return str(exact.quantize(exponent, ROUND_HALF_UP))


def local_month(column: str) -> pl.Expr:
    local = pl.col(column)
    return local.dt.convert_time_zone("Europe/London").dt.date().dt.month_start().alias("month")


def per_month(frame: pl.DataFrame, month: pl.Expr, where: pl.Expr = EVERY) -> Monthly:
    counted = frame.filter(where).group_by(month).len()
    return dict(counted.iter_rows())


def standing(records: Records) -> pl.DataFrame:
    return records["crimes"].filter(pl.col("cancelled_at").is_null())


def recorded(records: Records, where: pl.Expr = EVERY) -> Monthly:
    return per_month(standing(records), local_month("recorded_at"), where)


def possible(records: Records, where: pl.Expr = EVERY) -> Monthly:
    """Crimes by the month of their live outcome, where that is prosecution possible."""
    live = records["outcomes"].sort("outcome_at").group_by("crime_ref", maintain_order=True).last()
    joined = live.join(standing(records), on="crime_ref")
    is_possible = pl.col("outcome_code").is_in(POSSIBLE)
    return per_month(joined, local_month("outcome_at"), is_possible & where)


def outcome_rate(where: pl.Expr) -> Callable[[Records], Rate]:
    return lambda records: Rate(possible(records, where), recorded(records, where))


def answered(line: str, seconds: int) -> Callable[[Records], Rate]:
    wait = (pl.col("answered_at") - pl.col("offered_at")).dt.total_seconds()
    of_line = pl.col("line") == line

    def rate(records: Records) -> Rate:
        offered = local_month("offered_at")
        in_time = per_month(records["calls"], offered, of_line & (wait <= seconds))
        return Rate(in_time, per_month(records["calls"], offered, of_line))

    return rate


def survey(name: str, question: str, *codes: str) -> Callable[[Records], Rate]:
    asked = (pl.col("survey") == name) & (pl.col("question") == question)
    if codes:
        asked &= pl.col("offence_code").is_in(codes)
    month = pl.col("responded_on").dt.month_start()

    def rate(records: Records) -> Rate:
        answers = records["surveys"]
        positive = per_month(answers, month, asked & pl.col("positive"))
        return Rate(positive, per_month(answers, month, asked))

    return rate


def response(where: pl.Expr) -> Callable[[Records], Median]:
    seconds = (pl.col("arrived_at") - pl.col("opened_at")).dt.total_seconds()

    def medians(records: Records) -> Median:
        frame = records["incidents"].filter(where & pl.col("arrived_at").is_not_null())
        found = frame.group_by(local_month("opened_at")).agg(seconds.median())
        return Median({month: Fraction(value) / 60 for month, value in found.iter_rows()})

    return medians


def referral_rate(records: Records) -> Rate:
    """Unknown before the hub's first referral."""
    referred = records["referrals"].join(standing(records), on="crime_ref")
    by_month = per_month(referred, pl.col("referred_on").dt.month_start())
    return Rate(by_month, recorded(records, pl.col("has_victim")), since=min(by_month))
