"""From a figure to the rows beneath it: which they are, in words and as an address."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.urls import reverse

from core.dates import financial_year_label, parse_month
from core.models import Unit, User
from offenders.models import Crime, OffenceGroup, OutcomeSet
from offenders.models.scope import not_shown, open_rows
from performance.bases import FEEDS
from performance.indicators import INDICATORS
from performance.measures import Indicator, Measure, OffenceIn, OutcomeIn
from performance.models import Wait
from performance.policies.rows import can_open_rows
from performance.selectors.board_columns import span_of
from performance.selectors.boards import Period, Value
from performance.selectors.months import latest_month
from performance.selectors.rows import rows_behind

ADDRESS = ("part", "month", "unit", "period")  # what names a figure in a query

# What a basis counts, and by which date.
COUNTED = {
    "recorded": "Crimes recorded",
    "cohort": "Crimes recorded",
    "outcome": "Crimes whose live outcome was recorded",
    "referred": "Crimes whose victim was referred",
    "incident": "Incidents opened",
    "response": "Incidents opened, with an arrival within 48 hours,",
    "call": "Calls offered",
    "survey": "Answers given",
    "victim-care": "Victim care contracts live at the end of",
    "supervisory-review": "Supervisory reviews open at the end of",
    "integrity-required": "Crimes that audits found had to be recorded",
    "integrity-recorded": "Crimes that audits found had been recorded",
    "arrest": "Arrests made",
    "detention": "Detentions that ended",
    "cohort-review": "Members of cohorts at the end of",
    "custody-hours": "Hours of the detentions that ended",
    "disposal": "Disposals given",
    "vehicle-recovered": "Vehicles recovered",
    "operation-arrest": "Arrests of operations made",
    "operation-charge": "Charges of operations",
    "operation-conviction": "Convictions of operations",
    "footwear-scan": "Footwear scanned",
    "footwear-decided": "Footwear matches decided on",
    "tag-fitted": "Tags fitted",
    "tag-days": "Days worn of the tags that came off",
    "packs-given": "Packs given, less those that came back,",
    "pack-stock": "Entries of the ledger of packs up to the end of",
    "home-assessed": "Properties assessed",
    "planning-answered": "Planning applications answered",
    "action-done": "Actions done",
    "scan-finished": "Daily scans finished",
    "scan-day": "Days with a finished daily scan",
}
FLAGS = {
    "is_positive": ("positive", "not positive"),
    "is_domestic": ("domestic", "not domestic"),
    "is_covid": ("Covid-19 breach reports", "not Covid-19 breach reports"),
    "is_in_time": ("in time", "late"),
    "is_overdue": ("overdue then", "not overdue then"),
    "is_allocated": ("allocated to an investigator", "not allocated to an investigator"),
    "has_victim": ("with a victim", "without a victim"),
    "in_time": ("answered in time", "answered late"),
    "is_first_gold": ("the first to find gold", "not the first to find gold"),
    "is_dwelling": ("dwellings", "not dwellings"),
}


@dataclass(frozen=True)
class Drill:
    """A part of an indicator's figure for a unit, over the period that ends with the month."""

    indicator: Indicator
    part: str
    unit: Unit
    month: date
    period: Period

    @property
    def model(self) -> type[Model]:
        return FEEDS[self.measure.basis].table

    @property
    def weight(self) -> str | None:
        """The field that is summed, where a figure does not count rows."""
        return FEEDS[self.measure.basis].weight

    @property
    def measure(self) -> Measure:
        return self.indicator.measures[self.part]

    @property
    def span(self) -> tuple[date, date]:
        return span_of(self.period, self.month)

    def rows(self) -> QuerySet[Any]:
        """Of people, only those whom the person at work may see: the figure counts everybody."""
        return open_rows(self._every_row)

    def not_shown(self) -> int:
        return not_shown(self._every_row)

    @cached_property
    def _every_row(self) -> QuerySet[Any]:
        first, last = self.span
        return rows_behind(
            indicator=self.indicator, part=self.part, unit=self.unit, first=first, last=last
        )

    def words(self) -> str:
        """`Crimes recorded in January 2021, Force, dwelling burglary, not cancelled`."""
        return ", ".join(self._phrases())

    def _phrases(self) -> Iterator[str]:
        basis = self.measure.basis
        said = COUNTED.get(basis, basis.replace("-", " ").capitalize())
        link = " " if said.endswith(" of") else " in "
        yield f"{said}{link}{months_in_words(self.period, self.month)}"
        yield str(self.unit)
        for condition in self.measure.where:
            yield from _condition(condition, FEEDS[basis].table)
        if FEEDS[basis].table is Crime:
            yield "not cancelled"


def drill_of(slug: str, query: Mapping[str, str]) -> Drill:
    """From the address: part, month, unit and period; blank ones mean the first part, the last
    month with figures, the force, that month alone. Raises ValidationError with a sentence."""
    if slug not in INDICATORS:
        raise ValidationError(f"There is no indicator “{slug}”.")
    indicator = INDICATORS[slug]
    part = query.get("part") or next(iter(indicator.measures))
    if part not in indicator.measures:
        raise ValidationError(f"This indicator has no part “{part}”.")
    return Drill(indicator, part, _unit(query), _month(query), _period(query))


def _unit(query: Mapping[str, str]) -> Unit:
    code = query.get("unit")
    unit = Unit.objects.filter(**({"pk": code} if code else {"parent": None})).first()
    if unit is None:
        raise ValidationError(f"“{code}” is not a unit of the force.")
    return unit


def _month(query: Mapping[str, str]) -> date:
    text = query.get("month")
    try:
        return parse_month(text) if text else latest_month()
    except ValueError as error:
        raise ValidationError(str(error)) from None


def _period(query: Mapping[str, str]) -> Period:
    text = query.get("period") or Period.MONTH.value
    if text not in list(Period):
        raise ValidationError(f"“{text}” is not a period: write {', '.join(Period)}.")
    return Period(text)


def months_in_words(period: Period, month: date) -> str:
    first, last = span_of(period, month)
    if first == last:
        return f"{last:%B %Y}"
    if period is Period.FYTD:
        return f"{financial_year_label(first)} to {last:%B %Y}"
    return f"{first:%B %Y} to {last:%B %Y}"


def _condition(condition: Q | OffenceIn | OutcomeIn, model: type[Model]) -> Iterator[str]:
    if isinstance(condition, OffenceIn):
        yield OffenceGroup.objects.get(pk=condition.group).title.lower()
    elif isinstance(condition, OutcomeIn):
        yield f"outcome {OutcomeSet.objects.get(pk=condition.outcomes).title.lower()}"
    else:
        for child in condition.children:
            yield from _child(child, model)


def _child(child: Any, model: type[Model]) -> Iterator[str]:
    if isinstance(child, Q):
        yield from _condition(child, model)
        return
    (name, *lookup), value = child[0].split("__"), child[1]
    if lookup == ["isnull"]:
        yield f"{'unknown' if value else 'known'} whether {FLAGS[name][0]}"
    elif name in FLAGS:
        yield FLAGS[name][0 if value else 1]
    else:
        values = [value] if isinstance(value, str | int) else value
        yield " or ".join(_label(model, name, each) for each in values)


def _label(model: type[Model], name: str, value: str | int) -> str:
    """A choice under its name, a slug as words."""
    labels = Wait.choices if name == "wait" else model._meta.get_field(name).flatchoices  # type: ignore[union-attr]  # a column
    return str(dict(labels).get(value, str(value).replace("-", " "))).lower()


def rows_query(*, part: str, month: date, unit: Unit, period: Period) -> str:
    fields = {"part": part, "month": f"{month:%Y-%m}", "unit": unit.code, "period": period.value}
    return urlencode(fields)


def rows_urls(
    indicator: Indicator,
    value: Value,
    *,
    by: User,
    month: date,
    unit: Unit,
    period: Period,
    name: str = "performance:rows",
) -> dict[str, str]:
    """Address by part, of those that `by` may open; none for a figure that is not known, or was
    imported as a total."""
    if value.value is None or value.historic:
        return {}
    page = reverse(name, args=[indicator.slug])
    return {
        part: f"{page}?{rows_query(part=part, month=month, unit=unit, period=period)}"
        for part in indicator.measures
        if can_open_rows(by, indicator, part)
    }
