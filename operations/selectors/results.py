"""What an operation achieved, counted from its records.

Each figure is the count (and the sum) of the very rows that it opens: `rows_of` gives both.
Page, print, API, indicator pages and the board paper read `results_of` and `operation_summary`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from offenders.models import Sentence
from offenders.models.conviction import SentenceKind, length_of
from operations.models import (
    Operation,
    OperationArrest,
    OperationConviction,
    OperationCrime,
    OperationForce,
    OperationNominal,
    OperationOfficer,
    OperationPremises,
    OperationProperty,
    OperationVehicle,
)


@dataclass(frozen=True)
class Scope:
    """Which operations count, and up to which day."""

    slugs: tuple[str, ...]
    until: date | None = None

    def by(self, field: str) -> Q:
        """Happened by the day; what has no day counts where no day is asked for."""
        if self.until is None:
            return Q(**{f"{field}__isnull": False})
        return Q(**{f"{field}__lte": self.until})


@dataclass(frozen=True)
class Kind:
    """A figure. `rows` are those that it counts; `value` is summed beside; `people`: rows of persons."""

    title: str
    rows: Callable[[Scope], QuerySet[Any]]
    value: str = ""
    people: bool = False


def _mine(model: Any, scope: Scope) -> QuerySet[Any]:
    rows: QuerySet[Any] = model.objects.filter(operation__in=scope.slugs)
    return rows


def _arrests(scope: Scope) -> QuerySet[Any]:
    return _mine(OperationArrest, scope).filter(scope.by("arrested_on"))


def _charges(scope: Scope) -> QuerySet[Any]:
    return _mine(OperationArrest, scope).filter(scope.by("charged_on")).order_by("charged_on", "pk")


def _convictions(scope: Scope) -> QuerySet[Any]:
    return _mine(OperationConviction, scope).filter(scope.by("convicted_on"))


def _vehicles(scope: Scope) -> QuerySet[Any]:
    """A vehicle that two of the family share is one: its first entry."""
    each = _mine(OperationVehicle, scope).order_by(
        "registration", F("shared_from").asc(nulls_first=True), "pk"
    )
    rows = OperationVehicle.objects.filter(pk__in=each.distinct("registration").values("pk"))
    return rows if scope.until is None else rows.exclude(stolen_on__gt=scope.until)


def _recovered(scope: Scope) -> QuerySet[Any]:
    return _vehicles(scope).filter(scope.by("recovered_on"))


def _property(scope: Scope) -> QuerySet[Any]:
    return _mine(OperationProperty, scope).filter(scope.by("recovered_on"))


def _premises(scope: Scope) -> QuerySet[Any]:
    rows = _mine(OperationPremises, scope)
    return rows if scope.until is None else rows.exclude(found_on__gt=scope.until)


def _counties(scope: Scope) -> QuerySet[Any]:
    rows = _mine(OperationForce, scope).order_by("county", "pk")
    return rows.distinct("county")


def _nominals(scope: Scope) -> QuerySet[Any]:
    rows = OperationNominal.objects.live().filter(operation__in=scope.slugs)
    rows = rows.order_by("nominal_id", "pk")
    return rows.distinct("nominal_id")


def _crimes(scope: Scope) -> QuerySet[Any]:
    rows = _mine(OperationCrime, scope).order_by("crime_id", "pk")
    return rows.distinct("crime_id")


FIGURES: dict[str, Kind] = {
    "arrests": Kind("Arrests", _arrests, people=True),
    "charges": Kind("Charges", _charges, people=True),
    "convictions": Kind("Convictions", _convictions, people=True),
    "vehicles": Kind("Vehicles stolen", _vehicles, value="value"),
    "recovered": Kind("Vehicles recovered", _recovered, value="value"),
    "property": Kind("Other property recovered", _property, value="value"),
    "premises": Kind("Premises", _premises),
    "counties": Kind("Counties", _counties),
    "nominals": Kind("Nominals", _nominals, people=True),
    "crimes": Kind("Linked crimes", _crimes),
}


@dataclass(frozen=True)
class Figure:
    slug: str
    title: str
    count: int
    pounds: int | None = None

    @property
    def worth(self) -> str:
        return "-" if self.pounds is None else f"£{self.pounds:,}"


@dataclass(frozen=True)
class Results:
    operation: Operation
    scope: Scope
    figures: tuple[Figure, ...]
    sentences: tuple[Sentence, ...]

    def __getitem__(self, slug: str) -> Figure:
        return {figure.slug: figure for figure in self.figures}[slug]

    def rows(self, slug: str) -> QuerySet[Any]:
        """Exactly the rows that the figure counts."""
        return FIGURES[slug].rows(self.scope)

    @property
    def people(self) -> int:
        """How many nominals: all that is told to those who may not see who."""
        return self["nominals"].count

    @property
    def custody_months(self) -> list[int]:
        """Of each sentence of custody, longest first."""
        terms = (one.months or 0 for one in self.sentences if one.kind == SentenceKind.CUSTODY)
        return sorted(terms, reverse=True)

    @property
    def answer(self) -> str:
        """What it achieved, in a sentence made of the figures."""
        told = [
            _said(self["arrests"].count, "arrest"),
            _said(self["charges"].count, "charge"),
            _said(self["convictions"].count, "conviction"),
        ]
        terms = self.custody_months
        custody = f" Custody in all: {length_of(sum(terms))}." if terms else ""
        return f"{told[0]}, {told[1]} and {told[2]}.{custody}{self._vehicles}"

    @property
    def _vehicles(self) -> str:
        taken, back = self["vehicles"], self["recovered"]
        if not taken.count:
            return ""
        worth = f", worth £{back.pounds:,}" if back.pounds else ""
        return f" Of {_said(taken.count, 'stolen vehicle')}, {back.count} recovered{worth}."


def _said(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def scope_of(operation: Operation, *, family: bool = True, until: date | None = None) -> Scope:
    if not family:
        return Scope((operation.pk,), until)
    members = Operation.objects.family_of(operation).order_by("pk")
    return Scope(tuple(members.values_list("pk", flat=True)), until)


def rows_of(
    figure: str, operation: Operation, *, family: bool = True, until: date | None = None
) -> QuerySet[Any]:
    """Exactly the rows that the figure counts. KeyError for a figure that there is not."""
    return FIGURES[figure].rows(scope_of(operation, family=family, until=until))


def results_of(operation: Operation, *, family: bool = True, until: date | None = None) -> Results:
    """Twelve queries, however large the family."""
    scope = scope_of(operation, family=family, until=until)
    figures = tuple(_figure(slug, kind, scope) for slug, kind in FIGURES.items())
    return Results(operation, scope, figures, tuple(_sentences(scope)))


def _figure(slug: str, kind: Kind, scope: Scope) -> Figure:
    rows = kind.rows(scope)
    if not kind.value:
        return Figure(slug, kind.title, rows.count())
    found = rows.aggregate(n=Count("pk"), pounds=Sum(kind.value))
    return Figure(slug, kind.title, found["n"], found["pounds"])


def _sentences(scope: Scope) -> QuerySet[Sentence]:
    rows = Sentence.objects.filter(conviction__operation_link__operation__in=scope.slugs)
    if scope.until:
        rows = rows.filter(sentenced_on__lte=scope.until)
    return rows.select_related("conviction").order_by("sentenced_on", "pk")


@dataclass(frozen=True)
class Sentenced:
    on: date
    months: int
    offence: str
    court: str


@dataclass(frozen=True)
class Summary:
    """What a board paper says of an operation: no person is named."""

    name: str
    starts_on: date
    within: str  # the operation that it stands in
    counties: int
    vehicles: int
    pounds: int
    recovered: int
    premises: tuple[str, ...]
    sentenced: tuple[Sentenced, ...]  # to custody
    arrests: int
    charges: int
    convictions: int
    dedicated: dict[str, int]  # officers by area, on the day


def operation_summary(slug: str, until: date) -> Summary:
    """Raises Operation.DoesNotExist."""
    operation = Operation.objects.select_related("parent").get(pk=slug)
    found = results_of(operation, until=until)
    premises = rows_of("premises", operation, until=until)
    return Summary(
        name=operation.name,
        starts_on=operation.starts_on,
        within=operation.parent.name if operation.parent else "",
        counties=found["counties"].count,
        vehicles=found["vehicles"].count,
        pounds=found["vehicles"].pounds or 0,
        recovered=found["recovered"].count,
        premises=tuple(f"{row.get_kind_display()}, {row.town}" for row in premises),
        sentenced=tuple(_custody(found)),
        arrests=found["arrests"].count,
        charges=found["charges"].count,
        convictions=found["convictions"].count,
        dedicated=_dedicated(operation, until),
    )


def _custody(found: Results) -> list[Sentenced]:
    return [
        Sentenced(one.sentenced_on, one.months or 0, one.conviction.title, one.conviction.court)
        for one in found.sentences
        if one.kind == SentenceKind.CUSTODY
    ]


def _dedicated(operation: Operation, day: date) -> dict[str, int]:
    rows = OperationOfficer.objects.filter(operation=operation, role="dedicated", since__lte=day)
    there = rows.filter(Q(until__isnull=True) | Q(until__gte=day)).order_by("area__position")
    counts = there.values_list("area__name").annotate(n=Count("officer", distinct=True))
    return dict(counts)
