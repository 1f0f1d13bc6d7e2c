"""The monthly files of data.police.uk, as published.

Their rows carry no key. One with a crime ID is known by it, its month and what it says; one without
(anti-social behaviour) by everything in it. The n-th of several equal rows stays the n-th, so that
the same file twice changes nothing and no row is lost.
"""

from collections import Counter
from hashlib import sha256

import polars as pl

from core.imports.kinds import Column, Derive, Kind, register
from core.imports.types import Month, Number, Text
from core.imports.validation import ROW
from core.models import Unit, UnitKind
from performance.models import StreetCrime, StreetOutcome

PLACE = (
    Column(
        "Crime ID",
        Text(64),
        "Of the crime, as published. Blank for anti-social behaviour.",
        field="crime_id",
    ),
    Column("Month", Month(), "The month of the file.", field="month", required=True),
    Column("Reported by", Text(80), "The force.", field="reported_by"),
    Column("Falls within", Text(80), "The force's area.", field="falls_within"),
    Column("Longitude", Number(-180, 180), "Of the anonymous map point.", field="longitude"),
    Column("Latitude", Number(-90, 90), "Of the anonymous map point.", field="latitude"),
    Column("Location", Text(200), "The map point in words.", field="location"),
    Column("LSOA code", Text(9), "Of 2011 or of 2021.", field="lsoa_code"),
    Column(
        "LSOA name",
        Text(80),
        "The name less its last word is the district. Blank: no location.",
        field="lsoa_name",
    ),
)


def derive(*told_apart_by: str) -> Derive:
    """Adds `row_key` and `district`. Made anew for every file, since it counts equal rows."""
    districts = {unit.name: unit.code for unit in Unit.objects.filter(kind=UnitKind.DISTRICT)}
    seen: Counter[str] = Counter()

    def key(content: str) -> str:
        seen[content] += 1
        return sha256(f"{content}\n{seen[content]}".encode()).hexdigest()

    def add(rows: pl.DataFrame) -> pl.DataFrame:
        everything = pl.concat_str(
            pl.exclude(ROW).cast(pl.String), separator="\n", ignore_nulls=False
        )
        named = pl.concat_str(
            "Crime ID", pl.col("Month").cast(pl.String), *told_apart_by, separator="\n"
        )
        filled = rows.with_columns(pl.exclude(ROW).cast(pl.String).fill_null(""))
        content = filled.select(
            pl.when(pl.col("Crime ID") == "").then(everything).otherwise(named)
        ).to_series()
        name = pl.col("LSOA name").str.replace(r" \S+$", "")
        return rows.with_columns(
            pl.Series("row_key", [key(text) for text in content], dtype=pl.String),
            name.replace_strict(districts, default=None, return_dtype=pl.String).alias("district"),
        )

    return add


def derive_street() -> Derive:
    return derive("Crime type")


def derive_outcomes() -> Derive:
    return derive("Outcome type")


STREET = register(
    Kind(
        slug="police-uk-street",
        title="Published street crimes (police.uk)",
        in_figures=False,
        about="A monthly street file of data.police.uk, kept apart from the force's own records.",
        model=StreetCrime,
        key=("row_key",),
        columns=(
            *PLACE,
            Column("Crime type", Text(60), "As published.", field="crime_type", required=True),
            Column("Last outcome category", Text(100), "As published.", field="last_outcome"),
            Column("Context", Text(200), "As published.", field="context"),
        ),
        derive=derive_street,
        derived=("row_key", "district"),
        headless=True,
        list_url="performance:published",
    )
)
OUTCOMES = register(
    Kind(
        slug="police-uk-outcomes",
        title="Published outcomes (police.uk)",
        in_figures=False,
        about="A monthly outcomes file of data.police.uk. A crime may have several outcomes.",
        model=StreetOutcome,
        key=("row_key",),
        columns=(
            *PLACE,
            Column("Outcome type", Text(100), "As published.", field="outcome_type", required=True),
        ),
        derive=derive_outcomes,
        derived=("row_key", "district"),
        headless=True,
        list_url="performance:published",
    )
)
