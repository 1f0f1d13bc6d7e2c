from datetime import UTC, datetime

import polars as pl
from django.utils import timezone

from core.access.permissions import Permission
from core.imports.kinds import Closed, Column, Derive, Kind, Refers, register
from core.imports.types import Choice, Code, Day, Reference, Text
from core.models import Unit
from offenders.models import Nominal
from offenders.models.nominal import Ethnicity, Sex
from offenders.selectors.officers import officers

OFFICER = "officer who works nominals here, by user name"


def names_of_officers() -> list[str]:
    return list(officers().values_list("username", flat=True))


def with_keys() -> Derive:
    """User names become keys, and a new nominal is recorded now."""
    keys = dict(officers().values_list("username", "pk"))
    now = timezone.now()

    def derive(good: pl.DataFrame) -> pl.DataFrame:
        named = [name for name in ("lead_officer", "second_officer") if name in good.columns]
        return good.with_columns(
            *(
                pl.col(name).replace_strict(keys, default=None, return_dtype=pl.Int64)
                for name in named
            ),
            pl.lit(_utc(now)).alias("created_at"),
        )

    return derive


def _utc(at: datetime) -> datetime:
    return at.astimezone(UTC)


NOMINALS = register(
    Kind(
        slug="nominals",
        title="Nominals",
        about="People known to the police, one row a person. Who leads a nominal is set when the "
        "row is new and changes by a handover afterwards. Look for likely duplicates after a "
        "first load.",
        model=Nominal,
        key=("ref",),
        columns=(
            Column("ref", Reference(20), "The force's own number.", required=True),
            Column("surname", Text(80), "Surname.", required=True),
            Column("forenames", Text(120), "Forenames.", required=True),
            Column("date_of_birth", Day(), "Date of birth."),
            Column("sex", Choice(tuple(Sex.values), upper=True), "Blank: not known."),
            Column(
                "ethnicity",
                Choice(tuple(Ethnicity.values), upper=True),
                "As the person defines it, in the 18+1 codes. Blank: not stated.",
            ),
            Column("pnc_id", Code("PNC identifier", longest=15), "PNC identifier."),
            Column("custody_ref", Code("Custody number", longest=20), "Custody number."),
            Column(
                "unit",
                Code("Code of an area or a district, such as `north`", lower=True),
                "Who works the nominal.",
                refers=Refers(Unit, "area or district", only={"kind__in": ["area", "district"]}),
            ),
            Column(
                "lead_officer",
                Text(150),
                "User name of the lead officer: nobody is without one.",
                required=True,
                refers=Refers(Nominal, OFFICER, names=names_of_officers),
            ),
            Column(
                "second_officer",
                Text(150),
                "User name of the second officer.",
                refers=Refers(Nominal, OFFICER, names=names_of_officers),
            ),
            Column("note", Text(2000), "Anything else."),
        ),
        derive=with_keys,
        derived=("created_at",),
        once=("lead_officer", "created_at"),
        closed=Closed("merged_into", "was merged into another nominal. Send the other one."),
        permission=Permission.NOMINAL_SUPERVISE,
        list_url="offenders:nominal-list",
        in_figures=False,
    )
)
