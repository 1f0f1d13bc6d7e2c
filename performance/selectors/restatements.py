"""What has moved since a board was told: by how much, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse

from core.models import Unit, User
from offenders.models import Crime
from operations.models import Incident
from performance.bases import FEEDS
from performance.indicators import INDICATORS
from performance.models import Paper, PaperFigure
from performance.papers.definitions import digest_of
from performance.papers.figures import Told
from performance.papers.references import FigureRef, Shape
from performance.selectors.as_at import as_at
from performance.selectors.drill_down import rows_urls
from performance.selectors.paper_figures import ledger
from performance.selectors.paper_words import told
from performance.selectors.rows import rows_behind
from performance.selectors.values import Period, Value

MOST = 1000  # rows that came or went are told one by one up to here
RECORD_PAGES: dict[Any, str] = {
    Crime: "offenders:crime-detail",
    Incident: "operations:incident-detail",
}


LEAST = 0.1  # a change below this is told to two decimals
NUMBERS = {Shape.VALUE, Shape.N, Shape.NUMERATOR, Shape.DENOMINATOR, Shape.BASELINE}


class Why(StrEnum):
    LATE_OUTCOME = "late outcome"
    OUTCOME_CHANGED = "outcome changed or withdrawn"
    RECLASSIFIED = "reclassified"
    CANCELLED = "cancelled"
    REINSTATED = "reinstated"
    RECORDED_LATE = "recorded after the release"
    DELETED = "deleted"
    MOVED = "moved to another unit, month or mark"
    DEFINITION = "definition changed"


@dataclass(frozen=True)
class Row:
    """A record that a figure counts then or now; `why` it is not both times."""

    key: str
    counted_then: bool
    counts_now: bool
    why: Why | None = None
    url: str = ""


@dataclass(frozen=True)
class Part:
    """The rows of one part of a figure (numerator, denominator, median).

    `rows`: the first of those that came or went, with their reasons; `moved`: how many there are.
    """

    name: str
    then: int
    now: int
    rows: tuple[Row, ...] = ()
    moved: int = 0
    counted: tuple[Row, ...] = field(default=(), repr=False)  # every row that was counted then


@dataclass(frozen=True)
class Restatement:
    """`now` in words; `change`: by how much, in words, blank of what is no number."""

    figure: PaperFigure
    title: str
    period: str  # and of whom, where it is not the force
    now: str
    numerator: int | None
    denominator: int | None
    change: str = ""
    whys: tuple[Why, ...] = ()

    @property
    def beneath(self) -> tuple[str, str]:
        return (
            _of(self.figure.numerator, self.figure.denominator),
            _of(self.numerator, self.denominator),
        )


def _of(numerator: int | None, denominator: int | None) -> str:
    if numerator is None:
        return ""
    return f"{numerator:,}" if denominator is None else f"{numerator:,} of {denominator:,}"


@dataclass(frozen=True)
class Lineage:
    """`told` and `now` in words; what both times count is given by number and by address."""

    title: str
    period: str
    now: str
    parts: tuple[Part, ...]
    urls: Mapping[str, str]
    is_same_definition: bool

    @property
    def rows(self) -> list[Row]:
        return [row for part in self.parts for row in part.rows]


def lineage_of(paper: Paper, figure: PaperFigure, *, by: User) -> Lineage:
    ref = FigureRef.parse(figure.reference)
    book = ledger(month=paper.month, refs=[ref] if ref else [])
    now = told(book, ref) if ref else None
    return Lineage(
        now.title if now else figure.indicator,
        now.period if now else "",
        now.words if now else "",
        tuple(parts_of(paper, figure, whole=True)),
        _urls(figure, ref, by=by),
        figure.definition == digest_of(figure.indicator),
    )


def _urls(figure: PaperFigure, ref: FigureRef | None, *, by: User) -> dict[str, str]:
    """Of the rows that it counts now, by part."""
    indicator, unit = INDICATORS.get(figure.indicator), Unit.objects.filter(pk=figure.unit).first()
    if ref is None or indicator is None or unit is None or figure.last is None:
        return {}
    period = {"month": Period.MONTH, "rolling": Period.ROLLING_12, "fytd": Period.FYTD}
    value = Value(figure.numerator, figure.denominator, Fraction(1))
    span = period[ref.span.name]
    return rows_urls(indicator, value, by=by, month=figure.last, unit=unit, period=span)


def figures_of(paper: Paper) -> list[PaperFigure]:
    return list(paper.figures.all())


def restatements(paper: Paper) -> list[Restatement]:
    """Every figure of the released paper that has moved since, in the order it was told."""
    moved = list(_moved(paper))
    whys = _whys(paper, moved)
    return [_with(each, whys) for each in moved]


def _moved(paper: Paper) -> Iterator[Restatement]:
    figures = {figure.reference: figure for figure in figures_of(paper)}
    refs = {reference: FigureRef.parse(reference) for reference in figures}
    book = ledger(month=paper.month, refs=[ref for ref in refs.values() if ref])
    for reference, ref in refs.items():
        if ref is None or ref.indicator not in INDICATORS:
            continue
        figure, now = figures[reference], told(book, ref)
        if not _reads_the_same(ref, figure, now):
            yield _restated(figure, ref, now)


def _restated(figure: PaperFigure, ref: FigureRef, now: Told) -> Restatement:
    where = "" if now.unit == "force" else f"{now.unit_name}, "
    told_as = "" if ref.shape is Shape.VALUE else f", {ref.shape.label.lower()}"
    return Restatement(
        figure,
        now.title,
        f"{where}{now.period}{told_as}",
        now.words,
        now.numerator,
        now.denominator,
        _change(figure, ref, now),
    )


def _change(figure: PaperFigure, ref: FigureRef, now: Told) -> str:
    """`1.3 percentage points down`, `1 up`; of a small change as many decimals as it takes."""
    if ref.shape not in NUMBERS or now.value is None or figure.value is None:
        return ""
    change = float(now.value) - figure.value
    if not change:
        return ""
    size = f"{abs(change):,.{1 if abs(change) >= LEAST else 2}f}".removesuffix(".0")
    if float(size.replace(",", "")) == 0:
        size = "less than 0.01"
    unit = " percentage points" if now.percent else ""
    return f"{size}{unit} {'up' if change > 0 else 'down'}"


def _reads_the_same(ref: FigureRef, figure: PaperFigure, now: Told) -> bool:
    """A figure moves with its parts; a verdict, a comparison or a place only when its words do."""
    if (now.words or "-") != figure.words:
        return False
    parts = (now.numerator, now.denominator) == (figure.numerator, figure.denominator)
    return parts or ref.shape is not Shape.VALUE


Cell = tuple[str, str, Any, Any]


def cell_of(figure: PaperFigure) -> Cell:
    return figure.indicator, figure.unit, figure.first, figure.last


def _whys(paper: Paper, moved: Sequence[Restatement]) -> dict[Cell, tuple[Why, ...]]:
    """Of each figure once, however many words were told of it."""
    figures = {cell_of(each.figure): each.figure for each in moved}
    found = {}
    for cell, figure in figures.items():
        parts = parts_of(paper, figure)
        whys = dict.fromkeys(row.why for part in parts for row in part.rows if row.why)
        if not whys and figure.definition != digest_of(figure.indicator):
            whys = {Why.DEFINITION: None}
        found[cell] = tuple(whys)
    return found


def _with(each: Restatement, whys: Mapping[Cell, tuple[Why, ...]]) -> Restatement:
    return replace(each, whys=whys[cell_of(each.figure)])


def parts_of(paper: Paper, figure: PaperFigure, *, whole: bool = False) -> list[Part]:
    """Then and now, row by row; `whole`: with every row that was counted then.

    Nothing of a figure that no rows stand behind.
    """
    indicator = INDICATORS.get(figure.indicator)
    unit = Unit.objects.filter(pk=figure.unit).first()
    if indicator is None or unit is None or figure.first is None or figure.last is None:
        return []
    first, last = figure.first, figure.last

    def keys() -> dict[str, set[Any]]:
        return {
            name: _keys(
                rows_behind(indicator=indicator, part=name, unit=unit, first=first, last=last)
            )
            for name in indicator.measures
        }

    now = keys()
    models = [FEEDS[measure.basis].table for measure in indicator.measures.values()]
    with as_at(paper.marks or {}, only=models):
        then = keys()
        told = _first(_differing(then, now))
        before = _states(models[0], told)
    after = _states(models[0], told)
    page = RECORD_PAGES.get(models[0], "")
    return [
        Part(
            name,
            len(then[name]),
            len(now[name]),
            tuple(_rows(then[name], now[name], told, before, after, page)),
            len(then[name] ^ now[name]),
            tuple(_counted(then[name], now[name], page)) if whole else (),
        )
        for name in indicator.measures
    ]


def _keys(rows: QuerySet[Any]) -> set[Any]:
    return set(rows.order_by().values_list("pk", flat=True))


def _differing(then: Mapping[str, set[Any]], now: Mapping[str, set[Any]]) -> set[Any]:
    return set().union(*(then[name] ^ now[name] for name in then))


def _first(keys: Iterable[Any]) -> set[Any]:
    """A definition that changed moves every row of a year: of so many the first are told."""
    return set(sorted(keys, key=str)[:MOST])


def _counted(then: set[Any], now: set[Any], page: str) -> Iterator[Row]:
    for key in sorted(then, key=str):
        yield Row(str(key), True, key in now, url=_address(page, key))


def _address(page: str, key: Any) -> str:
    return reverse(page, args=[key]) if page else ""


State = Mapping[str, Any]


def _states(model: type[Model], keys: Iterable[Any]) -> dict[Any, State]:
    keys = list(keys)
    rows = model._default_manager.filter(pk__in=keys).values() if keys else []
    key = model._meta.pk.attname
    return {row[key]: row for row in rows}


def _rows(
    then: set[Any],
    now: set[Any],
    told: set[Any],
    before: Mapping[Any, State],
    after: Mapping[Any, State],
    page: str,
) -> Iterator[Row]:
    for key in sorted((then ^ now) & told, key=str):
        url = _address(page, key) if key in after else ""
        yield Row(str(key), key in then, key in now, _why(before.get(key), after.get(key)), url)


def _why(before: State | None, after: State | None) -> Why:
    if before is None:
        return Why.RECORDED_LATE
    if after is None:
        return Why.DELETED
    if before.get("cancelled_at") != after.get("cancelled_at"):
        return Why.CANCELLED if after.get("cancelled_at") else Why.REINSTATED
    if before.get("offence_id") != after.get("offence_id"):
        return Why.RECLASSIFIED
    if before.get("outcome_id") != after.get("outcome_id"):
        return Why.LATE_OUTCOME if before.get("outcome_id") is None else Why.OUTCOME_CHANGED
    return Why.DEFINITION if before == after else Why.MOVED
