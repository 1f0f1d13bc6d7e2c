"""Figures of the demonstration force, asked as the pages ask."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from core.dates import add_months, parse_month
from core.models import Unit
from offenders.models import OffenceCode
from offenders.selectors.convictions import Convictions, convictions_between
from performance.indicators import INDICATORS
from performance.measures import Shown
from performance.selectors.boards import Value, series_for

JANUARY, DECEMBER = "2021-01", "2020-12"
# "Recent", says the paper: the four months before it was written about.
COURTS_OF_THE_REVIEW = date(2020, 10, 1), date(2021, 1, 31)


def series(slug: str, unit: str = "force", until: str = JANUARY, months: int = 1) -> list[Value]:
    found = series_for(
        indicator=INDICATORS[slug],
        unit=Unit.objects.get(code=unit),
        until=parse_month(until),
        months=months,
    )
    return [value for _, value in found]


def figure(slug: str, unit: str = "force", month: str = JANUARY) -> Value:
    return series(slug, unit, month)[0]


def exact(slug: str, unit: str = "force", month: str = JANUARY) -> Fraction:
    """A percentage from 0 to 100, minutes, or a count."""
    value = figure(slug, unit, month)
    assert value.value is not None
    return value.value * 100 if _is_percent(slug) else value.value


def _is_percent(slug: str) -> bool:
    return INDICATORS[slug].unit is Shown.PERCENT


def over(slug: str, unit: str = "force", until: str = JANUARY, months: int = 12) -> Fraction:
    """Months together: a sum, or a percentage of summed parts."""
    values = series(slug, unit, until, months)
    top = sum(value.numerator or 0 for value in values)
    below = sum(value.denominator or 0 for value in values)
    return Fraction(top * 100, below) if _is_percent(slug) else Fraction(top)


def rolling(slug: str, unit: str = "force", back: int = 12) -> list[Fraction]:
    """The last so many twelve-month figures, oldest first."""
    ends = [add_months(date(2021, 1, 1), -step) for step in reversed(range(back))]
    return [over(slug, unit, f"{end:%Y-%m}") for end in ends]


def asked(slug: str, months: int = 12) -> int:
    return sum(value.denominator or 0 for value in series(slug, months=months))


def as_told(value: Fraction, told: str) -> str:
    """To as many decimals as the paper gives, halves up."""
    step = Decimal(1).scaleb(-len(told.partition(".")[2]))
    decimal = Decimal(value.numerator) / Decimal(value.denominator)
    return str(decimal.quantize(step, ROUND_HALF_UP))


def burglars() -> Convictions:
    codes = OffenceCode.objects.filter(subgroup__icontains="burglary").values_list("pk", flat=True)
    return convictions_between(*COURTS_OF_THE_REVIEW, codes)


def vehicle_thieves() -> Convictions:
    return convictions_between(*COURTS_OF_THE_REVIEW, ["48"])
