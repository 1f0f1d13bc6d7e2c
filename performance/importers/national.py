"""Open data about every force: crimes and outcomes of the Home Office, populations of the ONS.

Home Office files spell forces as their table of that year does, write NA where a quarter has no
figure, and hold bodies that are not forces: all are kept, and set aside when forces are compared.
"""

from dataclasses import dataclass
from datetime import datetime

import polars as pl

from core.imports.kinds import Column, Kind, Refers, register
from core.imports.types import Code, Month, Number, Read, Text, unread
from offenders.models import OffenceGroup
from performance.models import ForcePopulation, NationalCrime, NationalMonth, NationalOutcome

MILLION = 1_000_000


@dataclass(frozen=True)
class ForceName:
    """One spelling for each force, whichever table it comes from."""

    described: str = "Name of a police force area, such as `Cambridgeshire`"

    def read(self, cells: pl.Series, now: datetime) -> Read:
        names = cells.cast(pl.String).str.replace_all(" & ", " and ", literal=True)
        return Read(names.replace({"City of London": "London, City of"}))


@dataclass(frozen=True)
class FinancialYear:
    described: str = "Financial year, such as `2018/19`"

    def read(self, cells: pl.Series, now: datetime) -> Read:
        text = cells.cast(pl.String)
        first = text.str.extract(r"^(\d{4})/\d\d$").cast(pl.Int32)
        last = text.str.extract(r"^\d{4}/(\d\d)$").cast(pl.Int32)
        values = pl.select(pl.when((first + 1) % 100 == last).then(text)).to_series()
        return Read(values, unread(cells, values, "is not a year. Write it like 2018/19."))


@dataclass(frozen=True)
class Published(Number):
    """A whole number; NA is blank. Corrections of an earlier quarter can make it negative."""

    lowest: float = -MILLION
    highest: float = MILLION
    whole: bool = True

    def read(self, cells: pl.Series, now: datetime) -> Read:
        if cells.dtype == pl.String:
            cells = cells.replace({"NA": None})
        return super().read(cells, now)


COUNT = Number(0, MILLION, whole=True)
QUARTERLY = (
    Column("financial_year", FinancialYear(), "Which year.", required=True, also=("FY",)),
    Column(
        "financial_quarter", Number(1, 4, whole=True), "1 is April to June.", required=True
    ),
    Column("force_name", ForceName(), "Which force.", required=True, also=("Force",)),
    Column(
        "offence_code", Code("Home Office class, such as `28E`", longest=40), "Which offence.", required=True
    ),
    Column("offence_group", Text(80), "The Home Office's group of it.", required=True, also=("Group",)),
)  # fmt: skip

NATIONAL_CRIME = register(
    Kind(
        slug="national-crime",
        title="National recorded crime (Home Office)",
        in_figures=False,
        about="The open data table of police recorded crime: a row a force, quarter and offence.",
        model=NationalCrime,
        key=("financial_year", "financial_quarter", "force_name", "offence_code"),
        columns=(
            *QUARTERLY,
            Column(
                "number", Number(-MILLION, MILLION, whole=True), "Crimes recorded in the quarter.", required=True,
                also=("number_of_offences", "n"),
            ),
        ),
    )
)  # fmt: skip
NATIONAL_OUTCOMES = register(
    Kind(
        slug="national-outcomes",
        title="National outcomes (Home Office)",
        in_figures=False,
        about="The open data table of outcomes: a row a force, quarter, offence and outcome type.",
        model=NationalOutcome,
        key=("financial_year", "financial_quarter", "force_name", "offence_code", "outcome_type"),
        columns=(
            *QUARTERLY,
            Column(
                "outcome_type", Code("Outcome code, such as `1` or `1A`", longest=4), "Which outcome.",
                field="outcome_code", required=True,
            ),
            Column(
                "force_outcomes_recorded_in_quarter", Published(),
                "Outcomes given in the quarter, whenever the crime was recorded. Or NA.",
                field="recorded_in_quarter",
            ),
            Column(
                "force_outcomes_for_offences_recorded_in_quarter", Published(),
                "Outcomes to date of the crimes recorded in the quarter. Or NA.",
                field="for_offences_recorded",
            ),
        ),
    )
)  # fmt: skip
NATIONAL_MONTHS = register(
    Kind(
        slug="national-months",
        title="National figures by month (shared by forces)",
        in_figures=False,
        about="What forces share each month before tables are published: a row a force, month and group of offences.",
        model=NationalMonth,
        key=("group", "month", "force_name"),
        columns=(
            Column("month", Month(), "Which month.", required=True),
            Column("force_name", ForceName(), "Which force.", required=True, also=("Force",)),
            Column(
                "group",
                Code("Group of offences, such as `dwelling-burglary`", longest=40, lower=True),
                "Which offences.",
                required=True,
                refers=Refers(OffenceGroup, "group of offences"),
            ),
            Column("crimes", COUNT, "Crimes recorded in the month.", required=True),
            Column(
                "outcomes",
                COUNT,
                "Outcomes given in the month that count as prosecution possible.",
                required=True,
            ),
        ),
    )
)
POPULATION = register(
    Kind(
        slug="population",
        title="Population of police force areas (ONS)",
        in_figures=False,
        about="Mid-year estimates: a row an area and year. Add the column year to the file of the ONS.",
        model=ForcePopulation,
        key=("gss_code", "year"),
        columns=(
            Column(
                "gss_code", Code("GSS code, such as `E23000023`", longest=9), "Which area.", required=True,
                also=("PFA 2023 Code",),
            ),
            Column("year", Number(1981, 2100, whole=True), "Middle of which year.", required=True),
            Column(
                "force_name", ForceName(), "The force.", required=True, also=("PFA 2023 Name",)
            ),
            Column(
                "population", Number(1, 100 * MILLION, whole=True), "People.", required=True
            ),
        ),
    )
)  # fmt: skip
