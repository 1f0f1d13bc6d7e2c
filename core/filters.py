"""Filters that the list page, the API and the export of a kind of record share."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, TypeVar

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Model, QuerySet
from django.http import QueryDict

from core.dates import EARLIEST, LATEST, month_of, parse_month, start_of
from core.models import Unit, UnitKind

Rows = TypeVar("Rows", bound=QuerySet[Any])
DAYS = [MinValueValidator(EARLIEST), MaxValueValidator(LATEST)]
YES_NO = (("", "Any"), ("true", "Yes"), ("false", "No"))


class MonthField(forms.CharField):
    def clean(self, value: str) -> date | None:
        text = super().clean(value)
        try:
            return parse_month(text) if text else None
        except ValueError as error:
            # A parameter, since what was sent may hold %.
            raise ValidationError("%(why)s", params={"why": error}) from None


class MonthFilter(django_filters.Filter):
    """`2021-01`, against a column that holds the first day of a month."""

    field_class = MonthField

    def __init__(self, field_name: str, **kwargs: Any) -> None:
        kwargs.setdefault("label", "Month")
        kwargs.setdefault("help_text", "For example, 2021-01")
        super().__init__(field_name=field_name, **kwargs)


def day_widget() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class FromDay(django_filters.DateFilter):
    """On that day of Europe/London or later; `is_time` for a column that holds a time.

    `month` names the column with the month of that time: its index finds the rows.
    """

    def __init__(self, field_name: str, *, is_time: bool = False, month: str = "", **more: Any):
        self.is_time = is_time or bool(month)
        self.month = month
        super().__init__(field_name=field_name, widget=day_widget(), validators=DAYS, **more)

    def filter(self, qs: Rows, value: date | None) -> Rows:
        if value is None:
            return qs
        if self.month:
            qs = qs.filter(**{f"{self.month}__gte": month_of(value)})
        return qs.filter(**{f"{self.field_name}__gte": self._start(value)})

    def _start(self, day: date) -> date:
        return start_of(day) if self.is_time else day


class ToDay(FromDay):
    """On that day of Europe/London or earlier."""

    def filter(self, qs: Rows, value: date | None) -> Rows:
        if value is None:
            return qs
        if self.month:
            qs = qs.filter(**{f"{self.month}__lte": month_of(value)})
        return qs.filter(**{f"{self.field_name}__lt": self._start(value + timedelta(days=1))})


class OneOf(django_filters.ModelChoiceFilter):
    """A choice that is no column of the model: how rows meet it is the subclass's own."""


class UnitFilter(OneOf):
    """Rows of a unit and everything below it. The force has every row, one without a district too.

    `department` is the column for departments, and "" where the record has none.
    """

    def __init__(self, *, district: str = "district", department: str = "", **kwargs: Any) -> None:
        self.columns = {UnitKind.DEPARTMENT: department}
        self.district = district
        super().__init__(queryset=Unit.objects.all(), label="Unit", **kwargs)

    def filter(self, qs: Rows, value: Unit | None) -> Rows:
        if value is None or value.kind == UnitKind.FORCE:
            return qs
        column = self.columns.get(UnitKind(value.kind), self.district)
        if not column:
            return qs.none()
        return qs.filter(**{f"{column}__in": Unit.objects.within(value).values("code")})


class YesNo(django_filters.TypedChoiceFilter):
    """`true` or `false`."""

    def __init__(self, field_name: str, **kwargs: Any) -> None:
        super().__init__(
            field_name=field_name,
            choices=YES_NO,
            coerce=lambda word: word == "true",
            empty_value=None,
            **kwargs,
        )

    def filter(self, qs: Rows, value: bool | None) -> Rows:
        return qs if value is None else qs.filter(**{self.field_name: value})


class IsSet(YesNo):
    """`true`: the column holds something."""

    def filter(self, qs: Rows, value: bool | None) -> Rows:
        return qs if value is None else qs.filter(**{f"{self.field_name}__isnull": not value})


class Sort(django_filters.ChoiceFilter):
    """`sort=recorded_at` or `sort=-recorded_at`: `orders` gives the columns behind each name.

    Hidden in the form, so that applying a filter keeps the order that was chosen.
    """

    def __init__(self, orders: Mapping[str, tuple[str, ...]]) -> None:
        self.orders = orders
        choices = [(sign + name, sign + name) for name in orders for sign in ("", "-")]
        super().__init__(choices=choices, empty_label=None, widget=forms.HiddenInput, label="Sort")

    def filter(self, qs: Rows, value: str) -> Rows:
        if not value:
            return qs
        columns = self.orders[value.removeprefix("-")]
        if value.startswith("-"):
            columns = tuple(_opposite(column) for column in columns)
        return qs.order_by(*columns, qs.model._meta.pk.attname)


def _opposite(column: str) -> str:
    return column.removeprefix("-") if column.startswith("-") else f"-{column}"


class RecordFilter(django_filters.FilterSet):
    def chosen(self) -> Iterator[tuple[str, str, str]]:
        """Name, label and words of every filter that is in use, for the tags above the list."""
        if not self.form.is_valid():
            return
        for field in self.form.visible_fields():
            value = self.form.cleaned_data.get(field.name)
            if value not in (None, "", []):
                yield field.name, str(field.label), _words(field.field, value)


def _words(field: Any, value: Any) -> str:
    if isinstance(value, date):
        return f"{value:%B %Y}" if isinstance(field, MonthField) else f"{value:%-d %b %Y}"
    if isinstance(value, Model | str):
        return str(dict(getattr(field, "choices", ())).get(value, value))
    return {True: "Yes", False: "No"}.get(value, str(value))


def names_of(filterset: django_filters.FilterSet) -> Iterator[str]:
    """Of the query. A range is one field of the form and two names: recorded_after, _before."""
    for field, part in filterset.form.fields.items():
        name = filterset.form.add_prefix(field)
        suffixes = getattr(part.widget, "suffixes", None) or ("",)
        yield from (f"{name}_{suffix}" if suffix else name for suffix in suffixes)


def filtered(
    filterset_class: type[RecordFilter],
    rows: QuerySet[Any],
    query: QueryDict,
    *,
    prefix: str | None = None,
    beside: Iterable[str] = (),
) -> QuerySet[Any]:
    """Raises ValidationError for a query that the page would refuse, and for a name that no filter
    has: dropped, it would let out more rows than were asked for. `beside`: names of the page."""
    filterset = filterset_class(query, queryset=rows, prefix=prefix)
    unknown = sorted(set(query) - {*names_of(filterset), *beside, "page"})
    if unknown:
        raise ValidationError(f"There is no filter {', '.join(unknown)}.")
    if not filterset.is_valid():
        raise ValidationError(filterset.errors.as_data())
    found: QuerySet[Any] = filterset.qs
    return found
