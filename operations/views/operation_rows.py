"""How the rows behind a figure of an operation are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from core.words import words_of
from offenders.models.scope import open_rows
from operations.selectors.results import Results


@dataclass(frozen=True)
class Cell:
    text: str
    url: str = ""
    numeric: bool = False


@dataclass(frozen=True)
class Line:
    cells: tuple[Cell, ...]
    nominal: int | None = None  # who is named in it


@dataclass(frozen=True)
class Shape:
    heads: tuple[str, ...]
    joined: tuple[str, ...]
    cells: Callable[[Any], tuple[Cell, ...]]
    nominal: Callable[[Any], int | None] = lambda row: None


def _pounds(value: int | None) -> Cell:
    return Cell("-" if value is None else f"£{value:,}", numeric=True)


def _cell(value: Any, url: str = "") -> Cell:
    return Cell(words_of(value), url)


def _vehicle(row: Any) -> tuple[Cell, ...]:
    shared = f"{row.operation}, shared" if row.shared_from_id else str(row.operation)
    return (
        _cell(row.registration),
        _cell(row.description),
        _pounds(row.value),
        _cell(row.stolen_on),
        _cell(row.county),
        _cell(row.recovered_on),
        Cell(shared),
    )


def _arrest(row: Any) -> tuple[Cell, ...]:
    url = reverse("offenders:arrest-detail", args=[row.arrest_id])
    return (
        _cell(row.arrest.nominal, url),
        _cell(row.arrested_on),
        _cell(row.charged_on),
        _cell(row.district),
        _cell(row.operation),
    )


def _conviction(row: Any) -> tuple[Cell, ...]:
    one = row.conviction
    url = reverse("offenders:disposal-list", args=[one.nominal_id])
    return (
        _cell(one.nominal, url),
        _cell(row.convicted_on),
        _cell(one.title),
        _cell(one.court),
        _cell("; ".join(str(each) for each in one.sentences.all())),
        _cell(row.operation),
    )


def _crime(row: Any) -> tuple[Cell, ...]:
    url = reverse("offenders:crime-detail", args=[row.crime_id])
    crime = row.crime
    return (
        Cell(row.crime_id, url),
        _cell(crime.offence),
        _cell(crime.recorded_at),
        _cell(crime.district),
        _cell(row.operation),
    )


def _nominal(row: Any) -> tuple[Cell, ...]:
    url = reverse("offenders:nominal-detail", args=[row.nominal_id])
    return (
        _cell(row.nominal, url),
        _cell(row.get_part_display()),
        _cell(row.since),
        _cell(row.until),
        _cell(row.operation),
    )


VEHICLE = Shape(
    ("Mark", "Make and model", "Value", "Stolen", "County", "Recovered", "Operation"),
    ("operation",),
    _vehicle,
)
ARREST = Shape(
    ("Name", "Arrested", "Charged", "District", "Operation"),
    ("arrest__nominal", "district", "operation"),
    _arrest,
    lambda row: int(row.arrest.nominal_id),
)
SHAPES: dict[str, Shape] = {
    "arrests": ARREST,
    "charges": ARREST,
    "convictions": Shape(
        ("Name", "Convicted", "Offence", "Court", "Sentences", "Operation"),
        ("conviction__nominal", "operation"),
        _conviction,
        lambda row: int(row.conviction.nominal_id),
    ),
    "vehicles": VEHICLE,
    "recovered": VEHICLE,
    "property": Shape(
        ("What", "Value", "Recovered", "Area", "Operation"),
        ("area", "operation"),
        lambda row: (
            _cell(row.description),
            _pounds(row.value),
            _cell(row.recovered_on),
            _cell(row.area),
            _cell(row.operation),
        ),
    ),
    "premises": Shape(
        ("Kind", "Address", "Town", "Found", "Operation"),
        ("operation",),
        lambda row: (
            _cell(row.get_kind_display()),
            _cell(row.line),
            _cell(row.town),
            _cell(row.found_on),
            _cell(row.operation),
        ),
    ),
    "counties": Shape(
        ("County", "Force", "Operation"),
        ("operation",),
        lambda row: (_cell(row.county), _cell(row.force), _cell(row.operation)),
    ),
    "nominals": Shape(
        ("Name", "Part in it", "Since", "Until", "Operation"),
        ("nominal", "operation"),
        _nominal,
        lambda row: int(row.nominal_id),
    ),
    "crimes": Shape(
        ("Crime", "Offence", "Recorded", "District", "Operation"),
        ("crime__offence", "crime__district", "operation"),
        _crime,
    ),
}


def heads_of(figure: str) -> tuple[Cell, ...]:
    return tuple(Cell(head, numeric=head == "Value") for head in SHAPES[figure].heads)


def lines_of(figure: str, results: Results) -> Iterator[Line]:
    """Two queries at most, however many rows."""
    shape, rows = SHAPES[figure], open_rows(results.rows(figure))
    rows = rows.select_related(*shape.joined)
    if figure == "convictions":
        rows = rows.prefetch_related("conviction__sentences")
    for row in rows:
        yield Line(shape.cells(row), shape.nominal(row))
