"""Days, months and financial years of Europe/London, the force's clock."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

EARLIEST, LATEST = date(1990, 1, 1), date(2100, 12, 31)  # so that years can be added and taken


def today() -> date:
    return timezone.localdate()


def month_of(day: date | datetime) -> date:
    """The first day of the month; an aware time is taken in Europe/London."""
    if isinstance(day, datetime):
        day = timezone.localdate(day)
    return day.replace(day=1)


def add_months(month: date, months: int) -> date:
    """The first day of the month so many months later (or earlier, if negative)."""
    years, index = divmod(month.year * 12 + month.month - 1 + months, 12)
    return date(years, index + 1, 1)


def months_between(first: date, last: date) -> list[date]:
    """Every month from first to last, both included."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [add_months(first, step) for step in range(count)]


def last_day(month: date) -> date:
    return add_months(month, 1) - timedelta(days=1)


def financial_year_start(day: date) -> date:
    """1 April of the financial year that the day falls in."""
    return date(day.year if day.month >= 4 else day.year - 1, 4, 1)  # noqa: PLR2004  # April


def financial_year_label(start: date) -> str:
    """`2019/20` for the year that starts on 1 April 2019."""
    return f"{start.year}/{(start.year + 1) % 100:02d}"


def years_ago(years: int, day: date) -> date:
    """The same day so many years earlier; 28 February for a 29th that the year has not."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def parse_month(text: str) -> date:
    """`2021-01` as the first of January 2021. Raises ValueError with a sentence for people."""
    try:
        month = datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007  # a month has no zone
    except ValueError:
        month = date.min
    if not EARLIEST <= month <= LATEST:
        raise ValueError(f"“{text}” is not a month. Write it like 2021-01.")
    return month


def start_of(day: date) -> datetime:
    """Midnight in Europe/London at the start of the day, aware."""
    return timezone.make_aware(datetime.combine(day, time.min))
