"""Columns that the database keeps by itself."""

from django.db import models
from django.db.models import Func


class LocalMonth(Func):
    """First day of the month of a timestamp in Europe/London (of a date: of that date).

    Grouping by a stored month is three times faster than working it out for every row.
    """

    output_field = models.DateField()
    template = "(date_trunc('month', %(expressions)s AT TIME ZONE 'Europe/London')::date)"


class MonthOfDay(Func):
    """First day of the month of a date."""

    output_field = models.DateField()
    template = "(date_trunc('month', (%(expressions)s)::timestamp)::date)"


def local_month(field: str) -> models.GeneratedField:
    return models.GeneratedField(
        expression=LocalMonth(field), output_field=models.DateField(), db_persist=True
    )


def month_of_day(field: str) -> models.GeneratedField:
    return models.GeneratedField(
        expression=MonthOfDay(field), output_field=models.DateField(), db_persist=True
    )


class Seconds(Func):
    """Whole and part seconds from the first timestamp to the second."""

    output_field = models.FloatField()
    arity = 2
    template = "(EXTRACT(EPOCH FROM %(expressions)s)::float8)"
    arg_joiner = " - "

    def __init__(self, start: str, end: str) -> None:
        super().__init__(end, start)


def seconds_between(start: str, end: str) -> models.GeneratedField:
    return models.GeneratedField(
        expression=Seconds(start, end), output_field=models.FloatField(), db_persist=True
    )
